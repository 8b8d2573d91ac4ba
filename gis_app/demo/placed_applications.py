"""Applications placed by hand: each shows one ground of refusal, or none.

What a row leaves out is as usual: a new well of a brick works, within norm and quota, that nothing
forbids.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from gis_app.demo.control import STATES
from gis_app.demo.numbers import MINING, URBAN
from gis_app.demo.placed_permits import granted
from gis_app.demo.placing import BARS, LIMITS, Row, coded, neutral
from gis_app.demo.shapes import lobe
from gis_app.demo.spots import Spots

_USUAL: Row = {
    "kind": "new",
    "self_supply": True,
    "construction_project": True,
    "build_type": "new",
    "use": "industry",
    "industry_class": "building_materials",
    "well_type": "tube_well",
    "depth_m": 260.0,
    "aquifer_renewal": "normal",
    "aquifer_depth": "deep",
    "annual_m3": 20_000.0,
    "held_m3": 0.0,
    "product": "示例砖",
    "output_quantity": 2000.0,
    "high_consumption": False,
    "obsolete_process": False,
    "against_policy": False,
    "illegal_reclamation": False,
    "standards_met": True,
    "network_can_meet": False,
    "reclaimed_usable": False,
    "reclaimed_used": False,
    "surface_usable": False,
    "review_passed": True,
    "endangers_works": False,
    "no_alternative_source": False,
    "position_accuracy_m": 5.0,
}
_FARM: Row = {
    "use": "irrigation",
    "industry_class": None,
    "construction_project": False,
    "self_supply": False,
    "aquifer_depth": "shallow",
    "depth_m": 60.0,
    "product": "示例小麦",
    "output_quantity": 300.0,
}
_HOMES: Row = {
    "use": "domestic_rural",
    "industry_class": None,
    "construction_project": False,
    "self_supply": False,
    "product": "示例农村居民生活",
    "output_quantity": 1200.0,
}
_PROBE: Row = {
    "use": "monitoring_test",
    "well_type": "monitoring",
    "annual_m3": 200.0,
    "product": "示例洗井试验",
    "output_quantity": 6.0,
    "industry_class": None,
    "self_supply": False,
    "construction_project": False,
}
_CLEAR = ("public_supply_coverage", "surface_supply_area", "overdraft_zone")


def rows(spots: Spots) -> list[Row]:
    """All of them, with `shape` on the plane and `grants` (rows of exemption_grant)."""
    groups = (_lawful, _in_limits, _exempt, _control, _grounds, _areas, _basin, _works)
    made = list(chain.from_iterable(group(spots) for group in groups))
    made += _need_no_permit({row["code"]: row for row in made})
    return [{"applied_on": spots.on - timedelta(10 + n), **row} for n, row in enumerate(made, 1)]


def _row(shape: BaseGeometry, name: str, remark: str, **fields: Any) -> Row:
    title, applicant = f"示例{name}", f"示例{name}申请单位"
    return {"shape": shape, "name": title, "applicant": applicant, "remark": remark,
            **_USUAL, **fields}  # fmt: skip


def _parcel(s: Spots, at: Point) -> BaseGeometry:
    """A parcel that the well may stand in."""
    return lobe(s.rng, at.x, at.y, 55.0)


def _unit(s: Spots, name: str) -> Point:
    """A place in a management unit where no zone says anything of a well."""
    away = (*BARS, "overdraft_zone", "hard_to_renew_groundwater")
    return s.within(s.named(f"{name}管理单元"), *away, clear_m=150.0)


def _room(s: Spots) -> BaseGeometry:
    """The ground of units whose quota has room and whose level is high enough, off borders."""
    usual = [z for z in s.zones if z.layer == "management_unit" and z.name not in STATES]
    units = [z.shape.simplify(20).buffer(-150) for z in usual]
    listed = (s.county(MINING), s.county(URBAN))
    return shapely.union_all(units).difference(shapely.union_all(listed))


def _lawful(s: Spots) -> Iterator[Row]:
    at = _unit(s, "平定县第二")
    yield coded("SQ", 1, _row(_parcel(s, at), "合规砖厂新井", "各项均合规：无涉"))
    same: Row = {"kind": "renewal", "held_m3": 20_000.0, "build_type": "existing"}
    made = _row(_unit(s, "平定县第二"), "延续砖厂井", "同量延续，各项均合规：无涉", **same)
    yield coded("SQ", 2, made)


def _in_limits(s: Spots) -> Iterator[Row]:
    at = s.within(s.area("prohibited_zone").intersection(_room(s)), *_CLEAR, clear_m=150.0)
    yield coded("N-02", 1, _row(_parcel(s, at), "禁采区新井", "禁采区内新建"))
    restricted = s.area("restricted_zone").intersection(_room(s))
    yield coded("N-07", 1, _row(s.within(restricted, *_CLEAR), "限采区新井", "限采区内新增"))
    same: Row = {"kind": "replacement", "held_m3": 20_000.0}
    told = "限采区内替代井不增加水量，是否新增须认定"
    yield coded("N-07", 2, _row(s.within(restricted, *_CLEAR), "限采区替代井", told, **same))
    area = s.area("surface_supply_area").intersection(_room(s))
    at = s.within(area, "public_supply_coverage", "overdraft_zone", *LIMITS)
    yield coded("YQ-01-A", 1, _row(at, "供水区新井", "地表水供水区内新井"))


def _exempt(s: Spots) -> Iterator[Row]:
    """N-07, N-03: the three ways out of article 35."""
    area = s.area("restricted_zone").intersection(_room(s))
    for number, (kind, told) in enumerate(
        (
            ("engineering_emergency", "地下工程临时应急取（排）水"),
            ("public_safety_emergency", "公共安全临时应急取水"),
        ),
        3,
    ):
        made = _row(s.within(area, *_CLEAR), f"应急取水{number - 2}号", f"限采区内，{told}")
        yield coded("N-07", number, {**made, "grants": [granted(kind, s.on)]})
    made = _row(s.within(area, *_CLEAR), "监测井申请", "限采区内，监测少量取水", **_PROBE)
    yield coded("N-07", 5, made)


def _control(s: Spots) -> Iterator[Row]:
    """N-06, N-11: quota, level and ceiling of the unit."""
    much: Row = {"annual_m3": 900_000.0, "output_quantity": 80_000.0}
    made = _row(_unit(s, "郊区第三"), "大型砖厂新井", "加上已许可水量超过单元总量指标", **much)
    yield coded("N-06", 1, made)
    made = _row(_unit(s, "平定县第四"), "砖瓦厂新井", "单元水位低于控制水位")
    yield coded("N-06", 2, made)
    made = _row(_unit(s, "郊区第二"), "页岩砖厂新井", "单元水位无监测，能否符合不能确定")
    yield coded("N-06", 3, made)
    little: Row = {"annual_m3": 6000.0}
    made = _row(_unit(s, "盂县第三"), "小砖厂新井", "单元许可总量已达控制总量", **little)
    yield coded("N-11", 1, made)


def _grounds(s: Spots) -> Iterator[Row]:
    """N-08, N-10, N-12, YQ-04, YQ-05: grounds that lie in the application itself."""

    def well(rule: str, name: str, told: str, **more: Any) -> Row:
        return coded(rule, 1, _row(_unit(s, "平定县第二"), name, told, **more))

    norm = "申请2万立方米，定额12立方米/万块×1000万块=1.2万"
    yield well("N-08", "超定额砖厂新井", norm, output_quantity=1000.0)
    yield well("N-10", "违法开垦地新井", "违法开垦种植取水", **_FARM, illegal_reclamation=True)
    yield well(
        "N-12", "开发区新井", "公共供水管网能够满足，建设项目自备取水", network_can_meet=True
    )
    yield well("YQ-04", "无标准厂新井", "不符合强制性国家标准", standards_met=False)
    yield well("YQ-05", "老工艺厂新井", "列入淘汰目录", obsolete_process=True)


def _areas(s: Spots) -> Iterator[Row]:
    """N-09, N-49, N-50, N-44-A: listed counties and overdraft zones."""
    thirsty: Row = {"high_consumption": True}
    made = _row(_unit(s, "平定县第二"), "高耗水厂新井", "水资源紧缺县新建高耗水项目", **thirsty)
    yield coded("N-09", 1, made)
    told = "是否生态脆弱地区未录入"
    made = _row(_unit(s, "郊区第一"), "高耗水饮料厂新井", told, **thirsty)
    yield coded("N-09", 2, made)
    told = "水资源短缺县，可用再生水而未用"
    made = _row(_unit(s, "盂县第二"), "再生水厂旁新井", told, reclaimed_usable=True)
    yield coded("N-49", 1, made)
    over = s.area("overdraft_zone").intersection(_room(s))
    off = ("public_supply_coverage", "surface_supply_area", *LIMITS)
    yield coded("N-44-A", 1, _row(s.within(over, *off), "灌区新井", "超采区内灌溉新井", **_FARM))
    same: Row = {"kind": "replacement", "held_m3": 20_000.0}
    told = "超采区内灌溉替代井，是否新增须认定"
    yield coded("N-44-A", 2, _row(s.within(over, *off), "灌区替代井", told, **{**_FARM, **same}))
    old: Row = {"high_consumption": True, "against_policy": True}
    told = "超采区内新建不符合产业政策的高耗水项目"
    yield coded("N-50", 1, _row(s.within(over, *off), "高耗水落后厂新井", told, **old))


def _basin(s: Spots) -> Iterator[Row]:
    """N-46, N-47: counties listed as overloaded, and as close to it."""
    told = "黄河流域超载县新增取水许可"
    yield coded("N-46", 1, _row(neutral(s, MINING), "矿区砖厂新井", told))
    told = "超载县，农村居民生活用水"
    yield coded("N-46", 2, _row(neutral(s, MINING), "矿区饮水新井", told, **_HOMES))
    told = "黄河流域临界超载县新增取水许可"
    yield coded("N-47", 1, _row(neutral(s, URBAN), "城区砖厂新井", told))
    told = "临界超载县，农村居民生活用水"
    yield coded("N-47", 2, _row(neutral(s, URBAN), "城区饮水新井", told, **_HOMES))
    supply: Row = {"use": "public_supply", "product": "示例城镇供水", "output_quantity": 900.0,
                   "self_supply": False, "construction_project": False}  # fmt: skip
    told = "临界超载县，公共供水是否属民生保障用水须认定"
    yield coded("N-47", 3, _row(neutral(s, URBAN), "城区供水新井", told, **supply))


def _works(s: Spots) -> Iterator[Row]:
    dike = s.area("works_protection_area").intersection(_room(s))
    away = ("public_supply_coverage", "surface_supply_area", "overdraft_zone", *LIMITS)
    told = "水工程保护范围内打井，影响工程安全"
    yield coded("N-52", 1, _row(s.within(dike, *away), "坝下新井", told, endangers_works=True))


def _need_no_permit(placed: dict[str, Row]) -> Iterator[Row]:
    """Monitoring works beside what is refused: they need no permit, and none is refused to them."""

    def beside(rule: str, number: int, other: str, told: str, **more: Any) -> Row:
        row = placed[other]
        name = f"{row['name'].removeprefix('示例')}旁监测井"
        told = f"{told}，监测井不需要申请取水许可"
        own = {"kind": row["kind"], **_PROBE, **more}
        return coded(rule, number, _row(row["shape"], name, told, **own))

    yield beside("N-02", 2, "SL-N02-1", "禁采区内")
    yield beside("N-06", 4, "SL-N06-2", "单元水位低于控制水位")
    much: Row = {"annual_m3": 20_000.0, "output_quantity": 600.0}
    yield beside("N-07", 6, "SL-N07-1", "限采区内取水不是少量，新增取用仍禁止", **much)
    project: Row = {"construction_project": True, "reclaimed_usable": True}
    yield beside("N-11", 2, "SL-N11-1", "单元许可总量已达控制总量，可用再生水而未用", **project)
    yield beside("N-46", 3, "SL-N46-1", "黄河流域超载县")
    yield beside("N-47", 4, "SL-N47-1", "黄河流域临界超载县")
    faulty: Row = {"use": None, "self_supply": True, "construction_project": True,
                   "network_can_meet": True, "high_consumption": True, "standards_met": False,
                   "illegal_reclamation": True, "output_quantity": 1.0}  # fmt: skip
    yield beside("YQ-04", 2, "SL-YQ04-1", "用途空白，各项都填为不符合", **faulty)
