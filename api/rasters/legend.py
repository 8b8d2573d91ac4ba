"""The legend of a raster layer: as JSON, and as a drawing."""

from typing import Any

from gis_app.raster_layer import RasterLayer
from gis_app.rasters import words
from gis_app.report.markup import Html, element

_WIDTH, _ROW, _PAD = 320, 22, 12
_FONT = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif"


def told(layer: RasterLayer) -> dict[str, Any]:
    """Classes with colours and words, or the stops of the ramp with the unit."""
    unit = words.unit(layer)
    body: dict[str, Any] = {
        "kind": "classes" if layer.classified else "ramp",
        "unit": None if not unit.en else {"symbol": layer.unit, "zh": unit.zh, "en": unit.en},
        "no_data": {"zh": "透明处无数据", "en": "clear where there is no data"},
    }
    if layer.classified:
        names = ("code", "color", "zh", "en")
        return {**body, "classes": [{n: getattr(each, n) for n in names} for each in layer.classes]}
    stops = [{"value": stop.value, "color": stop.color} for stop in layer.ramp]
    return {**body, "stops": stops}


def drawn(layer: RasterLayer) -> Html:
    """The legend as SVG, complete in itself."""
    rows = _classes(layer) if layer.classified else _ramp(layer)
    height = _PAD * 2 + _ROW + (len(layer.classes) * _ROW if layer.classified else 44)
    named = words.unit(layer)
    unit = f"（{named.zh} {named.en}）" if named.en else ""
    title = _text(_PAD, _PAD + 12, f"{layer.zh} {layer.en}{unit}", weight="600")
    body = element("g", title, *rows, font_family=_FONT, font_size="13", fill="#1B2733")
    return element(
        "svg", element("title", f"{layer.zh} {layer.en}"), body,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}",
        width=str(_WIDTH), height=str(height), role="img",
    )  # fmt: skip


def _classes(layer: RasterLayer) -> list[Html]:
    made = []
    for n, each in enumerate(layer.classes):
        y = _PAD + _ROW * (n + 1) + 4
        box = element("rect", x=str(_PAD), y=str(y), width="18", height="14", fill=each.color,
                      stroke="#75838F")  # fmt: skip
        made += [box, _text(_PAD + 28, y + 12, f"{each.zh} {each.en}")]
    return made


def _ramp(layer: RasterLayer) -> list[Html]:
    low, high = layer.ramp[0].value, layer.ramp[-1].value
    wide = _WIDTH - 2 * _PAD
    marks = [(stop, (stop.value - low) / (high - low)) for stop in layer.ramp]
    steps = [element("stop", offset=f"{at:.4f}", stop_color=stop.color) for stop, at in marks]
    bar = element("rect", x=str(_PAD), y=str(_PAD + _ROW), width=str(wide), height="14",
                  fill="url(#ramp)", stroke="#75838F")  # fmt: skip
    ends = {0: "start", len(marks) - 1: "end"}
    numbers = [
        _text(_PAD + wide * at, _PAD + _ROW + 32, f"{stop.value:g}", ends.get(n, "middle"))
        for n, (stop, at) in enumerate(marks)
    ]
    return [element("defs", element("linearGradient", *steps, id="ramp")), bar, *numbers]


def _text(x: float, y: float, said: str, anchor: str = "start", weight: str = "400") -> Html:
    return element("text", said, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor,
                   font_weight=weight)  # fmt: skip
