"""Zones that protect groundwater: extraction limits, overdraft, springs, sources, pollution."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import shapely
from shapely import LineString

from gis_app.demo.desk import Desk, Zone
from gis_app.demo.ground import NORTH, SOUTH
from gis_app.demo.shapes import fray, largest, side_by_side, stretch_of, strip


def extraction(desk: Desk) -> Iterable[Zone]:
    """Prohibited zones, and restricted zones about and beside them on the same borders."""
    places, town = desk.places, desk.places.town
    x, y = town.x, town.y
    core = desk.patch((x + 2600, y + 900), 2100, 1.2)
    spring = desk.patch(places.spring, 1900, 1.3, 20)
    rail = strip(desk.rng, _railway(), 420)
    rail = largest(rail.difference(core.buffer(900)))
    lake = desk.patch((x + 4300, y + 3100), 500)
    around = desk.patch((x + 2300, y + 700), 4700, 1.25).difference(lake)
    basin = desk.patch(places.south_seat, 5200, 1.1, 30)
    beside = desk.patch((places.spring.x - 3300, places.spring.y + 1500), 3200)
    north = desk.patch((places.north_seat.x - 2500, places.north_seat.y + 1500), 3900, 1.3, 60)
    shapes = (core, spring, rail, around, basin, beside, north)
    areas = side_by_side([desk.whole(s) for s in shapes])
    bars = (
        ("城区超采", date(2018, 8, 1)),
        ("娘子关泉源", date(2016, 4, 1)),
        ("铁路沿线", date(2021, 3, 1)),
    )
    for (name, since), area in zip(bars, areas[:3], strict=True):
        yield Zone("prohibited_zone", f"示例{name}禁采区", area, since, accuracy_m=10)
    limits = ("城区外围", "平定盆地", "娘子关泉源外围", "盂县西烟")
    for name, area in zip(limits, areas[3:], strict=True):
        since = date(2018, 8, 1) if "城区" in name else date(2019, 1, 1)
        yield Zone("restricted_zone", f"示例{name}限采区", area, since, accuracy_m=15)


def _railway() -> LineString:
    """A gently bending line across the south of the city."""
    x = np.linspace(-15_000, 17_000, 60)
    y = -12_500 + 1900 * np.sin(x / 5200) + 0.12 * x
    return LineString(np.column_stack([x, y]))


def overdraft(desk: Desk) -> Iterable[Zone]:
    """Overdraft: a severe core within a general ring, and two general areas."""
    x, y = desk.places.town.x, desk.places.town.y
    core = desk.patch((x + 2800, y - 600), 3000)
    ring = desk.patch((x + 1900, y - 900), 6400, 1.2)
    south = desk.patch(desk.places.south_seat, 4200)
    north = desk.patch(desk.places.north_seat, 3300, 1.2)
    areas = side_by_side([desk.whole(s) for s in (core, ring, south, north)])
    rows = (
        ("城区岩溶水严重超采区", "severe", "karst", "deep", 14.2e6, 19.3e6, "filed"),
        ("城区岩溶水一般超采区", "general", "karst", "deep", 21.0e6, 24.1e6, "filed"),
        ("平定裂隙水一般超采区", "general", "fissure", "deep", 8.6e6, 9.9e6, "none"),
        ("盂县孔隙水一般超采区", "general", "pore", "shallow", 6.1e6, 6.9e6, "done"),
    )
    for (name, grade, medium, depth, allowed, taken, plan), area in zip(rows, areas, strict=True):
        attrs = {
            "medium": medium,
            "depth_class": depth,
            "allowable_m3": allowed,
            "abstracted_m3": taken,
            "alternative_solved": "盂县" in name,
            "plan_state": plan,
        }
        yield Zone(
            "overdraft_zone",
            f"示例{name}",
            area,
            date(2017, 2, 1),
            grade,
            accuracy_m=50,
            attrs=attrs,
        )


def springs(desk: Desk) -> Iterable[Zone]:
    """A large spring domain across the city line and a small one; key areas within the large."""
    spring, river = desk.places.spring, desk.places.river
    head = (desk.places.north_seat.x + 6000, desk.places.north_seat.y + 4500)
    east = desk.patch((spring.x - 4000, spring.y - 1500), 17_500, 1.1, -25)
    domain, upper = side_by_side([east, desk.whole(desk.patch(head, 3600))])
    # the law's list of springs has the first; this one only bears its name, and says 示例
    rows = (("娘子关", "niangziguan", domain, 7.2), ("水头", "other", upper, 0.4))
    for name, grade, area, flow in rows:
        attrs = {"spring": f"示例{name}泉", "discharge_m3s": flow}
        yield Zone(
            "spring_domain",
            f"示例{name}泉域",
            area,
            date(2015, 6, 1),
            grade,
            accuracy_m=50,
            attrs=attrs,
        )
    valley = fray(desk.rng, strip(desk.rng, stretch_of(river, 0.83, 0.97), 900), 150)
    recharge = desk.patch((spring.x - 9000, spring.y - 6500), 2300)
    inner = domain.buffer(-300)
    for name, area in (("泉源", valley), ("渗漏段", recharge)):
        kept = largest(area.intersection(inner))
        attrs = {"spring": "示例娘子关泉"}
        yield Zone(
            "spring_key_area",
            f"示例娘子关泉域{name}重点保护区",
            kept,
            date(2015, 6, 1),
            accuracy_m=30,
            attrs=attrs,
        )


def sources(desk: Desk) -> Iterable[Zone]:
    """Source protection: first within second within quasi; one source still lacks the last."""
    names = ("程庄", "红岭湾", "北川", "南坳")
    for name, spot in zip(names, desk.places.well_fields, strict=True):
        turn = float(desk.rng.uniform(0, 180))
        first = desk.patch(spot, 420, 1.5, turn)
        second = largest(desk.patch(spot, 1500, 1.3, turn).union(first.buffer(260)))
        quasi = largest(desk.patch(spot, 3300, 1.2, turn).union(second.buffer(400)))
        grades = (("level_1", "一级", first), ("level_2", "二级", second), ("quasi", "准", quasi))
        for grade, label, area in grades[: 2 if name == "南坳" else 3]:
            attrs = {
                "water_source": f"示例{name}水源地",
                "water_type": "groundwater",
                "centralised": True,
                "source_level": "county" if name == "南坳" else "city",
                "quasi_delimited": name != "南坳",
                "source_at_risk": name == "南坳",
            }
            title = f"示例{name}水源地{label}保护区"
            yield Zone(
                "source_protection_zone",
                title,
                desk.whole(area),
                date(2016, 11, 1),
                grade,
                accuracy_m=5,
                attrs=attrs,
            )


def recharge(desk: Desk) -> Iterable[Zone]:
    """One recharge area, ending at the county line: the other counties have no data here."""
    x, y = desk.places.well_fields[2]
    county = desk.ground.district_area(NORTH)
    area = largest(desk.patch((x - 1500, y + 3500), 5600, 0.9).intersection(county, grid_size=0.01))
    attrs = {"water_source": "示例北川水源地"}
    yield Zone(
        "recharge_area", "示例北川水源地补给区", area, date(2022, 12, 1), accuracy_m=50, attrs=attrs
    )


def pollution(desk: Desk) -> Iterable[Zone]:
    """Pollution priority: protection about sources, control about parks and mines."""
    places = desk.places
    works = [p for p in places.parks if desk.ground.district_area(SOUTH).contains(shapely.Point(p))]
    park = works[0] if works else places.parks[2]
    protect = [desk.patch(places.well_fields[0], 2100), desk.patch(places.spring, 2600, 1.2)]
    control = [desk.patch(park, 1500), desk.patch(park, 3100), desk.patch(places.mines[0], 2200)]
    areas = side_by_side([desk.whole(s) for s in (*protect, *control)])
    rows = (
        ("程庄保护类区域", "protect"),
        ("娘子关保护类区域", "protect"),
        ("工业园一级管控区", "control_1"),
        ("工业园二级管控区", "control_2"),
        ("采矿区二级管控区", "control_2"),
    )
    for (name, grade), area in zip(rows, areas, strict=True):
        attrs = {"method": "示例叠加法（功能价值、脆弱性、污染荷载）"}
        yield Zone(
            "pollution_priority_zone",
            f"示例{name}",
            area,
            date(2023, 9, 1),
            grade,
            accuracy_m=30,
            attrs=attrs,
        )
