"""What is said of a raster's values: the same words on the map, a page and in a notebook."""

from gis_app.law import Words
from gis_app.raster_layer import RasterLayer
from gis_app.rasters.answers import Value

_UNITS = {
    "m": "米",
    "mm": "毫米",
    "m/d": "米/日",
    "mm/yr": "毫米/年",
    "%": "%",
    "1": "",
    "deg": "度",
}


def unit(layer: RasterLayer) -> Words:
    """The unit of a layer as people write it; a score has none."""
    if layer.classified or layer.unit == "1":
        return Words("", "")
    return Words(_UNITS.get(layer.unit, layer.unit), layer.unit)


def number(layer: RasterLayer, value: float) -> str:
    """A value with the decimals that the layer declares."""
    return f"{value:,.{layer.decimals}f}"


def of_value(layer: RasterLayer, found: Value) -> Words:
    """A value with its unit, a class by its name, or that nothing is known: never a 0."""
    if found.status == "outside":
        return Words(
            "此处没有栅格，不知道数值", "No raster covers this place: the value is not known"
        )
    if found.value is None:
        return Words("此处无数据（不是 0）", "No data here (which is not 0)")
    if layer.classified:
        kind = found.kind
        code = f"{found.value:.0f}"
        return Words(kind.zh, kind.en) if kind else Words(f"未声明的代码 {code}", f"code {code}")
    told, named = number(layer, found.value), unit(layer)
    return Words(f"{told} {named.zh}".rstrip(), f"{told} {named.en}".rstrip())


def plain(value: float | None) -> float | None:
    """A value as exact as its cell (float32), without the digits that are noise."""
    return None if value is None else float(f"{value:.7g}")
