"""Wells placed by hand for the rules of permits: N-21 to N-27, N-30, N-55, YQ-02, YQ-08, YQ-09.

Those of N-21 stand in a county that is listed as of the Yellow River basin and supply
themselves, so that each shows the four rules with the same ways out: N-21, N-21-YR, YQ-02, YQ-08.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

import numpy as np

from gis_app.demo.numbers import MINING, SOUTH
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
from gis_app.demo.shapes import to_lonlat
from gis_app.demo.spots import Spots
from gis_app.demo.years import same_day

PLANT: Row = {"use": "industry"}


def rows(spots: Spots) -> Iterator[Row]:
    """All of them; neutral ground throughout."""
    groups = (
        _unlicensed,
        _building,
        _terms,
        _places,
        _terms_of_time,
        _idle,
        _reports,
        _filings,
        _faults,
        _geothermal,
    )
    return chain.from_iterable(group(spots) for group in groups)


def granted(kind: str, on: date, first: int = -60, last: int | None = 180, **more: object) -> Row:
    """An exemption granted from so many days after `on` (before: negative) until so many."""
    until = None if last is None else on + timedelta(last)
    document = f"示例市水函〔{on.year}〕临应1号"
    return {"kind": kind, "from_on": on + timedelta(first), "until_on": until,
            "document": document, **more}  # fmt: skip


def _grant(kind: str, s: Spots) -> Row:
    return {"deeds": {"exemption_grant": [granted(kind, s.on)]}}


def approved(on: date, days: int = 200) -> Row:
    """A permit that is approved and not yet issued, so many days ago."""
    return {
        "number": f"示例水取申〔{(on - timedelta(days)).year}〕{days}号",
        "state": "approved",
        "approved_on": on - timedelta(days),
        "valid_from": None,
        "valid_to": None,
    }


def _unlicensed(s: Spots) -> Iterator[Row]:
    def well(number: int, name: str, remark: str, **more: object) -> Row:
        fields = {**PLANT, **UNLICENSED, **more}
        return coded("N-21", number, row(neutral(s, MINING), name, remark, **fields))

    yield well(1, "电镀厂自备井", "无证取水")
    yield well(2, "矿区监测井", "监测井，不需取水许可", **PROBE)
    works = "地下工程临时应急排水，未到期"
    yield well(3, "地铁基坑降水井", works, **_grant("engineering_emergency", s))
    yield well(
        4, "抢险队取水井", "公共安全临时应急取水，未到期", **_grant("public_safety_emergency", s)
    )
    yield well(5, "抗旱队取水井", "抗旱临时应急取水，未到期", **_grant("drought_emergency", s))
    deeds = {"permit": [approved(s.on)]}
    yield well(6, "轧钢厂自备井", "申请已批准，试运行，尚未发证", status="trial", deeds=deeds)
    pit: Row = {"use": "dewatering", "well_type": "dewatering"}
    yield well(7, "石膏矿疏干井", "疏干排水是否达到规模须认定", **pit)
    still: Row = {"status": "paused", "annual_reported_m3": 0.0}
    yield well(8, "停产电镀厂自备井", "无证而停用，上年未取水：不是取水，但井未经批准", **still)
    made = row(neutral(s, SOUTH), "县医院应急备用井", "无证的应急备用井不是自备水井", **SPARE)
    yield coded("YQ-02", 1, {**made, **UNLICENSED, "annual_reported_m3": 0.0})


def _building(s: Spots) -> Iterator[Row]:
    dry: Row = {"completed_on": None, "annual_reported_m3": None}

    def well(number: int, name: str, remark: str, **more: object) -> Row:
        fields = {**PLANT, **UNLICENSED, **more, **dry, "status": "under_construction"}
        return coded("N-55", number, row(neutral(s, SOUTH), name, remark, **fields))

    yield well(1, "塑料厂在建井", "在建，无取水申请批准文件")
    yield well(2, "山前在建监测井", "在建的监测井，不需取水许可", **PROBE)
    works = "地下工程临时应急排水，未到期"
    yield well(3, "隧道在建降水井", works, **_grant("engineering_emergency", s))
    yield well(4, "抢险队在建井", "公共安全临时应急取水", **_grant("public_safety_emergency", s))
    yield well(5, "抗旱队在建井", "抗旱临时应急取水，未到期", **_grant("drought_emergency", s))


def _terms(s: Spots) -> Iterator[Row]:
    """N-22 in a basin county, so N-22-YR too: above the volume, for another use."""
    more: Row = {"annual_reported_m3": 48_000.0}
    made = row(neutral(s, MINING), "铁合金厂自备井", "许可4万立方米，实取4.8万", **PLANT, **more)
    yield coded("N-22", 1, made)
    purpose = {"use": "domestic_rural", "annual_m3": 40_000.0}
    made = row(neutral(s, SOUTH), "汽修厂自备井", "许可用途为农村生活，实际用于工业", **PLANT)
    yield coded("N-22", 2, {**made, "deeds": {"permit_purpose": [purpose]}})


def _places(s: Spots) -> Iterator[Row]:
    spot = neutral(s, SOUTH)
    lon, lat = to_lonlat(np.array([[spot.x + 2000.0, spot.y]]))[0]
    place = {"place_lon": float(lon), "place_lat": float(lat), "place_accuracy_m": 50.0}
    made = row(spot, "玻璃钢厂自备井", "井在许可取水地点以西2公里", **PLANT)
    yield coded("N-22", 3, {**made, "deeds": {"permit": [place]}})
    both: Row = {
        "permit_number": "示例取水〔2022〕一证两井号",
        "annual_permitted_m3": 30_000.0,
        "prior_permitted_m3": 30_000.0,
        "owner": ("示例印刷厂有限公司", "91"),
    }
    for number, (name, taken) in enumerate((("东", 40_000.0), ("西", 25_000.0)), 4):
        told = "一证两井共许可6万立方米，两井合计取6.5万"
        made = row(neutral(s, SOUTH), f"印刷厂{name}井", told, **PLANT, **both)
        yield coded("N-22", number, {**made, "annual_reported_m3": taken})
    nowhere = {"place_lon": None, "place_lat": None}
    made = row(neutral(s, SOUTH), "镀锌厂自备井", "许可证没有记载取水地点", **PLANT)
    yield coded("N-22", 6, {**made, "deeds": {"permit": [nowhere]}})


def _terms_of_time(s: Spots) -> Iterator[Row]:
    """N-23, N-24: permits that ended a month ago, and that end in a month."""
    cases = (
        ("N-23", 1, "冷饮厂自备井", "许可证30日前届满，未申请延续", -30, None),
        ("N-23", 2, "油漆厂自备井", "许可证30日前届满，届满90日前已申请延续，在审", -30, -120),
        ("N-24", 1, "五金厂自备井", "许可证30日后届满，未申请延续", 30, None),
        ("N-24", 2, "木器厂自备井", "许可证30日后届满，已申请延续", 30, -40),
    )
    for rule, number, name, told, ends, asked in cases:
        end = s.on + timedelta(ends)
        applied = None if asked is None else s.on + timedelta(asked)
        permit = {
            "valid_from": same_day(end, -5) + timedelta(1),
            "valid_to": end,
            "renewal_applied_on": applied,
            "state": "renew_pending" if applied else "issued",
        }
        made = row(neutral(s, SOUTH), name, told, **PLANT)
        yield coded(rule, number, {**made, "deeds": {"permit": [permit]}})


def _idle(s: Spots) -> Iterator[Row]:
    """N-25: nothing taken for more than two years, as the readings show."""
    took = ((3, 20_000.0), (2, 0.0), (1, 0.0))
    readings = [*(year_before(s.on, m3, years) for years, m3 in took), this_year(s.on, 0.0)]
    deeds = {"withdrawal": readings}
    still: Row = {"status": "paused", "annual_reported_m3": 0.0}
    made = row(neutral(s, SOUTH), "停产砖厂自备井", "连续停止取水满两年", **PLANT, **still)
    yield coded("N-25", 1, {**made, "deeds": deeds})
    told = "连续停止取水满两年，经同意保留许可证"
    made = row(neutral(s, SOUTH), "停产糖厂自备井", told, **PLANT, **still)
    kept = {**deeds, "exemption_grant": [granted("permit_kept", s.on, -300, 400)]}
    yield coded("N-25", 2, {**made, "deeds": kept})


def _reports(s: Spots) -> Iterator[Row]:
    """N-26, N-27."""
    planned: Row = {"status": "approved", "completed_on": None, "annual_reported_m3": None}
    told = "批准已满3年仍未开工"
    made = row(neutral(s, SOUTH), "搁置厂拟建井", told, **PLANT, **planned, **UNLICENSED)
    yield coded("N-26", 1, {**made, "deeds": {"permit": [approved(s.on, 3 * 366 + 30)]}})
    missing = {"year": s.on.year - 1, "state": "none"}
    made = row(neutral(s, SOUTH), "皮革厂自备井", "上一年度取水情况未报送", **PLANT)
    yield coded("N-27", 1, {**made, "deeds": {"annual_report": [missing]}})


def _filings(s: Spots) -> Iterator[Row]:
    """N-30: monitoring wells begun since the regulation, not filed and filed late."""
    probe: Row = {**PROBE, "self_supply": False, "completed_on": date(2023, 6, 20)}
    begun: Row = {"works_started_on": date(2023, 5, 20)}
    made = row(neutral(s, SOUTH), "未备案监测井", "2023年开工，未备案", **probe, **begun)
    yield coded("N-30", 1, {**made, "filing_state": "none"})
    late: Row = {"filing_state": "filed", "filed_on": date(2023, 6, 1)}
    made = row(neutral(s, SOUTH), "迟备案监测井", "开工后才备案", **probe, **begun, **late)
    yield coded("N-30", 2, made)


def _faults(s: Spots) -> Iterator[Row]:
    """YQ-08."""
    kinds = (
        ("resale", "私自转供水"),
        ("over_plan", "超计划取水"),
        ("tax_unpaid", "不缴纳水资源税"),
    )
    for number, (kind, told) in enumerate(kinds, 1):
        fault = {"kind": kind, "found_on": s.on - timedelta(90), "document": "示例检查记录"}
        made = row(neutral(s, SOUTH), f"物流园{number}号井", told, use="service")
        yield coded("YQ-08", number, {**made, "deeds": {"violation": [fault]}})


def _geothermal(s: Spots) -> Iterator[Row]:
    """YQ-09."""
    heat: Row = {"use": "service", "well_type": "geothermal_pump", "self_supply": False}
    made = row(neutral(s, SOUTH), "温泉山庄地热井", "开采地热水无证", **heat, **UNLICENSED)
    yield coded("YQ-09", 1, made)
    told = "开采地热水，申请已批准，试运行"
    made = row(neutral(s, SOUTH), "康养中心地热井", told, **heat, **UNLICENSED)
    yield coded("YQ-09", 2, {**made, "status": "trial", "deeds": {"permit": [approved(s.on, 150)]}})
    cases: tuple[tuple[str, str, Row], ...] = (
        ("地热勘查试验井", "地热勘查抽水试验，不需取水许可", {"use": "monitoring_test"}),
        ("农户家用地热井", "家庭少量取用地热水，省定限额未录入", {"use": "domestic_rural"}),
        ("隧道地热疏干井", "地下工程临时应急抽取地热水", _grant("engineering_emergency", s)),
        ("抢险地热井", "公共安全临时应急抽取地热水", _grant("public_safety_emergency", s)),
        ("抗旱地热井", "抗旱临时应急抽取地热水", _grant("drought_emergency", s)),
    )
    for number, (name, told, more) in enumerate(cases, 3):
        made = row(neutral(s, SOUTH), name, told, **{**heat, **UNLICENSED, **more})
        yield coded("YQ-09", number, made)
