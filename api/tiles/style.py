"""MapLibre styles made from the layers' declarations."""

from collections.abc import Iterable
from typing import Any

from gis_app.flags import FLAGS
from gis_app.layer import Layer
from gis_app.store.tiles import BANDS_TO, COUNTS_TO

UNASSESSED = "#8796A5"


def style(name: str, layers: Iterable[Layer], sources: dict[str, str]) -> dict[str, Any]:
    """A style of these layers; `sources` are TileJSON addresses, by layer id or one for all."""
    shown = sorted(layers, key=lambda layer: layer.order)
    drawn = [
        each
        for layer in shown
        for each in _layers(layer, layer.id if layer.id in sources else next(iter(sources)))
    ]
    return {
        "version": 8,
        "name": name,
        "sources": {key: {"type": "vector", "url": url} for key, url in sources.items()},
        "layers": drawn,
    }


def _layers(layer: Layer, source: str) -> list[dict[str, Any]]:
    return _wells(layer, source) if layer.geometry == "point" else _zones(layer, source)


def _wells(layer: Layer, source: str) -> list[dict[str, Any]]:
    pairs = [part for key, flag in FLAGS.items() for part in (key, flag.color)]
    color = ["match", ["get", "flag"], *pairs, UNASSESSED]
    radius = ["interpolate", ["linear"], ["log10", ["get", "wells"]], 0, 3, 2, 7, 4, 14]
    return [
        {
            "id": f"{layer.id}-count",
            "type": "circle",
            "source": source,
            "source-layer": f"{layer.id}_count",
            "maxzoom": COUNTS_TO + 1,
            "paint": {"circle-radius": radius, "circle-color": color, "circle-opacity": 0.75},
        },
        {
            "id": layer.id,
            "type": "circle",
            "source": source,
            "source-layer": layer.id,
            "minzoom": COUNTS_TO + 1,
            "paint": {"circle-radius": 4, "circle-color": color},
        },
    ]


def _zones(layer: Layer, source: str) -> list[dict[str, Any]]:
    look = layer.style
    base = {"source": source, "source-layer": layer.id}
    line: dict[str, Any] = {"line-color": look.color, "line-width": 1.5}
    if look.pattern == "dashed":
        line["line-dasharray"] = [3, 2]
    near = BANDS_TO + 1
    fill = {"fill-color": look.color, "fill-opacity": look.opacity, "fill-antialias": False}
    mark = {"circle-color": look.color, "circle-radius": 2}
    outline, point = f"{layer.id}_outline", f"{layer.id}_point"
    return [
        {"id": f"{layer.id}-fill", "type": "fill", **base, "paint": fill},
        {"id": f"{layer.id}-line-far", "type": "line", **base, "maxzoom": near, "paint": line},
        {
            "id": f"{layer.id}-line",
            "type": "line",
            **{**base, "source-layer": outline},
            "minzoom": near,
            "paint": line,
        },
        {
            "id": f"{layer.id}-point",
            "type": "circle",
            **{**base, "source-layer": point},
            "paint": mark,
        },
    ]
