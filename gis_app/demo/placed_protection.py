"""Wells placed by hand for the rules of what is protected: N-01, N-04, N-05, N-35, N-44, N-45.

And the monitoring wells that the sites of N-43 are built on (placed_sites.py).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from gis_app.demo.numbers import MINING, NORTH, SOUTH, SUBURB
from gis_app.demo.placed_permits import granted
from gis_app.demo.placing import (
    BARS,
    FARM,
    LIMITS,
    PROBE,
    SPARE,
    Row,
    coded,
    neutral,
    open_ground,
    row,
    this_year,
    year_before,
)
from gis_app.demo.spots import Spots

PLANT: Row = {"use": "industry"}
HARD: Row = {"aquifer_renewal": "hard"}
_CLEAR = ("public_supply_coverage", "surface_supply_area", "overdraft_zone")


def rows(spots: Spots) -> Iterator[Row]:
    """All of them."""
    groups = (
        _after_exemption,
        _hard_to_renew,
        _hard_exempt,
        _mixed,
        _new_irrigation,
        _built_over,
        _standing_by,
    )
    return chain.from_iterable(group(spots) for group in groups)


def _after_exemption(s: Spots) -> Iterator[Row]:
    """N-04: the exemption of each ended a year ago; some have another that lasts."""
    filed = {"filing_state": "filed", "filed_on": s.on - timedelta(399)}
    ended = granted("engineering_emergency", s.on, -700, -400, **filed)
    safety = granted("public_safety_emergency", s.on, -700, -400)
    lasting = ("engineering_emergency", "public_safety_emergency")
    barred = s.area("prohibited_zone")
    cases: list[tuple[str, str, Row, list[Row]]] = [
        ("隧道工程井", "工程应急已结束，仍在取水", PLANT, [ended]),
        ("矿井抢险井", "前次应急已结束，又经认定工程应急，未到期", PLANT,
         [ended, granted(lasting[0], s.on)]),
        ("供水保障井", "前次应急已结束，又经认定公共安全应急，未到期", PLANT,
         [safety, granted(lasting[1], s.on)]),
        ("改作监测井", "应急结束后改作监测井", {**PROBE, "self_supply": False}, [safety]),
    ]  # fmt: skip
    for number, (name, told, fields, grants) in enumerate(cases, 1):
        made = row(s.within(barred, *_CLEAR), name, told, **fields)
        yield coded("N-04", number, {**made, "deeds": {"exemption_grant": grants}})
    told = "限采区内持证既有取水，应急已结束，只逐步削减"
    made = row(s.within(s.area("restricted_zone"), *_CLEAR), "轮胎厂自备井", told, **PLANT)
    yield coded("N-04", 5, {**made, "deeds": {"exemption_grant": [safety]}})


def _standing_by(s: Spots) -> Iterator[Row]:
    """N-01: an emergency source that takes no water is kept."""
    barred = s.within(s.area("prohibited_zone"), *_CLEAR)
    made = row(barred, "禁采区应急备用井", "应急备用井不取水，保持备用", self_supply=False, **SPARE)
    idle = [year_before(s.on, 0.0), this_year(s.on, 0.0)]
    yield coded("N-01", 1, {**made, "deeds": {"withdrawal": idle}})


def _hard_to_renew(s: Spots) -> Iterator[Row]:
    """N-05: what applies, and what cannot be known."""
    new: Row = {"completed_on": date(2023, 4, 10)}
    made = row(neutral(s, SOUTH), "瓶装水厂自备井", "2023年新井，取用难以更新的地下水")
    yield coded("N-05", 1, {**made, **PLANT, **HARD, **new})
    made = row(neutral(s, SOUTH), "老酒厂自备井", "老井，取用难以更新的地下水：逐步减少")
    yield coded("N-05", 2, {**made, **PLANT, **HARD})
    mapped = s.within(s.area("hard_to_renew_groundwater"), *BARS)
    made = row(mapped, "深井泵厂自备井", "位于难以更新的地下水分布区，取水层位须查明", **PLANT)
    yield coded("N-05", 3, {**made, "aquifer_renewal": None})
    works: Row = {"use": "public_supply", "well_type": "public_supply", "self_supply": False}
    told = "无替代水源的公共供水是否属居民生活用水须认定"
    made = row(neutral(s, SOUTH), "镇水厂水源井", told, **works, **HARD)
    yield coded("N-05", 4, {**made, "no_alternative_source": True})
    made = row(neutral(s, SOUTH), "抗旱应急机井", "抗旱应急是否属应急供水须认定", **FARM, **HARD)
    drought = [granted("drought_emergency", s.on)]
    yield coded("N-05", 5, {**made, "deeds": {"exemption_grant": drought}})


def _hard_exempt(s: Spots) -> Iterator[Row]:
    """N-05: the three ways out of article 27."""
    told = "公共安全应急期间的应急供水取水"
    made = row(neutral(s, SOUTH), "县城应急水源井", told, **SPARE, **HARD)
    made |= {"self_supply": False, "annual_reported_m3": 1200.0}
    lasts = [granted("public_safety_emergency", s.on)]
    yield coded("N-05", 6, {**made, "deeds": {"exemption_grant": lasts}})
    home: Row = {"use": "domestic_rural", "self_supply": False, "no_alternative_source": True}
    made = row(neutral(s, SOUTH), "石崖村饮水井", "无替代水源地区的居民生活用水", **home, **HARD)
    yield coded("N-05", 7, made)
    probe: Row = {**PROBE, "self_supply": False}
    made = row(neutral(s, SOUTH), "深层监测井", "监测少量取水", **probe, **HARD)
    yield coded("N-05", 8, made)


def _mixed(s: Spots) -> Iterator[Row]:
    """N-35: screens in two aquifers, one polluted; of unlike quality; alike."""
    upper = {"top_m": 40.0, "bottom_m": 60.0, "aquifer": "松散岩类孔隙水"}
    lower = {"top_m": 210.0, "bottom_m": 300.0, "aquifer": "碳酸盐岩类岩溶水"}
    cases = (
        ("化肥厂自备井", "贯通两层，上层已受污染", 4, True, 3),
        ("橡胶厂自备井", "贯通两层，水质相差两类", 5, False, 3),
        ("印刷包装厂自备井", "贯通两层，水质相差一类：未达示例数值", 4, False, 3),
    )
    for number, (name, told, above, spoilt, below) in enumerate(cases, 1):
        screens = [
            {**upper, "quality_class": above, "polluted": spoilt},
            {**lower, "quality_class": below, "polluted": False},
        ]
        made = row(neutral(s, SOUTH), name, told, **PLANT)
        yield coded("N-35", number, {**made, "deeds": {"screen": screens}})


def _new_irrigation(s: Spots) -> Iterator[Row]:
    """N-44 in an overdraft zone, N-45 where the county is listed."""
    new: Row = {"completed_on": date(2024, 5, 20)}
    off = ("public_supply_coverage", "surface_supply_area", *LIMITS)
    zone = s.area("overdraft_zone").intersection(s.county(SUBURB))
    at = s.within(zone, *off)
    yield coded("N-44", 1, row(at, "后湾村新机井", "超采区内2024年灌溉新井", **FARM, **new))
    at = s.within(zone, *off)
    yield coded("N-44", 2, row(at, "前湾村老机井", "超采区内老灌溉井，许可水量未增：无涉", **FARM))
    told = "黄河流域县，取用深层地下水灌溉"
    yield coded("N-45", 1, row(neutral(s, MINING), "石桥村机井", told, **FARM))
    told = "同为深层灌溉井，所在县不在黄河流域县名录：无涉"
    yield coded("N-45", 2, row(neutral(s, NORTH), "木桥村机井", told, **FARM))


def _built_over(s: Spots) -> Iterator[Row]:
    probe: Row = {**PROBE, "self_supply": False}
    for number in (1, 2):
        at = open_ground(s, NORTH)
        made = row(at, f"北山{number}号监测井", "所在地为建设项目压占", **probe)
        yield coded("N-43", number, made)
