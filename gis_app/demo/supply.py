"""Districts, management units and what pipes and canals supply.

Areas that may not overlap are cut from one another and redrawn on common linework, so that
neighbours share their border to the last vertex.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gis_app.demo.desk import Desk, Zone
from gis_app.demo.ground import DISTRICTS, Ground
from gis_app.demo.shapes import side_by_side, stretch_of, strip


def districts(desk: Desk) -> Iterable[Zone]:
    """The five counties and districts."""
    for number, (code, name) in enumerate(DISTRICTS):
        area = desk.ground.district_area(number)
        yield Zone("district", name, area, date(2015, 1, 1), accuracy_m=20, code=code)


def units(desk: Desk) -> Iterable[Zone]:
    """Management units; they partition the city, and every border of districts is one of theirs.

    Their quotas follow from what is permitted in them (control.py).
    """
    ground = desk.ground
    for number in range(int(ground.unit.max()) + 1):
        which = ground.unit == number
        area = ground.union(which)
        district = DISTRICTS[int(ground.district[which][0])][1]
        attrs = {"control_level_m": float(round(desk.rng.uniform(640, 1080), 1))}
        name = f"{district}第{'一二三四五'[_rank(ground, number)]}管理单元"
        yield Zone("management_unit", name, area, date(2021, 12, 1), accuracy_m=20, attrs=attrs)


def _rank(ground: Ground, unit: int) -> int:
    """Which unit of its district this is, from 0."""
    own = ground.district[ground.unit == unit][0]
    return int(unit - ground.unit[ground.district == own].min())


def coverage(desk: Desk) -> Iterable[Zone]:
    """Public supply: three areas that adjoin in the town, four apart, and three not in force."""
    places, urban = desk.places, desk.patch(desk.places.town, 4300, 1.25)
    hill = desk.patch((places.town.x + 900, places.town.y + 1700), 620)
    north, south = _banks(urban, places.river)
    west = desk.patch(places.mining_town, 2900, 0.9)
    east = desk.patch((places.town.x + 5200, places.town.y - 1500), 2300)
    parks = [p for p in places.parks if not urban.buffer(3500).contains(shapely.Point(p))]
    seats = [desk.patch(places.south_seat, 2600), desk.patch(places.north_seat, 2500)]
    shapes = [north.difference(hill), south, west.difference(hill), east.difference(hill), *seats]
    areas = side_by_side([desk.whole(s) for s in (*shapes, desk.patch(parks[0], 1300))])
    rows = (
        ("第一水厂", date(2018, 5, 1), 80e3, True),
        ("第二水厂", date(2018, 5, 1), 65e3, True),
        ("矿区水厂", date(2020, 10, 1), 30e3, False),
        ("第二水厂东扩", date(2027, 1, 1), 20e3, True),
        ("平定县城", date(2019, 7, 1), 25e3, True),
        ("盂县县城", date(2019, 7, 1), 25e3, True),
        ("镇区", date(2022, 9, 1), 6e3, None),
    )
    for (name, since, capacity, meets), area in zip(rows, areas, strict=True):
        yield _coverage(f"示例{name}供水范围", area, since, (capacity, meets))
    old, draft = desk.whole(desk.patch(parks[2], 1700)), desk.whole(desk.patch(parks[1], 1500))
    past = {"until": date(2021, 5, 1)}
    yield _coverage("示例老工业区供水范围", old, date(2010, 6, 1), (8e3, True), **past)
    yield _coverage("示例工业园供水范围（草案）", draft, None, (10e3, None), status="draft")


def _coverage(
    name: str,
    area: BaseGeometry,
    since: date | None,
    able: tuple[float, bool | None],
    **more: Any,
) -> Zone:
    attrs = {
        "operator": "示例市自来水公司",
        "capacity_m3d": able[0],
        "can_meet_demand": able[1],
    }
    accuracy = 15.0 if "县城" in name or "镇区" in name else 5.0
    return Zone(
        "public_supply_coverage", name, area, since, accuracy_m=accuracy, attrs=attrs, **more
    )


def _banks(area: Polygon, river: LineString) -> tuple[BaseGeometry, BaseGeometry]:
    """An area cut by a river that runs from west to east: the north of it and the south."""
    ends = shapely.get_coordinates(river)
    far = [(90_000, ends[-1][1]), (90_000, 90_000), (-90_000, 90_000), (-90_000, ends[0][1])]
    above = Polygon([*ends, *far]).buffer(0)
    return area.intersection(above, grid_size=0.01), area.difference(above, grid_size=0.01)


def surface_supply(desk: Desk) -> Iterable[Zone]:
    """Surface water: strips along the rivers, as canals allow."""
    river = desk.places.river
    inner = desk.ground.outline
    others = [r.intersection(inner) for r in desk.ground.rivers[1:]]
    lines = [max(shapely.get_parts(o), key=lambda p: float(p.length)) for o in others]
    east = strip(desk.rng, stretch_of(river, 0.44, 0.8), 1900)
    north = strip(desk.rng, stretch_of(lines[0], 0.1, 0.6), 1300)
    south = strip(desk.rng, stretch_of(lines[1], 0.15, 0.75), 1100)
    areas = side_by_side([desk.whole(s) for s in (east, north, south)])
    rows = (("桃河", date(2019, 3, 1)), ("温河", date(2020, 11, 1)), ("南川河", date(2022, 6, 1)))
    for (name, since), area in zip(rows, areas, strict=True):
        attrs = {"water_source": f"示例{name}引水工程"}
        yield Zone(
            "surface_supply_area",
            f"示例{name}地表水供水区",
            area,
            since,
            accuracy_m=25,
            attrs=attrs,
        )
