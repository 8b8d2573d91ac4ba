"""A sketch of some places: an SVG that needs no script and prints, with a scale bar, north up."""

from collections.abc import Iterator, Sequence
from math import cos, floor, log10, radians
from typing import Any

from gis_app.report.markup import Html, element

WIDTH, HEIGHT, MARGIN = 900.0, 420.0, 24.0
_MIN_DEG = 0.002  # a single point is shown with 200 m around it
_M_PER_DEG = 111_195.0  # of latitude, mean
_MOST_POINTS = 4_000  # of an outline: a page is no data set

Position = Sequence[float]


def sketch(geometries: Sequence[dict[str, Any] | None], caption: str) -> Html:
    """The places of some features (GeoJSON, longitude first) as a figure; nothing where none is."""
    there = [each for each in geometries if each]
    spots = [p for each in there for ring in _lines(each) for p in ring]
    if not spots:
        return Html("")
    view = _View(spots)
    drawn = [_drawn(each, view) for each in there]
    attributes = {"viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}", "role": "img", "aria-label": caption}
    picture = Html("<svg " + " ".join(f'{k}="{v}"' for k, v in attributes.items()) + ">")
    return element(
        "figure",
        Html(picture + "".join(drawn) + view.scale_bar() + "</svg>"),
        element("figcaption", caption),
    )


class _View:
    """Degrees to pixels: as wide as the places need, true to shape in their middle."""

    def __init__(self, spots: Sequence[Position]) -> None:
        west, east = min(p[0] for p in spots), max(p[0] for p in spots)
        south, north = min(p[1] for p in spots), max(p[1] for p in spots)
        self._lon, self._lat = (west + east) / 2, (south + north) / 2
        self._squeeze = max(cos(radians(self._lat)), 0.01)
        wide = max((east - west) * self._squeeze, _MIN_DEG)
        high = max(north - south, _MIN_DEG)
        self._px = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)

    def at(self, position: Position) -> tuple[float, float]:
        """Where a position is drawn."""
        x = WIDTH / 2 + (position[0] - self._lon) * self._squeeze * self._px
        return x, HEIGHT / 2 - (position[1] - self._lat) * self._px

    def scale_bar(self) -> str:
        """A round length of at most a quarter of the picture."""
        px_per_m = self._px / _M_PER_DEG
        most = WIDTH / 4 / px_per_m
        step = 10 ** floor(log10(most))
        metres = max(n * step for n in (1, 2, 5) if n * step <= most)
        words = f"{metres:g} m" if metres < 1000 else f"{metres / 1000:g} km"
        x, y = MARGIN, HEIGHT - MARGIN / 2
        return (
            f'<line class="scale" x1="{x:g}" y1="{y:g}" x2="{x + metres * px_per_m:.1f}"'
            f' y2="{y:g}"/><text class="scale-words" x="{x:g}" y="{y - 6:g}">{words}</text>'
        )


def _drawn(geometry: dict[str, Any], view: _View) -> str:
    if geometry["type"] in {"Point", "MultiPoint"}:
        spots = (view.at(p) for ring in _lines(geometry) for p in ring)
        return "".join(f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in spots)
    path = "".join(_path([view.at(p) for p in _thinned(ring)]) for ring in _lines(geometry))
    closed = geometry["type"] in {"Polygon", "MultiPolygon"}
    style = 'class="shape" fill-rule="evenodd"' if closed else 'class="shape" fill="none"'
    return f'<path {style} d="{path}"/>'


def _path(spots: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)


def _thinned(ring: Sequence[Position]) -> Sequence[Position]:
    step = len(ring) // _MOST_POINTS + 1
    return ring if step == 1 else [*ring[::step], ring[-1]]


def _lines(geometry: dict[str, Any]) -> Iterator[Sequence[Position]]:
    """The runs of positions of a geometry, however deep they lie."""
    if geometry["type"] == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from _lines(each)
        return
    yield from _runs(geometry["coordinates"])


def _runs(coordinates: Any) -> Iterator[Sequence[Position]]:
    if not coordinates:
        return
    if isinstance(coordinates[0], int | float):
        yield [coordinates]
    elif isinstance(coordinates[0][0], int | float):
        yield coordinates
    else:
        for each in coordinates:
            yield from _runs(each)
