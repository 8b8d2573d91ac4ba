"""The static map: matplotlib, for papers and where no browser is."""

from math import cos, radians
from typing import TYPE_CHECKING, Any

import geopandas as gpd

from gis_app.flags import FLAGS, INK, LINE, MUTED, PAPER
from gis_app.notebook.look import TITLE, Layer, Scene, Zones, load, scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Source Han Sans CN",
    "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei", "Heiti SC",
)  # fmt: skip
# told apart without colour: marker, filled with its colour or with paper
_MARKS = {
    "close": ("o", True),
    "indeterminate": ("X", False),
    "restricted": ("s", True),
    "duty": ("^", True),
    "exempt": ("o", False),
    "clear": (".", True),
}


def audit_plot(
    findings: gpd.GeoDataFrame,
    zones: Zones = None,
    *,
    height_in: float = 7.0,
    title: str = TITLE,
) -> "Figure":
    """A figure of flagged wells over zones; `figure.savefig("map.png", dpi=200)` keeps it.

    In Chinese and English where a Chinese font is installed, otherwise in English. No setting of
    matplotlib is changed.
    """
    drawn = scene(findings, zones, title)
    fonts, chinese = _fonts()
    pyplot = load("matplotlib.pyplot")
    with load("matplotlib").rc_context({"font.family": fonts, "axes.unicode_minus": False}):
        figure, axes = pyplot.subplots(figsize=(height_in, height_in), layout="constrained")
        handles = [_draw_layer(axes, each, chinese) for each in drawn.layers]
        handles += _draw_wells(axes, drawn, chinese)
        _dress(axes, drawn, chinese)
        figure.legend(handles=handles, loc="outside lower left", ncols=2, frameon=False, fontsize=9)
    pyplot.close(figure)  # a notebook would show it twice
    return figure  # type: ignore[no-any-return]


def _fonts() -> tuple[list[str], bool]:
    manager = load("matplotlib.font_manager")
    there = {font.name for font in manager.fontManager.ttflist}
    found = [name for name in FONTS if name in there]
    return [*found[:1], "DejaVu Sans"], bool(found)


def _draw_layer(axes: "Axes", layer: Layer, chinese: bool) -> Any:
    look = {
        "facecolor": (*_rgb(layer.color), min(layer.opacity, 0.25)),
        "edgecolor": layer.color,
        "linewidth": 2.0 if layer.pattern == "thick" else 1.0,
        "linestyle": "--" if layer.pattern in {"dashed", "hatch", "wide_hatch"} else "-",
    }
    layer.zones.plot(ax=axes, aspect=None, **look)
    name = f"{layer.zh} {layer.en}" if chinese else layer.en or layer.id
    return load("matplotlib.patches").Patch(label=f"{name} ({len(layer.zones):,})", **look)


def _draw_wells(axes: "Axes", drawn: Scene, chinese: bool) -> list[Any]:
    handles = []
    for rank, (flag, count) in enumerate(drawn.counts.items()):
        here = drawn.wells[drawn.wells["flag"] == flag].geometry
        look, (marker, filled) = FLAGS[flag], _MARKS[flag]
        name = f"{look.zh} {look.en}" if chinese else look.en
        handles.append(
            axes.scatter(
                here.x, here.y, s=26, marker=marker, linewidths=1.1, zorder=10 - rank,
                facecolors=look.color if filled else PAPER, edgecolors=look.color,
                label=f"{name} ({count:,})",
            )
        )  # fmt: skip
    return handles


def _dress(axes: "Axes", drawn: Scene, chinese: bool) -> None:
    west, south, east, north = drawn.bounds
    margin = max(east - west, north - south, 0.002) * 0.06
    axes.set_xlim(west - margin, east + margin)
    axes.set_ylim(south - margin, north + margin)
    squash = cos(radians((south + north) / 2))
    axes.set_aspect(1 / squash)
    axes.set_title(drawn.title if chinese else "Well audit", loc="left", color=INK, fontsize=13)
    axes.set_xlabel(drawn.subtitle if chinese else "", loc="left", color=MUTED, fontsize=9)
    axes.set_ylabel("")
    axes.tick_params(labelsize=8, colors=MUTED)
    axes.xaxis.set_major_formatter("{x:.2f}°E")
    axes.yaxis.set_major_formatter("{x:.2f}°N")
    for spine in axes.spines.values():
        spine.set_color(LINE)


def _rgb(color: str) -> tuple[float, ...]:
    return tuple(int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
