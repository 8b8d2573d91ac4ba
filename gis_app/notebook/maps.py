"""The interactive map: leafmap on MapLibre, everything inside one page, no internet."""

import json
import logging
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from gis_app.errors import BadInput
from gis_app.flags import FLAGS, INK, LINE, MUTED, PAPER, WASH
from gis_app.notebook.look import TITLE, Layer, Scene, Zones, load, scene

MOST_WELLS = 20_000  # every one of them lies in the page with its sentences
_DASHES = {"dashed": [3, 2], "hatch": [6, 2], "wide_hatch": [8, 3], "dots": [1, 2], "wave": [4, 2]}
_BASE = {
    "version": 8,
    # with no address to ask, Chinese labels are drawn from the reader's own fonts
    "glyphs": "data:,{fontstack}{range}",
    "sources": {},
    "layers": [{"id": "background", "type": "background", "paint": {"background-color": WASH}}],
}
_CHINESE = re.compile(r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]+")


class AuditMap:
    """A map that shows itself in a notebook and writes itself as one HTML file.

    `map` is the leafmap map, for adding to it before it is shown.
    """

    def __init__(self, made: Any, scene: Scene, height: int) -> None:
        self.map = made
        self._scene = scene
        self._height = height

    @property
    def counts(self) -> dict[str, int]:
        """Wells on the map by class, the gravest first."""
        return self._scene.counts

    def add_raster(self, tilejson: Mapping[str, Any], *, opacity: float = 0.7) -> "AuditMap":
        """Lay pictures of a raster under the zones: `Client.raster_tiles(layer)`.

        They are fetched from the service whenever the map is looked at: without it the rest stands.
        """
        name = f"raster-{tilejson['name']}"
        source = {"type": "raster", "tileSize": 256, "tiles": list(tilejson["tiles"]),
                  "maxzoom": tilejson["maxzoom"]}  # fmt: skip
        if "bounds" in tilejson:
            source["bounds"] = list(tilejson["bounds"])
        gl = load("leafmap.maplibregl")
        self.map.add_source(name, source)
        lowest = "zones-0-" + self._scene.layers[0].id if self._scene.layers else None
        before = lowest or ("wells" if len(self._scene.wells) else None)
        layer = gl.Layer(id=name, type="raster", source=name, paint={"raster-opacity": opacity})
        self.map.add_layer(layer, before_id=before, opacity=opacity)
        return self

    def html(self) -> str:
        """The page: no file and no address outside it is needed to show it."""
        page = self.map.to_html(
            title=escape(self._scene.title), height="100%", remove_port=False, replace_key=False
        )
        head, mark, rest = str(page).partition("<style>")
        head = re.sub(r"<!--.*?-->", "", head, flags=re.DOTALL)  # it names a CDN, unused
        return head.replace('lang="en"', 'lang="zh-CN"') + mark + rest

    def to_html(self, path: str | Path) -> Path:
        """Write the page; the file written."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.html(), encoding="utf-8")
        return target

    def _repr_html_(self) -> str:
        """The page in a frame: widgets need scripts from a CDN, this does not.

        The frame is sandboxed: it sees nothing of the notebook it stands in.
        """
        return (
            f'<iframe srcdoc="{escape(self.html())}" sandbox="allow-scripts" '
            f'title="{escape(self._scene.title)}" loading="lazy" '
            f'style="width:100%;height:{self._height}px;border:1px solid {LINE}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"AuditMap({self.counts})"


def audit_map(
    findings: gpd.GeoDataFrame, zones: Zones = None, *, height: int = 600, title: str = TITLE
) -> AuditMap:
    """A map of flagged wells, coloured by class, over zones in the colours of their layers.

    `findings` are those of `AuditResult.findings()`; a click on a well tells why it is flagged.
    `zones` is what `Client.zones()` gives, one frame or several. Raises `BadInput` above 20,000
    wells: filter them, or use the web map, which has tiles.
    """
    drawn = scene(findings, zones, title)
    if len(drawn.wells) > MOST_WELLS:
        raise BadInput(
            f"{len(drawn.wells):,} 口井放不进一页（上限 {MOST_WELLS:,}）。"
            "请先筛选，或用网页地图 /map/。",
            f"{len(drawn.wells):,} wells do not fit in a page (at most {MOST_WELLS:,}). "
            "Filter them, or use the web map at /map/.",
        )
    made = _empty(drawn)
    for number, layer in enumerate(drawn.layers):
        _add_zones(made, layer, f"zones-{number}-{layer.id}")
    if len(drawn.wells):
        _add_wells(made, drawn.wells)
    controls = load("maplibre.controls")
    made.add_control(
        controls.InfoBoxControl(content=_legend(drawn), css_text=_PANEL), position="top-left"
    )
    return AuditMap(made, drawn, height)


def _empty(drawn: Scene) -> Any:
    log = logging.getLogger("maplibre")
    level = log.level
    log.setLevel(logging.ERROR)  # it warns of a framework that nobody here uses
    try:
        leafmap = load("leafmap.maplibregl")
    finally:
        log.setLevel(level)
    return leafmap.Map(
        style=json.loads(json.dumps(_BASE)),  # leafmap writes into it
        bounds=drawn.bounds,
        fit_bounds_options={"padding": 48, "maxZoom": 15},
        controls={"navigation": "top-right", "fullscreen": "top-right", "scale": "bottom-right"},
        attribution_control=False,
        use_message_queue=True,  # without it the exported page is empty
        add_floating_sidebar=False,
    )


def _add_zones(made: Any, layer: Layer, source: str) -> None:
    names = layer.zones["name"] if "name" in layer.zones else [None] * len(layer.zones)
    rows = [
        {"tip": f"{escape(layer.zh)} {escape(layer.en)}<br><b>{escape(str(name or ''))}</b>",
         "label": str(name) if _CHINESE.fullmatch(str(name)) else ""}
        for name in names
    ]  # fmt: skip
    made.add_source(source, {"type": "geojson", "data": _geojson(layer.zones, rows)})
    line: dict[str, Any] = {
        "line-color": layer.color,
        "line-width": 3 if layer.pattern == "thick" else 1.5,
    }
    if layer.pattern in _DASHES:
        line["line-dasharray"] = _DASHES[layer.pattern]
    label = {"text-color": layer.color, "text-halo-color": PAPER, "text-halo-width": 1.5}
    text = {"text-field": ["get", "label"], "text-size": 12, "text-font": ["sans-serif"]}
    gl = load("leafmap.maplibregl")
    # add_layer overwrites the opacity in `paint` by its own argument
    made.add_layer(
        gl.Layer(id=source, type="fill", source=source, paint={"fill-color": layer.color}),
        opacity=min(layer.opacity, 0.25),
    )
    made.add_layer(gl.Layer(id=f"{source}-line", type="line", source=source, paint=line))
    made.add_layer(
        gl.Layer(id=f"{source}-label", type="symbol", source=source, paint=label, layout=text)
    )
    if not all(row["label"] for row in rows):  # Latin letters need glyphs that nobody serves here
        made.add_tooltip(source, prop="tip")


HALF = {"restricted": "#CDB9E0", "duty": "#B5D6DE"}  # pale fills of their rings


def _add_wells(made: Any, wells: gpd.GeoDataFrame) -> None:
    rows = [{"flag": f, "popup": p} for f, p in zip(wells["flag"], wells["popup"], strict=True)]
    made.add_source("wells", {"type": "geojson", "data": _geojson(wells, rows)})
    color = ["match", ["get", "flag"], *_pairs(lambda look: look.color), MUTED]
    # told apart without colour too: filled, ring with a dot, half, hollow
    filled = {"close": FLAGS["close"].color, **HALF}
    fill = ["match", ["get", "flag"], *(part for pair in filled.items() for part in pair), PAPER]
    ring = {"circle-radius": 5, "circle-color": fill, "circle-stroke-color": color,
            "circle-stroke-width": 2}  # fmt: skip
    dot = {"circle-radius": 2, "circle-color": color}
    doubtful = ["==", ["get", "flag"], "indeterminate"]
    gl = load("leafmap.maplibregl")
    made.add_layer(gl.Layer(id="wells", type="circle", source="wells", paint=ring))
    made.add_layer(
        gl.Layer(id="wells-dot", type="circle", source="wells", paint=dot, filter=doubtful)
    )
    made.add_popup("wells", prop="popup")


def _pairs(value: Any) -> list[str]:
    return [part for name, look in FLAGS.items() for part in (name, value(look))]


def _geojson(frame: gpd.GeoDataFrame, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Features with these properties; a millionth of a degree (0.1 m) is enough to look at."""
    shapes = shapely.to_geojson(shapely.transform(frame.geometry.array, lambda c: c.round(6)))
    features = [
        {"type": "Feature", "properties": row, "geometry": json.loads(shape)}
        for row, shape in zip(rows, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


_PANEL = (
    f"font:13px/1.5 'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif;"
    f"color:{INK};background:{PAPER};border-radius:4px;padding:8px 12px;max-width:300px;"
    "font-variant-numeric:tabular-nums;box-shadow:0 1px 4px rgba(27,39,51,.25)"
)


def _legend(drawn: Scene) -> str:
    looks = {"close": "{0}", "indeterminate": PAPER, **HALF}
    rows = [
        _row(
            f"border-radius:50%;border:2px solid {FLAGS[name].color};"
            f"background:{looks.get(name, PAPER).format(FLAGS[name].color)}",
            f"{FLAGS[name].zh} {_en(FLAGS[name].en)}",
            f"{count:,}",
        )
        for name, count in drawn.counts.items()
    ]
    rows += [
        _row(
            f"border:1.5px {'dashed' if each.pattern in _DASHES else 'solid'} {each.color};"
            f"background:{each.color}{round(min(each.opacity, 0.25) * 255):02x}",
            f"{escape(each.zh)} {_en(each.en)}",
            f"{len(each.zones):,}",
        )
        for each in drawn.layers
    ]
    return (
        f'<details open><summary style="font-weight:600;font-size:14px;cursor:pointer">'
        f"{escape(drawn.title)}</summary>"
        f'<div style="color:{MUTED};font-size:12px;margin-bottom:4px">'
        f"{escape(drawn.subtitle)}</div>"
        f"{''.join(rows)}</details>"
    )


def _row(mark: str, words: str, count: str) -> str:
    return (
        '<div style="display:flex;align-items:center;gap:8px">'
        f'<span style="flex:none;width:12px;height:12px;box-sizing:border-box;{mark}"></span>'
        f'<span style="flex:1">{words}</span><b>{count}</b></div>'
    )


def _en(words: str) -> str:
    return f'<span lang="en" style="color:{MUTED};font-size:11px">{escape(words)}</span>'
