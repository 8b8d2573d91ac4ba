"""A zone of the register in hand: shared borders, tools, two people at once."""

import math

import httpx
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape
from sqlalchemy import text

from tests.e2e import desk as at
from tests.e2e.test_promises import barriers
from tests.people import admit, bearer

pytestmark = pytest.mark.signed_in

UNITS = "management_unit"
OVERLAPS = text(
    "select st_overlaps(a.geom, b.geom) from gis.zone a, gis.zone b"
    " where a.zone_id = :one and b.zone_id = :other"
)


def zones(viewer, layer: str) -> dict[int, shapely.MultiPolygon]:
    """The zones of a layer, by id."""
    found = viewer.api(f"/collections/{layer}/items", limit=100)["features"]
    return {f["id"]: shape(f["geometry"]) for f in found}


def corners(area) -> list[tuple[float, float]]:
    return [tuple(p) for p in shapely.get_coordinates(area).tolist()]


def common(viewer, layer: str):
    """The zones of a layer, two neighbours among them, and a corner that only those two have."""
    units = zones(viewer, layer)
    owners: dict[tuple[float, float], set[int]] = {}
    for zone_id, area in units.items():
        for corner in corners(area):
            owners.setdefault(corner, set()).add(zone_id)
    (one, other), corner = next((sorted(o), c) for c, o in sorted(owners.items()) if len(o) == 2)
    return units, one, other, corner


@pytest.fixture
def shared(desk):
    """Neighbouring management units."""
    return common(desk, UNITS)


def take(viewer, layer: str, zone_id: int, lon: float, lat: float, zoom: float = 16.5) -> None:
    """Take a zone in hand through its card, and look closely at a place."""
    viewer.open(f"#{zoom}/{lat}/{lon}&l={layer}&sel=zone:{layer}:{zone_id}")
    viewer.find("[data-key=zone-edit]").click()
    viewer.find(".desk-tools").wait_for()
    viewer.settle()
    at.look(viewer, zoom, lon, lat)
    viewer.page.wait_for_timeout(100)
    viewer.settle()


def test_a_shared_corner_moves_in_both_zones_and_one_undo_restores_both(desk, shared):
    units, one, other, corner = shared
    take(desk, UNITS, one, *corner)
    to = (corner[0] + 0.0004, corner[1] + 0.0003)
    at.drag(desk, corner, to)
    mine, theirs = at.drawn(desk), at.drawn(desk, f"{UNITS}/{other}")
    (moved,) = set(corners(mine)) - set(corners(units[one]))
    assert moved == pytest.approx(to, abs=2e-5)
    assert set(corners(theirs)) - set(corners(units[other])) == {moved}
    assert corner not in corners(mine) + corners(theirs)
    assert units[other].geoms[0].boundary.length > 0
    desk.page.keyboard.press("Control+z")
    assert desk.page.evaluate("() => Object.keys(localStorage).length") <= 1
    desk.page.keyboard.press("Control+y")
    assert corners(at.drawn(desk)) == corners(mine)
    desk.find("[data-key=desk-undo]").click()
    desk.find("[data-key=desk-linked]").uncheck()
    at.drag(desk, corner, to)
    assert f"{UNITS}/{other}" not in at.kept(desk)["sheet"]["shapes"]


def test_a_corner_put_on_a_shared_border_and_one_taken_away_reach_the_neighbour(desk, shared):
    units, one, other, corner = shared
    ring = next(
        r for p in units[one].geoms for r in [p.exterior, *p.interiors] if corner in r.coords
    )
    before = list(ring.coords)[:-1]
    spot = before.index(corner)
    after = next(
        p
        for p in (before[spot - 1], before[(spot + 1) % len(before)])
        if p in corners(units[other])
    )
    middle = ((corner[0] + after[0]) / 2, (corner[1] + after[1]) / 2)
    take(desk, UNITS, one, *middle, zoom=18)
    at.drag(desk, middle, (middle[0] + 0.00005, middle[1] + 0.00005))
    mine, theirs = at.drawn(desk), at.drawn(desk, f"{UNITS}/{other}")
    (fresh,) = set(corners(mine)) - set(corners(units[one]))
    assert set(corners(theirs)) - set(corners(units[other])) == {fresh}
    desk.ask(*corner)
    desk.page.keyboard.press("Delete")
    mine, theirs = at.drawn(desk), at.drawn(desk, f"{UNITS}/{other}")
    assert corner not in corners(mine) + corners(theirs)
    desk.find("gw-steps summary").click()
    assert desk.texts(".step")[:2] == ["删除拐点（2 个区划）", "插入拐点"]


def test_zones_moved_along_are_saved_as_drafts_of_their_next_versions(desk):
    layer = "overdraft_zone"
    before, one, other, corner = common(desk, layer)
    take(desk, layer, one, *corner)
    at.drag(desk, corner, (corner[0] + 0.00002, corner[1] + 0.00002))
    desk.find("[data-key=desk-form]").click()
    assert desk.find("#form-name").input_value()
    desk.find("[data-key=desk-save]").click()
    desk.find("[data-saved='2']").wait_for()
    drafts = {z: at.latest(desk, layer, z, 2) for z in (one, other)}
    assert {d["properties"]["law_status"] for d in drafts.values()} == {"draft"}
    (moved,) = set(corners(shape(drafts[one]["geometry"]))) - set(corners(before[one]))
    assert moved in corners(shape(drafts[other]["geometry"]))
    law = zones(desk, layer)
    assert law[one].equals(before[one])
    assert law[other].equals(before[other])
    for zone_id in (one, other):
        remove(desk, layer, zone_id, 2)


def remove(viewer, layer: str, zone_id: int, version: int) -> None:
    """Take a draft away again."""
    url = f"{viewer.url}/collections/{layer}/items/{zone_id}"
    query = {"version": version}
    tag = httpx.get(url, params=query, headers=viewer.headers).headers["etag"]
    httpx.delete(url, params=query, headers={**viewer.headers, "If-Match": tag}).raise_for_status()


def test_a_split_keeps_all_the_ground_and_a_merge_gives_it_back(desk):
    desk.open("#13/37.8975/113.43&l=restricted_zone")
    at.begin(desk, "restricted_zone")
    at.put(desk, *at.FREE)
    desk.page.keyboard.press("Enter")
    whole = at.drawn(desk)
    at.tool(desk, "split")
    at.put(desk, (113.43, 37.885), (113.431, 37.898), (113.43, 37.91))
    desk.page.keyboard.press("Enter")
    desk.settle()
    halves = [at.drawn(desk), at.drawn(desk, "new/2")]
    assert sum(h.area for h in halves) == pytest.approx(whole.area, rel=1e-7)
    assert halves[0].intersection(halves[1]).area == 0
    at.tool(desk, "merge")
    desk.find("[data-key='merge-new/2']").click()
    desk.settle()
    assert at.drawn(desk).area == pytest.approx(whole.area, rel=1e-7)
    at.tool(desk, "hole")
    at.put(desk, (113.425, 37.895), (113.43, 37.895), (113.43, 37.9))
    desk.page.keyboard.press("Enter")
    desk.settle()
    holed = at.drawn(desk)
    assert len(holed.geoms[0].interiors) == 1
    assert holed.area < whole.area


def test_a_strip_along_a_line_is_as_wide_as_was_asked(desk):
    desk.open("#13/37.8975/113.43&l=restricted_zone")
    at.begin(desk, "restricted_zone")
    at.tool(desk, "strip")
    desk.find("#desk-width").fill("200")
    desk.find("#desk-width").press("Tab")
    at.put(desk, (113.42, 37.89), (113.44, 37.905))
    desk.page.keyboard.press("Enter")
    desk.settle()
    earth = Geod(ellps="GRS80")  # CGCS2000 differs in the tenth digit
    length_m = earth.line_length((113.42, 113.44), (37.89, 37.905))
    area_m2, _ = earth.geometry_area_perimeter(at.drawn(desk).geoms[0])
    assert abs(area_m2) == pytest.approx(400 * length_m + math.pi * 200**2, rel=0.002)


def test_an_overlap_that_is_forbidden_is_told_and_clipped_away_to_nothing(desk, service):
    zone_id, area = next(iter(zones(desk, "prohibited_zone").items()))
    west, south, east, _ = area.bounds
    ring = [(west - 0.01, south - 0.01), (east, south - 0.01), (east, area.centroid.y)]
    desk.open(f"#12/{area.centroid.y}/{area.centroid.x}&l=prohibited_zone")
    at.begin(desk, "restricted_zone")
    desk.page.keyboard.down("Alt")
    at.put(desk, *ring)
    desk.page.keyboard.up("Alt")
    desk.page.keyboard.press("Enter")
    desk.settle()
    assert at.drawn(desk).intersection(area).area > 0
    name = next(f["properties"]["name"] for f in desk.api("/collections/prohibited_zone/items")
                ["features"] if f["id"] == zone_id)  # fmt: skip
    desk.find(".desk-impact", has_text=name).wait_for()
    at.tool(desk, "clip")
    for each, other in zones(desk, "prohibited_zone").items():
        if other.intersection(at.drawn(desk)).area > 0:
            desk.find(f"[data-key='clip-off-prohibited_zone/{each}']").click()
            desk.settle()
    assert not at.drawn(desk).overlaps(area)
    ((_, saved),) = at.save(desk, "裁过的区")
    with service.engine.connect() as conn:
        asked = {"one": saved, "other": zone_id}
        assert conn.execute(OVERLAPS, asked).scalar() is False


def test_when_two_edit_one_zone_the_second_sees_both_and_chooses(desk):
    layer = "special_protected_area"
    zone_id, area = next(iter(zones(desk, layer).items()))
    corner = corners(area)[0]
    take(desk, layer, zone_id, *corner)
    at.drag(desk, corner, (corner[0] + 0.0003, corner[1]))
    url = f"{desk.url}/collections/{layer}/items/{zone_id}"
    read = httpx.get(url, headers=desk.headers)
    theirs = read.json()
    theirs["properties"].update(name="别人改的名", law_status="draft")
    headers = {**desk.headers, "If-Match": read.headers["etag"]}
    httpx.put(url, json=theirs, headers=headers).raise_for_status()
    desk.expected.add("412")
    desk.find("[data-key=desk-form]").click()
    desk.find("[data-key=desk-save]").click()
    dialog = desk.find("[data-conflict]")
    dialog.wait_for()
    assert "别人改的名" in dialog.inner_text()
    desk.find("[data-key=conflict-later]").click()
    assert at.latest(desk, layer, zone_id, 2)["properties"]["name"] == "别人改的名"
    desk.find("[data-key=desk-save]").click()
    dialog.wait_for()
    desk.find("[data-key=conflict-mine]").click()
    desk.find("[data-saved]").wait_for()
    mine = at.latest(desk, layer, zone_id, 2)
    assert mine["properties"]["name"] != "别人改的名"
    assert corner not in corners(shape(mine["geometry"]))
    remove(desk, layer, zone_id, 2)


def test_a_draft_is_reviewed_by_another_compared_and_comes_into_force(desk, service):
    layer = "special_protected_area"
    zone_id, area = list(zones(desk, layer).items())[-1]
    corner = corners(area)[0]
    take(desk, layer, zone_id, *corner)
    (x, y), middle = corner, area.centroid
    at.drag(desk, corner, (x + (x - middle.x) * 0.01, y + (y - middle.y) * 0.01))
    at.save(desk, "复核的区")
    desk.find(f"[data-key=submit-{zone_id}]").click()
    desk.find(".status-in_review").wait_for()
    desk.find(f"[data-key=versions-{zone_id}]").click()
    desk.find("[data-version='2'] [data-key=step-approve-2]").click()
    today = desk.api("/layers")["legal_day"]
    desk.find("#step-from").fill(today)
    desk.expected.add("403")
    desk.find("[data-key=step-send]").click()
    desk.find("[data-step-error]").wait_for()  # nobody approves what he drew
    url = f"{desk.url}/collections/{layer}/items/{zone_id}"
    tag = httpx.get(url, params={"version": 2}, headers=desk.headers).headers["etag"]
    httpx.post(
        f"{url}/versions/2/approve",
        json={"reason": "同意", "valid_from": today},
        headers={**bearer(admit(service.engine, "another")), "If-Match": tag},
    ).raise_for_status()
    desk.open(f"#15/{corner[1]}/{corner[0]}&l={layer}&sel=zone:{layer}:{zone_id}")
    assert desk.find(".card-title").inner_text() == "复核的区"
    desk.find("[data-key=zone-versions]").click()
    desk.find("[data-diff] .key-added").wait_for()
    desk.settle()
    diff = desk.api(f"/collections/{layer}/items/{zone_id}/versions/1/diff/2")
    shown = desk.find("[data-diff] td").all_inner_texts()[:2]
    assert shown == [f"{round(m2 / 1e6, 4):,} km²" for m2 in diff["area_m2"]]
    script = """() => window.__gw.map.queryRenderedFeatures(
      { layers: ['desk/added', 'desk/removed'] }).length"""
    desk.page.wait_for_function(f"() => ({script})() > 0")
    assert barriers(desk) == []


def test_who_decides_on_a_draft_is_shown_its_ground(desk):
    desk.open("#13/37.8975/113.43&l=restricted_zone")
    at.begin(desk, "restricted_zone")
    at.put(desk, *at.FREE)
    desk.page.keyboard.press("Enter")
    drawn = at.drawn(desk)
    ((layer, zone_id),) = at.save(desk, "待审的区")
    desk.open("#13/37.7/113.7&l=restricted_zone")  # far from it
    desk.find("[data-key=drafts]").click()
    row = desk.find(f"[data-key=draft-{zone_id}-1] .row-fact")
    assert row.evaluate("(e) => e.scrollWidth <= e.clientWidth")  # who and when, in full
    desk.find(f"[data-key=versions-{zone_id}]").click()
    desk.find("[data-version='1']").wait_for()
    desk.settle()
    script = "() => window.__gw.map.queryRenderedFeatures({ layers: ['desk/area'] }).length > 0"
    desk.page.wait_for_function(script)
    west, south, east, north = drawn.bounds
    seen = desk.page.evaluate("() => window.__gw.map.getBounds().toArray().flat()")
    assert seen[0] < west < east < seen[2]
    assert seen[1] < south < north < seen[3]
    desk.find("[data-key=effect-1]").click()
    desk.find("[data-version='1'] [data-impact=told]").wait_for()
    feature = at.latest(desk, layer, zone_id, 1)
    told = httpx.post(
        f"{desk.url}/collections/{layer}/impact?amends={zone_id}",
        json={"type": "Feature", "geometry": feature["geometry"], "properties": {}},
        headers=desk.headers,
    ).json()
    assert desk.find("[data-wells=inside]").inner_text() == f"{told['wells']['inside']:,}"
    assert barriers(desk) == []
    remove(desk, layer, zone_id, 1)


def test_drafts_and_versions_are_listed_or_said_to_be_missing(panel):
    paths = panel.api("/openapi.json")["paths"]
    panel.open()
    panel.find("[data-key=drafts]").click()
    panel.find(
        "[data-drafts] .row, [data-drafts] [data-absent], [data-drafts] .state"
    ).first.wait_for()
    assert panel.find("[data-absent]").count() == (0 if "/drafts" in paths else 1)
    zone = panel.zone()
    panel.follow(f"#sel=zone:{zone['layer']}:{zone['id']}")
    panel.find("[data-key=zone-versions]").click()
    panel.find("[data-versions] [data-version], [data-versions] [data-absent]").first.wait_for()
    offered = any(p.endswith("/versions") for p in paths)
    assert panel.find("[data-absent]").count() == (0 if offered else 1)
