"""Wells placed by hand for the rules of metering: N-16 to N-20, N-20-YR, N-51, YQ-07."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from gis_app.demo.numbers import MINING, NORTH, SOUTH, SUBURB
from gis_app.demo.placing import (
    FARM,
    PROBE,
    Row,
    coded,
    neutral,
    row,
    serial_of,
    this_year,
    year_before,
)
from gis_app.demo.spots import Spots

NEW: Row = {"completed_on": date(2024, 5, 20)}
BARE: Row = {"meter_state": "none"}
LARGE: Row = {
    "annual_permitted_m3": 300_000.0,
    "prior_permitted_m3": 300_000.0,
    "annual_reported_m3": 260_000.0,
}
VAST: Row = {
    "annual_permitted_m3": 700_000.0,
    "prior_permitted_m3": 700_000.0,
    "annual_reported_m3": 600_000.0,
}
VAST_USE: Row = {"annual_use_m3": 600_000.0, "industry_class": "textile"}


def rows(spots: Spots) -> Iterator[Row]:
    """All of them; neutral ground where nothing else is said."""
    groups = (_new_works, _older_works, _online, _basin, _faulty, _irrigation, _compared)
    return chain.from_iterable(group(spots) for group in groups)


def _new_works(s: Spots) -> Iterator[Row]:
    at = neutral(s, SOUTH)
    made = row(at, "纸箱厂自备井", "2024年新井，未装计量设施", use="industry", **NEW, **BARE)
    yield coded("N-16", 1, made)
    probe: Row = {**PROBE, "self_supply": False}
    made = row(
        neutral(s, SOUTH), "盆地新监测井", "2024年监测井，未装计量设施", **probe, **NEW, **BARE
    )
    yield coded("N-16", 2, made)
    at = neutral(s, SOUTH)
    yield coded("N-16", 3, row(at, "上坪村新机井", "2024年灌溉新井，以电折水", **FARM, **NEW))


def _older_works(s: Spots) -> Iterator[Row]:
    for number, (days, told) in enumerate(((-30, "责令安装期限已过"), (60, "责令安装期限未到")), 1):
        order = {
            "kind": "fit_meter",
            "ordered_on": s.on - timedelta(120),
            "due_on": s.on + timedelta(days),
            "document": f"示例市水责改字〔{s.on.year}〕{number:03d}号",
        }
        made = row(
            neutral(s, SOUTH), f"面条厂{number}号井", f"未装计量设施，{told}", use="industry"
        )
        yield coded("N-17", number, {**made, **BARE, "deeds": {"correction_order": [order]}})
    probe: Row = {**PROBE, "self_supply": False}
    made = row(neutral(s, SOUTH), "山前监测井", "老监测井，未装计量设施", **probe, **BARE)
    yield coded("N-17", 3, made)
    yield coded("N-17", 4, row(neutral(s, SOUTH), "下坪村机井", "老灌溉井，以电折水", **FARM))


def _online(s: Spots) -> Iterator[Row]:
    told = "年取水26万立方米，计量设施不是在线的"
    made = row(neutral(s, SOUTH), "水泥制品厂自备井", told, use="industry", **LARGE)
    yield coded("N-18", 1, {**made, "meter_state": "offline"})
    told = "年取水26万立方米，计量设施故障，是否在线计量须查明"
    made = row(neutral(s, SOUTH), "石料厂自备井", told, use="industry", **LARGE)
    yield coded("N-18", 2, {**made, "meter_state": "fault"})


def _basin(s: Spots) -> Iterator[Row]:
    user = {**VAST_USE, "year": s.on.year - 1}
    told = "黄河流域县，年取水60万立方米，计量设施不是在线的"
    unsaid = "是否其他黄河供水区县未录入，年取水60万立方米，计量设施不是在线的"
    for number, (county, name, why) in enumerate(
        ((MINING, "针织厂自备井", told), (NORTH, "毛纺厂自备井", unsaid)), 1
    ):
        made = row(neutral(s, county), name, why, use="industry", meter_state="offline", **VAST)
        yield coded("N-19", number, {**made, "deeds": {"water_user": [user]}})


def _faulty(s: Spots) -> Iterator[Row]:
    order = {
        "kind": "repair_meter",
        "ordered_on": s.on - timedelta(150),
        "due_on": s.on - timedelta(60),
        "document": f"示例市水责改字〔{s.on.year}〕011号",
    }
    told = "计量设施故障，责令修复逾期"
    made = row(neutral(s, SUBURB), "饮料厂自备井", told, use="industry", meter_state="fault")
    yield coded("N-20", 1, {**made, "deeds": {"correction_order": [order]}})
    told = "黄河流域县，年取水60万立方米，在线计量设施检定过期，责令更换逾期"
    made = row(neutral(s, MINING), "丝绸厂自备井", told, use="industry", **VAST)
    due = {"checked_on": s.on - timedelta(900), "due_on": s.on - timedelta(170)}
    deeds = {
        "correction_order": [order],
        "calibration": [{"serial": serial_of("SL-N20YR-1"), "result": "passed", **due}],
        "water_user": [{**VAST_USE, "year": s.on.year - 1}],
    }
    yield coded("N-20-YR", 1, {**made, "deeds": deeds})


def _irrigation(s: Spots) -> Iterator[Row]:
    told = "灌溉井，既无计量设施也无以电折水系数"
    yield coded("N-51", 1, row(neutral(s, SUBURB), "柳沟村机井", told, **{**FARM, **BARE}))
    told = "灌溉井，未装计量设施，所在县有以电折水系数，上年按用电量计量"
    made = row(neutral(s, NORTH), "杏沟村机井", told, **{**FARM, **BARE})
    read = {**year_before(s.on, 9_000.0), "method": "electricity"}
    yield coded("N-51", 2, {**made, "deeds": {"withdrawal": [read]}})
    told = "灌溉井，登记为以电折水，本井和所在县都没有系数"
    made = row(neutral(s, SUBURB), "枣沟村机井", told, **FARM)
    yield coded("N-51", 3, {**made, "deeds": {"electricity_coefficient": []}})


def _compared(s: Spots) -> Iterator[Row]:
    metered = [year_before(s.on, 31_500.0), this_year(s.on, 25_000.0)]
    cases = (
        ("豆制品厂自备井", 24_000.0, "上年计量31500立方米，计征24000立方米，相差超过10%"),
        ("醋厂自备井", 30_000.0, "上年计量31500立方米，计征30000立方米，相差5%，在容许差内"),
    )
    for number, (name, billed, told) in enumerate(cases, 1):
        readings = [*metered, {**metered[0], "method": "billed", "m3": billed}]
        made = row(neutral(s, SOUTH), name, told, use="industry")
        yield coded("YQ-07", number, {**made, "deeds": {"withdrawal": readings}})
    made = row(
        neutral(s, SOUTH), "合规厂自备井", "有证、计量、报送、水量都合规：无涉", use="industry"
    )
    yield coded("OK", 1, made)
