"""Gestures at the drawing desk, by mouse and keyboard, as a planner makes them."""

import json
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from tests.e2e.browser import Viewer

# ground of the sample city where nothing is prohibited or restricted
FREE = [(113.42, 37.89), (113.44, 37.89), (113.44, 37.905), (113.42, 37.905)]


def begin(viewer: Viewer, layer: str, *, grade: str | None = None) -> None:
    """Open the desk and choose what is drawn."""
    viewer.find("[data-key=desk]").click()
    viewer.find(f"[data-key=draw-{layer}]").click()
    if grade:
        viewer.find(f"[data-key=grade-{grade}]").click()
    viewer.find(".desk-tools").wait_for()
    viewer.settle()


def look(viewer: Viewer, zoom: float, lon: float, lat: float) -> None:
    """Move the map as it is."""
    script = "([zoom, lon, lat]) => window.__gw.map.jumpTo({ zoom, center: [lon, lat] })"
    viewer.page.evaluate(script, [zoom, lon, lat])
    viewer.settle()


def put(viewer: Viewer, *places: tuple[float, float]) -> None:
    """Put corners down with the mouse."""
    for lon, lat in places:
        viewer.page.mouse.move(*viewer.pixel(lon, lat))
        viewer.ask(lon, lat)


def drag(viewer: Viewer, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from a place to another, with Alt: nothing is snapped to."""
    mouse, keys = viewer.page.mouse, viewer.page.keyboard
    mouse.move(*viewer.pixel(*start))
    mouse.down()
    keys.down("Alt")
    (x, y), (u, v) = viewer.pixel(*start), viewer.pixel(*end)
    mouse.move((x + u) / 2, (y + v) / 2)
    mouse.move(u, v)
    mouse.up()
    keys.up("Alt")
    viewer.settle()


def tool(viewer: Viewer, name: str) -> None:
    """Take a tool in hand."""
    viewer.find(f"[data-key=tool-{name}]").click()
    viewer.settle()


def kept(viewer: Viewer) -> dict[str, Any]:
    """The one unsaved draft kept on this machine."""
    script = """() => Object.entries(localStorage)
      .filter(([key]) => key.startsWith('gw-desk:')).map(([, text]) => text)"""
    texts = viewer.page.evaluate(script)
    assert len(texts) == 1, f"{len(texts)} drafts are kept"
    return dict(json.loads(texts[0]))


def drawn(viewer: Viewer, key: str | None = None) -> BaseGeometry:
    """The shape of a zone on the desk (default: the one in hand)."""
    found = kept(viewer)
    area = found["sheet"]["shapes"][key or found["subject"]]
    return shape({"type": "MultiPolygon", "coordinates": area})


def save(viewer: Viewer, name: str) -> list[tuple[str, int]]:
    """Fill in the name, save, and give the layer and id of every draft saved."""
    viewer.find("[data-key=desk-form]").click()
    viewer.find("#form-name").fill(name)
    viewer.find("#form-name").press("Tab")
    viewer.find("[data-key=desk-save]").click()
    viewer.find("[data-saved]").wait_for()
    viewer.settle()
    script = "(all) => all.map((e) => e.dataset.savedZone)"
    rows = viewer.find("[data-saved-zone]").evaluate_all(script)
    return [(row.split("/")[0], int(row.split("/")[1])) for row in rows]


def latest(viewer: Viewer, layer: str, zone_id: int, version: int) -> Any:
    """A version of a zone as the service has it."""
    return viewer.api(f"/collections/{layer}/items/{zone_id}", version=version)
