"""Wells placed by hand: each shows one way a rule can answer. Codes SL-D001 and on.

The name says what the well is; the remark says what it is there to show.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

import shapely
from shapely import Point

from gis_app.demo import placed_metering, placed_permits, placed_protection, placed_shutting
from gis_app.demo.numbers import URBAN
from gis_app.demo.placing import LIMITS, PROBE, SPARE, UNLICENSED, Row
from gis_app.demo.placing import row as _row
from gis_app.demo.spots import Spots

NEW = {"completed_on": date(2024, 5, 20)}
RTK: Row = {"coord_method": "rtk", "position_accuracy_m": 0.05}
_OFF = ("public_supply_coverage", "surface_supply_area", "overdraft_zone")
_CAPS = ("overdraft_zone", *LIMITS)
_ROOMS = (placed_metering, placed_permits, placed_protection, placed_shutting)


def placed(spots: Spots) -> list[Row]:
    """All wells placed by hand, with `x` and `y` on the plane and what differs from the usual."""
    groups = (_coverage, _more_coverage, _unapproved, _surface, _prohibited, _restricted)
    numbered = chain.from_iterable(group(spots) for group in groups)
    rows = [{"code": f"SL-D{n:03d}", **row} for n, row in enumerate(numbered, 1)]
    rows += chain.from_iterable(room.rows(spots) for room in _ROOMS)
    for row in rows:
        spot = row.pop("spot")
        row["x"], row["y"] = round(spot.x, 2), round(spot.y, 2)
    return rows


def _coverage(s: Spots) -> Iterator[Row]:
    """YQ-03, what is certain."""
    area = s.area("public_supply_coverage")
    first, second = s.named("第一水厂"), s.named("第二水厂")
    hotel = s.within(area, *_CAPS)
    yield _row(
        hotel, "宾馆自备井", "有证、在管网覆盖范围内、不在超采区", use="service", industry="住宿业"
    )
    works: Row = {"use": "public_supply", "well_type": "public_supply", "self_supply": False}
    yield _row(
        s.within(first, *LIMITS),
        "水厂1号水源井",
        "公共供水井，不是自备井",
        **works,
        annual_permitted_m3=900_000.0,
    )
    shared = shapely.intersection(first, second)
    near = s.beside(shared, first, 20.0, *LIMITS)
    yield _row(
        near,
        "商场自备井",
        "距两片相邻供水范围的公共边界20米：合起来必在其内",
        use="service",
        coord_method="gnss_handheld",
        position_accuracy_m=25.0,
    )
    yield _row(s.within(area, *LIMITS), "城区应急备用井", "应急备用井不是自备井", **SPARE)
    yield _row(
        s.within(area, *LIMITS),
        "印染厂旧井",
        "报废未封的自备井",
        use="industry",
        status="abandoned",
        risk_class="medium",
    )
    yield _row(s.within(area, *LIMITS), "酒厂封存井", "已封存", use="industry", status="sealed")
    past, ahead = (s.within(s.named(n).difference(area)) for n in ("老工业区", "东扩"))
    yield _row(past, "老厂自备井", "只在已废止的旧范围内", use="service")
    yield _row(ahead, "东湾机械厂自备井", "范围自2027年起才生效", use="industry")
    yield _row(
        s.within(s.named("（草案）").difference(area)),
        "园区自备井",
        "只在草案范围内",
        use="industry",
    )


def _more_coverage(s: Spots) -> Iterator[Row]:
    """YQ-03, what cannot be known."""
    beyond = ("surface_supply_area", *LIMITS)
    area = s.area("public_supply_coverage")
    edge = area.boundary
    hand: Row = {"coord_method": "gnss_handheld", "position_accuracy_m": 15.0}
    yield _row(
        s.beside(edge, area, 3.0, *beyond),
        "机械厂自备井",
        "距边界3米，位置精度15米",
        use="industry",
        **hand,
    )
    outer = s.beside(edge, area.envelope.difference(area), 4.0, *beyond)
    yield _row(outer, "面粉厂自备井", "在边界外4米，位置精度15米", use="industry", **hand)
    yield _row(
        s.within(area.intersection(s.county(URBAN)), *beyond),
        "洗浴中心井",
        "是否自备井为空白",
        use="special_service",
        self_supply=None,
    )
    yield _row(
        s.within(area, *beyond), "职工医院井", "应用状况为空白", use="domestic_urban", status=None
    )
    hazy: Row = {"coord_method": "village_centroid", "position_accuracy_m": None}
    yield _row(
        s.within(area.difference(area.buffer(-450)), *beyond, clear_m=60),
        "铸造厂自备井",
        "位置只到村庄中心",
        use="industry",
        **hazy,
    )


def _unapproved(s: Spots) -> Iterator[Row]:
    """YQ-02, away from every other zone."""
    away = ("public_supply_coverage", "surface_supply_area", *LIMITS)
    land = s.named("平定县第一管理单元")
    unsaid: Row = {"permit_state": "unknown"}
    little: Row = {"use": "domestic_rural", "annual_reported_m3": 90.0, "meter_state": "none"}
    rows: list[tuple[str, str, Row]] = [
        ("化工厂自备井", "自备井，无证", {**UNLICENSED, "use": "industry"}),
        ("砖厂自备井", "自备井，有无许可证不详", {**unsaid, "use": "industry"}),
        ("农户家用井", "家庭少量取水，省定限额未录入", {**UNLICENSED, **little}),
        ("焦化厂监测井", "监测井，不需取水许可", PROBE),
        ("铝厂自备井", "有证", {"use": "industry"}),
    ]
    for name, remark, fields in rows:
        yield _row(s.within(land, *away), name, remark, **fields)


def _surface(s: Spots) -> Iterator[Row]:
    """YQ-01: new wells in and near the surface-supply area."""
    area, off = s.area("surface_supply_area"), ("public_supply_coverage", *_CAPS)
    clear: Row = {"use": "irrigation", "self_supply": False}
    inside = s.within(area, *off)
    yield _row(inside, "水峪村旧机井", "被替代的旧井", **clear, status="backfilled")
    beside = Point(inside.x + 5, inside.y)
    yield _row(beside, "水峪村替代井", "替代井，距旧井5米", **clear, **NEW, **RTK)
    out = s.within(s.named("盂县第一管理单元").difference(area), *off)
    yield _row(out, "岭后村替代井", "替代井，不在地表水供水区", **clear, **NEW)
    probe: Row = {**PROBE, "self_supply": False}
    yield _row(
        s.within(area, *off),
        "地下水新监测井",
        "新监测井：是否属于“新井”须认定",
        **probe,
        **NEW,
    )
    yield _row(
        s.within(area, *off),
        "果品厂拟建井",
        "拟建",
        use="industry",
        status="proposed",
        completed_on=None,
        annual_reported_m3=None,
        **UNLICENSED,
    )
    yield _row(s.within(area, *off), "下湾村机井", "成井日期为空白", **clear, completed_on=None)
    edge = s.beside(area.boundary, area, 5.0, *off)
    yield _row(edge, "河滩村新机井", "新井，距边界5米", **clear, **NEW, coord_method="map_10k")


def _prohibited(s: Spots) -> Iterator[Row]:
    """N-01: the three exemptions of article 35, and what is not exempt."""
    area, off = s.area("prohibited_zone"), _OFF
    home: Row = {"use": "domestic_rural", "self_supply": False}
    yield _row(s.within(area, *off), "东沟村饮水井", "村民饮水：第三十五条没有此项豁免", **home)
    probe: Row = {**PROBE, "self_supply": False}
    yield _row(s.within(area, *off), "超采区监测孔", "监测少量取水", **probe)
    works: Row = {"use": "dewatering", "well_type": "dewatering", "self_supply": False}
    granted = {"exemption_kind": "engineering_emergency", "exemption_until": date(2031, 12, 31)}
    yield _row(
        s.within(area, *off), "隧道疏干井", "地下工程临时应急排水，未到期", **works, **granted
    )
    lapsed = {"exemption_kind": "public_safety_emergency", "exemption_until": date(2024, 3, 31)}
    yield _row(
        s.within(area, *off),
        "抢险取水井",
        "公共安全应急已到期",
        use="emergency",
        self_supply=False,
        **lapsed,
    )
    open_end = {"exemption_kind": "public_safety_emergency", "exemption_until": None}
    yield _row(
        s.within(area, *off),
        "消防取水井",
        "应急截止日期为空白",
        use="emergency",
        self_supply=False,
        **open_end,
    )
    yield _row(
        s.within(area, *off),
        "西沟村机井",
        "应用状况为空白",
        use="livestock",
        self_supply=False,
        status=None,
    )
    yield _row(s.within(area, *off), "泉头村封存井", "已封存", **home, status="sealed")


def _restricted(s: Spots) -> Iterator[Row]:
    """N-03: permits raised, lowered, unknown; new wells; the border with a prohibited zone."""
    area, off = s.area("restricted_zone"), _OFF
    plant: Row = {"use": "industry"}
    up = {"annual_permitted_m3": 90_000.0, "prior_permitted_m3": 80_000.0}
    yield _row(s.within(area, *off), "水泥厂自备井", "许可水量由8万增至9万立方米", **plant, **up)
    down = {"annual_permitted_m3": 75_000.0, "prior_permitted_m3": 80_000.0}
    yield _row(
        s.within(area, *off), "陶瓷厂自备井", "许可水量由8万减至7.5万立方米", **plant, **down
    )
    yield _row(
        s.within(area, *off), "造纸厂自备井", "上期许可水量不详", **plant, prior_permitted_m3=None
    )
    yield _row(
        s.within(area, *off),
        "坡头村新机井",
        "限采区内新井",
        use="irrigation",
        self_supply=False,
        **NEW,
    )
    probe: Row = {**PROBE, "self_supply": False}
    yield _row(s.within(area, *off), "限采区监测井", "监测井", **probe)
    border = shapely.intersection(area, s.area("prohibited_zone"))
    near = s.beside(border, area, 10.0)
    yield _row(
        near,
        "玻璃厂自备井",
        "距禁采区与限采区的公共边界10米",
        **plant,
        coord_method="gnss_handheld",
        position_accuracy_m=20.0,
    )
