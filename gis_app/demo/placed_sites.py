"""Sites and projects placed by hand: polluting sites, construction, mines, geothermal projects.

What a row leaves out is as usual: something built long ago that takes and discharges nothing.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from shapely import Point
from shapely.geometry.base import BaseGeometry

from gis_app.demo.numbers import NORTH, SOUTH
from gis_app.demo.placed_permits import granted
from gis_app.demo.placing import Row, coded, open_ground
from gis_app.demo.shapes import lobe
from gis_app.demo.spots import Spots

_USUAL: Row = {
    "build_type": "existing",
    "high_consumption": False,
    "against_policy": False,
    "obsolete_process": False,
    "pollution_risk": False,
    "discharges": False,
    "heavy_polluter": False,
    "discharge_increases": False,
    "serves_supply": False,
    "open_loop": False,
    "monitoring_wells": 2,
    "key_unit": False,
    "position_accuracy_m": 5.0,
}
NEW: Row = {"build_type": "new"}


def rows(spots: Spots, wells_at: Mapping[str, Point]) -> list[Row]:
    """All of them, with `shape` on the plane and `grants` (rows of exemption_grant).

    `wells_at`: where the wells placed by hand stand, by code.
    """
    groups = (_lawful, _karst, _sources, _monitored, _heat, _drainage, _thirsty)
    made = chain.from_iterable(group(spots) for group in groups)
    return [*made, *_built_over(spots, wells_at)]


def _row(kind: str, shape: BaseGeometry, name: str, remark: str, **fields: Any) -> Row:
    return {"shape": shape, "kind": kind, "name": f"示例{name}", "remark": remark,
            **_USUAL, **fields}  # fmt: skip


def _ground(s: Spots, at: Point, radius_m: float = 60.0) -> BaseGeometry:
    """The ground that a site takes up."""
    return lobe(s.rng, at.x, at.y, radius_m)


def _open(s: Spots) -> Point:
    return open_ground(s, NORTH)


def _lawful(s: Spots) -> Iterator[Row]:
    made = _row("industrial_park", _ground(s, _open(s), 220.0), "合规工业园", "已建监测井：无涉")
    yield coded("CD", 1, {**made, "pollution_risk": True, "monitoring_wells": 4})
    told = "加油站要求防渗监测，不要求建监测井：无涉"
    yield coded("CD", 2, _row("gas_station", _open(s), "加油站", told, monitoring_wells=0))
    loop: Row = {"build_type": "new", "open_loop": False}
    yield coded("CD", 3, _row("geothermal", _open(s), "闭式地热项目", "不取水：无涉", **loop))


def _karst(s: Spots) -> Iterator[Row]:
    """N-31 in a spring domain and on strong karst."""
    risky: Row = {**NEW, "pollution_risk": True}
    off = ("source_protection_zone", "overdraft_zone", "public_supply_coverage")
    at = s.within(s.named("娘子关泉域").intersection(s.county(SOUTH)), *off, clear_m=250.0)
    told = "泉域内新建可能污染地下水的项目"
    yield coded("N-31", 1, _row("construction", _ground(s, at), "泉域物流仓库", told, **risky))
    at = s.within(s.area("strong_karst_area"), *off, clear_m=250.0)
    told = "岩溶强发育区内扩建可能污染地下水的项目"
    made = _row("construction", _ground(s, at), "岩溶区养殖场", told, **risky)
    yield coded("N-31", 2, {**made, "build_type": "expand"})


def _sources(s: Spots) -> Iterator[Row]:
    """N-38 to N-41: protection zones of 程庄 and 北川, outside of the spring domain."""
    first, second, quasi = (s.named(f"程庄水源地{level}保护区") for level in ("一级", "二级", "准"))
    told = "一级保护区内新建与供水无关的项目"
    at = s.within(first, clear_m=120.0)
    yield coded("N-38", 1, _row("construction", _ground(s, at, 40.0), "河畔农家乐", told, **NEW))
    told = "一级保护区内已建与供水无关的项目"
    yield coded("N-38", 2, _row("other", s.within(first, clear_m=120.0), "旧货场", told))
    only = second.difference(first.buffer(200))
    told = "二级保护区内新建排放污染物的项目"
    made = _row("construction", s.within(only, clear_m=120.0), "屠宰场", told, **NEW)
    yield coded("N-39", 1, {**made, "discharges": True})
    told = "准保护区内扩建严重污染项目"
    outer = quasi.difference(second.buffer(300))
    made = _row("construction", s.within(outer, clear_m=150.0), "制革厂", told, heavy_polluter=True)
    yield coded("N-40", 1, {**made, "build_type": "expand"})
    told = "二级保护区内的排污口"
    yield coded("N-41", 1, _row("outfall", s.within(only, clear_m=120.0), "河岸排污口", told))
    told = "保护区外的排污口：无涉"
    yield coded("N-41", 2, _row("outfall", _open(s), "下游排污口", told))


def _monitored(s: Spots) -> Iterator[Row]:
    """N-42: sites that need monitoring wells."""
    none: Row = {"monitoring_wells": 0, "pollution_risk": True}
    told = "垃圾填埋场无地下水水质监测井"
    yield coded("N-42", 1, _row("landfill", _ground(s, _open(s), 150.0), "填埋场", told, **none))
    told = "其他可能污染地下水的场地，是否属所列须认定"
    yield coded("N-42", 2, _row("other", _ground(s, _open(s)), "废品堆场", told, **none))


def _built_over(s: Spots, wells_at: Mapping[str, Point]) -> Iterator[Row]:
    """N-43: construction on the ground of monitoring wells."""
    told = ("工地压占监测井", "工地压占监测井，已由主管部门组织迁建")
    for number, remark in enumerate(told, 1):
        ground = _ground(s, wells_at[f"SL-N43-{number}"], 150.0)
        made = _row("construction", ground, f"工地{number}号", remark, **NEW)
        grants = [granted("relocation", s.on)] if number == 2 else []
        yield coded("N-43", number, {**made, "grants": grants})


def _heat(s: Spots) -> Iterator[Row]:
    """N-32, N-33, N-34: geothermal projects that take water."""
    loop: Row = {"open_loop": True, "abstracted_m3": 120_000.0, "reinjected_m3": 120_000.0,
                 "aquifer_renewal": "normal", "permit_state": "held"}  # fmt: skip
    first, second = s.named("程庄水源地一级保护区"), s.named("程庄水源地二级保护区")
    quasi = s.named("程庄水源地准保护区").difference(second.buffer(300))
    told = "水源地内新建需要取水的地热项目"
    at = s.within(second.difference(first.buffer(200)), clear_m=150.0)
    yield coded("N-32", 1, _row("geothermal", at, "水源地地热站", told, **loop, **NEW))
    told = "准保护区内已建需要取水的地热项目：是否水源地须认定"
    at = s.within(quasi, clear_m=150.0)
    yield coded("N-32", 2, _row("geothermal", at, "水源地旧地热站", told, **loop))
    told = "抽取难以更新的地下水"
    made = _row("geothermal", _open(s), "古水地热站", told, **{**loop, **NEW})
    yield coded("N-33", 1, {**made, "aquifer_renewal": "hard"})
    told = "取12万立方米，同层只回灌9万"
    made = _row("geothermal", _open(s), "亏灌地热站", told, **loop)
    yield coded("N-34", 1, {**made, "reinjected_m3": 90_000.0})


def _drainage(s: Spots) -> Iterator[Row]:
    """N-36: dewatering above the sample scale of 100,000 m³."""
    pit: Row = {"dewatering_m3": 300_000.0, "permit_state": "none"}
    told = "年疏干排水30万立方米，无取水许可"
    yield coded("N-36", 1, _row("mine", _ground(s, _open(s), 200.0), "石炭井田", told, **pit))
    told = "疏干排水无许可，经认定为临时应急"
    made = _row("underground_works", _ground(s, _open(s)), "隧道工程", told, **pit)
    yield coded("N-36", 2, {**made, "grants": [granted("engineering_emergency", s.on)]})


def _thirsty(s: Spots) -> Iterator[Row]:
    """N-50: in an overdraft zone, and where nobody has said whether water is severely short."""
    old: Row = {**NEW, "high_consumption": True, "against_policy": True}
    away = ("spring_domain", "source_protection_zone", "public_supply_coverage")
    at = s.within(s.area("overdraft_zone"), *away, clear_m=200.0)
    told = "超采区内新建不符合产业政策的高耗水项目"
    yield coded("N-50", 2, _row("construction", _ground(s, at), "高耗水落后厂", told, **old))
    told = "是否水资源严重短缺地区未录入"
    yield coded("N-50", 3, _row("construction", _ground(s, _open(s)), "高耗水铸件厂", told, **old))
