"""Whether a permit is needed at all: what a pre-check says of households and monitoring works."""

from datetime import date

import pytest

from gis_app.report import page
from gis_app.rules.dewatering import SCALE as DRAINED
from gis_app.store import parameters
from gis_app.store.engine import writing
from tests.asking import add, add_unit, county, ids, run, told
from tests.world import square

LIMIT = "param__household_small_take_m3"
AT_HOME = {"use": "domestic_rural", "annual_m3": 100}


@pytest.fixture
def town(fresh_database):
    return county(fresh_database)


@pytest.fixture
def limited(town):
    """The town where small takes end at 100 m³ a year: an example, no law."""
    name = LIMIT.removeprefix("param__")
    with writing(town, "test") as conn:
        parameters.put(conn, name, 100.0, area="14", since=date(2000, 1, 1), source="示例")
    return town


def lacks(permit):
    return [each["name"] for each in permit["depends_on"]]


def test_who_takes_water_for_industry_needs_a_permit(town):
    permit = told(town)["permit"]
    assert permit["key"] == "needed"
    assert (permit["clause"], permit["depends_on"]) == (
        "取水许可和水资源费征收管理条例第二条第二款",
        [],
    )
    assert permit["quote"] in permit["sentence_zh"]


def test_an_emergency_may_need_none(town):
    permit = told(town, use="emergency")["permit"]
    assert (permit["key"], lacks(permit)) == ("unknown", ["emergency_take"])
    for ground in ("必须进行临时应急取(排)水的", "临时应急取水的", "必须临时应急取水的"):
        assert ground in permit["sentence_zh"]
    assert permit["clause"].endswith("条例第四条")


@pytest.mark.parametrize(
    ("annual_m3", "use", "key"),
    [
        (100, "domestic_rural", "not_needed"),
        (101, "domestic_rural", "needed"),
        (100, "livestock", "not_needed"),
        (100, "domestic_urban", "unknown"),
        (101, "domestic_urban", "needed"),
    ],
)
def test_a_small_take_of_a_household_needs_none(limited, annual_m3, use, key):
    permit = told(limited, use=use, annual_m3=annual_m3)["permit"]
    assert permit["key"] == key
    if key != "needed":
        assert permit["clause"].endswith("条例第四条")
        assert "家庭生活和零星散养、圈养畜禽饮用等少量取水的" in permit["sentence_zh"]
    assert lacks(permit) == (["perhaps_household"] if key == "unknown" else [])


def test_where_the_limit_is_not_set_it_depends_on_it(town):
    permit = told(town, **AT_HOME)["permit"]
    assert (permit["key"], lacks(permit)) == ("unknown", [LIMIT])
    assert "少量取水的年限额尚未录入" in permit["sentence_zh"]
    assert "取水许可和水资源费征收管理条例第四条" in permit["sentence_zh"]
    in_town = told(town, **AT_HOME | {"use": "domestic_urban"})["permit"]
    assert lacks(in_town) == [LIMIT]
    assert in_town["clause"].endswith("条例第四条")


def test_where_volume_or_use_is_not_said_it_depends_on_that(limited):
    permit = told(limited, use="domestic_rural")["permit"]
    assert (permit["key"], lacks(permit)) == ("unknown", ["annual_m3"])
    blank = told(limited, use=None)["permit"]
    assert blank["key"] == "unknown"
    assert "use" in lacks(blank)


def test_monitoring_works_need_none_and_are_filed(town):
    found = told(town, use="monitoring_test")
    assert found["permit"]["key"] == "not_needed"
    assert found["permit"]["clause"] == "地下水管理条例第四十八条"
    assert "不需要申请取水许可" in found["permit"]["zh"]
    assert "施工前" in found["permit"]["sentence_zh"]
    assert "第四十八条" in page.html(found)
    assert told(town, use="monitoring_test", on="2021-11-30")["permit"]["key"] == "needed"


@pytest.mark.parametrize(
    ("annual_m3", "key", "depends_on"),
    [(1000, "needed", []), (999, "unknown", ["dewatering_below_scale"])],
)
def test_dewatering_needs_one_from_a_scale_that_the_province_sets(town, annual_m3, key, depends_on):
    unset = told(town, use="dewatering", annual_m3=annual_m3)["permit"]
    assert (unset["key"], lacks(unset)) == ("unknown", [f"param__{DRAINED.name}"])
    with writing(town, "test") as conn:
        parameters.put(conn, DRAINED.name, 1000.0, area="14", since=date(2022, 1, 1), source="示例")
    permit = told(town, use="dewatering", annual_m3=annual_m3)["permit"]
    assert (permit["key"], lacks(permit)) == (key, depends_on)


def test_what_takes_no_water_or_was_asked_before_the_duty_was_law_is_told_nothing(town):
    assert told(town, well_type="injection")["permit"] is None
    found = told(town, on="2000-01-01")
    assert found["permit"] is None
    assert "是否需要" not in page.html(found)


def test_needing_no_permit_is_no_leave_to_take_water(limited):
    add(limited, "prohibited_zone", square(0, 0, 1000), name="示例禁采区")
    found = told(limited, **AT_HOME)
    assert "N-01" in ids(found["grounds"])
    assert (found["permit"]["key"], found["outcome"]["key"]) == ("not_needed", "refused")
    assert found["outcome"]["zh"].startswith("不需要申请取水许可，但有下列规定不允许")
    assert "禁止的规定仍然适用" in found["permit"]["sentence_zh"]
    assert told(limited)["outcome"]["zh"].startswith("有不予批准的依据")


def test_the_duty_is_no_finding(limited):
    found = told(limited)
    parts = ("grounds", "conditions", "unknown", "exempt")
    assert "WPR2" not in [rule for part in parts for rule in ids(found[part])]


def test_suspended_approval_is_called_so(fresh_database):
    whole = square(-20_000, -20_000, 40_000)
    add(fresh_database, "district", whole, area_code="150602", name="示例旗")
    add_unit(fresh_database, quota_m3=600, permitted_m3=0, code="150602")
    run(
        fresh_database,
        "insert into gis.unit_year (unit_code, year, sector, quota_m3, taken_m3)"
        " values ('150602', 2023, 'total', 600, 700)",
    )
    found = told(fresh_database, annual_m3=100)
    assert ids(found["grounds"]) == ["ORD-01"]
    assert found["outcome"]["key"] == "suspended"
    assert found["outcome"]["zh"].startswith("应当暂停审批")
    made = page.html(found)
    assert "暂停审批的依据（1）" in made
    assert "不予批准的依据" not in made
    both = told(fresh_database, annual_m3=1000)
    assert both["outcome"]["key"] == "refused"
    made = page.html(both)
    assert "不予批准的依据（1）" in made
    assert "暂停审批的依据（1）" in made
