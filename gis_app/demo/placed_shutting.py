"""Wells placed by hand for the rules of shutting: N-28, N-29, N-37, N-48, YQ-06, YQ-10."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from gis_app.demo.numbers import MINING, SOUTH, URBAN
from gis_app.demo.placed_permits import granted
from gis_app.demo.placing import (
    PROBE,
    SPARE,
    UNLICENSED,
    Row,
    coded,
    neutral,
    row,
    this_year,
    year_before,
)
from gis_app.demo.spots import Spots

# a week without holidays: the fifth working day after Friday 2025-03-14 is Friday 2025-03-21
_EMERGENCY = {"from_on": date(2025, 2, 10), "until_on": date(2025, 3, 14)}
_BACKUP: Row = {**SPARE, "self_supply": False}


def rows(spots: Spots) -> Iterator[Row]:
    """All of them, on neutral ground."""
    groups = (_to_be_sealed, _filed_late, _after_emergency, _used_again, _boreholes)
    return chain.from_iterable(group(spots) for group in groups)


def _to_be_sealed(s: Spots) -> Iterator[Row]:
    left: Row = {"status": "abandoned", "self_supply": False, "risk_class": "medium", **UNLICENSED}
    farm: Row = {"use": "irrigation"}
    made = row(neutral(s, SOUTH), "废沟村废井", "报废未封", **left, **farm)
    yield coded("N-28", 1, made)
    order = {
        "kind": "close",
        "ordered_on": s.on - timedelta(200),
        "due_on": s.on - timedelta(20),
        "document": f"示例市水责改字〔{s.on.year}〕021号",
    }
    made = row(neutral(s, SOUTH), "硫酸厂自备井", "责令限期关闭逾期", use="industry")
    deeds = {"correction_order": [order]}
    yield coded("N-28", 2, {**made, "status": "ordered_to_close", "deeds": deeds})
    made = row(neutral(s, SOUTH), "山梁无主井", "报废未封，找不到所有权人", **left, **farm)
    yield coded("N-29", 1, {**made, "owner": None, "ownerless": True})


def _filed_late(s: Spots) -> Iterator[Row]:
    """N-37: an emergency drainage that ended on 2025-03-14, to be filed by 2025-03-21."""
    cases: tuple[tuple[str, str, str, Row], ...] = (
        (SOUTH, "涵洞施工井", "临时应急排水结束后未备案", {"filing_state": "none"}),
        (URBAN, "桥墩施工井", "临时应急排水结束后逾期一日才备案",
         {"filing_state": "filed", "filed_on": date(2025, 3, 22)}),
        (MINING, "管廊施工井", "临时应急排水结束后第五个工作日备案：无涉",
         {"filing_state": "filed", "filed_on": date(2025, 3, 21)}),
    )  # fmt: skip
    for number, (county, name, told, filing) in enumerate(cases, 1):
        grant = {"kind": "engineering_emergency", **_EMERGENCY, **filing}
        made = row(neutral(s, county), name, told, use="industry")
        yield coded("N-37", number, {**made, "deeds": {"exemption_grant": [grant]}})


def _after_emergency(s: Spots) -> Iterator[Row]:
    """N-48: water taken this year, outside of every emergency granted."""
    late: Row = {
        "method": "metered",
        "from_on": s.on - timedelta(90),
        "to_on": s.on - timedelta(70),
        "m3": 800.0,
    }
    taken = {"withdrawal": [year_before(s.on, 900.0), this_year(s.on, 0.0, 91), late]}
    over = [granted("public_safety_emergency", s.on, -400, -300)]
    made = row(neutral(s, SOUTH), "二水厂应急井", "应急结束后仍取水", **_BACKUP)
    yield coded("N-48", 1, {**made, "deeds": {**taken, "exemption_grant": over}})
    lasting = [granted("public_safety_emergency", s.on, -30, 60)]
    made = row(neutral(s, SOUTH), "三水厂应急井", "应急尚未结束", **_BACKUP)
    yield coded("N-48", 2, {**made, "deeds": {**taken, "exemption_grant": lasting}})


def _used_again(s: Spots) -> Iterator[Row]:
    """YQ-06: sealed two years ago, and electricity used since."""
    power = {
        "method": "electricity",
        "from_on": s.on - timedelta(80),
        "to_on": s.on - timedelta(50),
        "m3": 450.0,
        "kwh": 300.0,
        "m3_per_kwh": 1.5,
    }
    shut: Row = {"status": "sealed", "use": "industry"}
    deeds: dict[str, list[Row]] = {
        "withdrawal": [power],
        "state": [{"from_on": s.on - timedelta(730)}],
    }
    made = row(neutral(s, SOUTH), "封存染厂井", "封存后仍用电取水", **shut)
    yield coded("YQ-06", 1, {**made, "deeds": deeds})
    again = {**deeds, "exemption_grant": [granted("reopening", s.on, -100, 265)]}
    made = row(neutral(s, SOUTH), "封存面粉厂井", "封存后经批准重新启用", **shut)
    yield coded("YQ-06", 2, {**made, "deeds": again})


def _boreholes(s: Spots) -> Iterator[Row]:
    """YQ-10: an observation borehole open to two aquifers, and one explored and not plugged."""
    probe: Row = {**PROBE, "self_supply": False}
    screens = [
        {"top_m": 30.0, "bottom_m": 50.0, "aquifer": "松散岩类孔隙水"},
        {"top_m": 120.0, "bottom_m": 160.0, "aquifer": "碎屑岩类裂隙水"},
    ]
    alike = [{**screen, "quality_class": 3, "polluted": False} for screen in screens]
    made = row(neutral(s, SOUTH), "分层监测井", "观测孔贯通两层，未分层止水", **probe)
    yield coded("YQ-10", 1, {**made, "deeds": {"screen": alike}})
    hole: Row = {**UNLICENSED, "use": "monitoring_test", "well_type": "exploration"}
    made = row(neutral(s, SOUTH), "煤田勘探孔", "勘探结束，未封堵", **hole, self_supply=False)
    yield coded("YQ-10", 2, {**made, "status": "exploration_done"})
