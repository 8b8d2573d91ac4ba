"""Zones that limit where things may be built or drilled: karst, old water, waterworks, hazards."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import shapely
from shapely import Point

from gis_app.demo.desk import Desk, Zone
from gis_app.demo.ground import NORTH, SOUTH
from gis_app.demo.shapes import stretch_of, strip

_SINCE = date(2022, 3, 1)


def karst(desk: Desk) -> Iterable[Zone]:
    """Strong karst: one area far from the towns and the spring."""
    area = desk.whole(desk.patch(_lonely(desk, NORTH, 1)[0], 2600, 1.2, 35))
    yield Zone("strong_karst_area", "示例落水洞群岩溶强发育区", area, _SINCE, accuracy_m=30)


def hard_to_renew(desk: Desk) -> Iterable[Zone]:
    """Hard-to-renew groundwater: known in one county; the others have no data here."""
    area = desk.whole(desk.patch(_lonely(desk, SOUTH, 1)[0], 2400, 1.1, 10))
    name = "示例深层古水难以更新的地下水分布区"
    yield Zone("hard_to_renew_groundwater", name, area, _SINCE, accuracy_m=50)


def works(desk: Desk) -> Iterable[Zone]:
    """Waterworks: a reservoir's dam and a dike along a river."""
    dam = desk.whole(desk.patch(_lonely(desk, NORTH, 2)[1], 700, 1.4, 60))
    yield Zone("works_protection_area", "示例水库大坝保护范围", dam, date(2014, 9, 1), accuracy_m=5)
    dike = desk.whole(strip(desk.rng, stretch_of(desk.places.river, 0.3, 0.38), 220))
    yield Zone(
        "works_protection_area", "示例桃河堤防保护范围", dike, date(2014, 9, 1), accuracy_m=5
    )


def hazards(desk: Desk) -> Iterable[Zone]:
    """Subsidence over mines: severe at one, moderate at another."""
    for number, (name, grade) in enumerate((("严重", "severe"), ("一般", "moderate"))):
        area = desk.whole(desk.patch(desk.places.mines[number], 1700, 1.2))
        title = f"示例采空区地面沉降{name}区"
        yield Zone("geological_hazard_area", title, area, _SINCE, grade, accuracy_m=30)


def protected_areas(desk: Desk) -> Iterable[Zone]:
    """What is protected for other reasons: a geopark, a wetland, a heritage site."""
    rows = (
        ("山地地质公园", "geopark", 2300),
        ("河湾湿地", "wetland", 900),
        ("古寨文物保护范围", "heritage", 600),
    )
    spots = _lonely(desk, NORTH, 4)[2:] + _lonely(desk, SOUTH, 2)[1:]
    for (name, grade, radius_m), spot in zip(rows, spots, strict=True):
        area = desk.whole(desk.patch(spot, radius_m))
        yield Zone("special_protected_area", f"示例{name}", area, _SINCE, grade, accuracy_m=20)


def _lonely(desk: Desk, district: int, count: int) -> list[Point]:
    """Villages of a district as far as can be from towns, spring, well fields and one another."""
    places = desk.places
    own = desk.ground.district[places.village_cell] == district
    inner = desk.ground.outline.simplify(100).buffer(-3000)
    spots = places.villages[own & shapely.contains_xy(inner, places.villages)]
    towns = (places.town, places.mining_town, places.south_seat, places.north_seat, places.spring)
    near = np.vstack([shapely.get_coordinates(list(towns)), places.well_fields])
    found: list[Point] = []
    for _ in range(count):
        apart = np.hypot(*(spots[:, None] - near).transpose(2, 0, 1)).min(axis=1)
        best = spots[apart.argmax()]
        near = np.vstack([near, best])
        found.append(Point(best))
    return found
