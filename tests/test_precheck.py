"""May a well stand here? Grounds, conditions, doubts, parcels, what is left of the quota."""

from datetime import date

import pytest

from gis_app.rules import engine as rules
from gis_app.store import parameters
from gis_app.store.engine import writing
from tests.asking import COUNTY, LAW, add, add_unit, ask, county, geojson, ids, run, told
from tests.world import square

ANSWERED = {
    "use": "industry", "industry_class": "food", "annual_m3": 1000, "held_m3": 1000,
    "product": "示例产品", "output_quantity": 100, "self_supply": True,
    "construction_project": False, "build_type": "existing", "well_type": "tube_well",
    "depth_m": 100, "aquifer_renewal": "normal", "aquifer_depth": "shallow",
    "high_consumption": False, "obsolete_process": False, "against_policy": False,
    "illegal_reclamation": False, "standards_met": True, "network_can_meet": False,
    "reclaimed_usable": False, "reclaimed_used": False, "surface_usable": False,
    "review_passed": True, "endangers_works": False, "no_alternative_source": False,
}  # fmt: skip


@pytest.fixture
def town(fresh_database):
    return county(fresh_database)


@pytest.fixture
def settled(town):
    """The town with every number of the law set to "not listed", a unit, a norm."""
    with writing(town, "test") as conn:
        for number in rules.parameters_of(LAW.rules.values()):
            parameters.put(conn, number.name, 0.0, area="", since=date(2000, 1, 1), source="示例")
    add_unit(town, quota_m3=10_000, permitted_m3=1000)
    run(
        town,
        "insert into gis.water_norm (product, m3_per_output, from_on)"
        " values ('示例产品', 50, '2020-01-01')",
    )
    return town


# --- grounds ----------------------------------------------------------------------------------


def test_a_new_well_inside_a_prohibited_zone_has_grounds_against_it_the_gravest_first(town):
    add(town, "prohibited_zone", square(0, 0, 1000), name="示例禁采区")
    found = told(town)
    assert found["outcome"]["key"] == "refused"
    assert ids(found["grounds"])[:2] == ["N-01", "N-02"]  # prohibited, then to be denied
    first = found["grounds"][0]
    assert (first["clause"], first["tier"]) == ("第三十五条", "administrative_regulation")
    assert first["quote"] in first["sentence_zh"]
    assert "位于禁止开采区“示例禁采区”内，距边界 500 米" in first["sentence_zh"]


def test_monitoring_works_are_refused_no_permit_since_they_need_none(settled):
    add(settled, "prohibited_zone", square(0, 0, 1000), name="示例禁采区")
    refused = told(settled, **ANSWERED)
    assert {"N-01", "N-02", "YQ-04"} <= set(ids(refused["grounds"]))
    probe = {"use": "monitoring_test", "annual_m3": 0, "held_m3": 0, "standards_met": False}
    found = told(settled, **ANSWERED | probe)
    assert found["grounds"] == []
    freed = {f["rule"]: f["exemption"]["id"] for f in found["exempt"]}
    assert freed == {"N-01": "E35-3", "N-02": "GWR48", "N-08-STD": "GWR48", "YQ-04": "GWR48"}


def test_a_replacement_well_in_the_surface_supply_area_is_prohibited_by_the_city(town):
    add(town, "surface_supply_area", square(0, 0, 1000))
    found = told(town, kind="replacement", annual_m3=100, held_m3=100)
    ground = next(f for f in found["grounds"] if f["rule"] == "YQ-01-A")
    assert (ground["verdict"], ground["tier"], ground["clause"]) == (
        "prohibit", "municipal", "二(九)",
    )  # fmt: skip


def test_just_outside_within_the_accuracy_cannot_be_known_and_the_distance_is_told(town):
    add(town, "prohibited_zone", square(0, 0, 1000), name="示例禁采区")
    found = told(town, 1005, 500)
    assert found["outcome"]["key"] == "unknown"
    doubt = next(f for f in found["unknown"] if f["rule"] == "N-02")
    assert doubt["edge_m"] == pytest.approx(-5, abs=0.05)
    assert "在禁止开采区“示例禁采区”外，距边界 5.0 米；《" in doubt["sentence_zh"]
    assert "5.0 m from its boundary; whether" in doubt["sentence_en"]
    assert doubt["sentence_zh"].endswith("须核实后再作结论。")  # by a survey, or by a document
    lists = next(f for f in found["unknown"] if f["zone_name"] is None)
    assert lists["sentence_zh"].startswith("按申请所述，取水申请")
    assert "in__prohibited_zone" in {each["name"] for each in found["bring"]}
    zone = next(z for z in found["zones"] if z["layer"] == "prohibited_zone")
    assert (zone["inside"], zone["tolerance_m"]) == (False, 10.0)
    surveyed = told(town, 1005, 500, position_accuracy_m=1)
    assert "N-02" not in ids(surveyed["unknown"]) + ids(surveyed["grounds"])


def test_where_everything_is_answered_and_nothing_met_no_ground_is_found_but_nothing_is_promised(
    settled,
):
    found = told(settled, kind="renewal", **ANSWERED)
    assert found["unknown"] == []
    assert found["outcome"]["key"] == "no_ground"
    # layers without data are never passed over in silence
    assert found["not_assessed"]
    assert "未评估" in found["outcome"]["zh"]


def test_a_duty_alone_is_a_condition(settled):
    add(settled, "restricted_zone", square(0, 0, 1000))
    found = told(settled, kind="renewal", **ANSWERED)
    assert found["outcome"]["key"] == "conditions"
    assert {(f["rule"], f["verdict"]) for f in found["conditions"]} == {("N-03", "restrict")}


def test_a_day_on_which_no_known_document_was_law_is_not_without_objection(town):
    found = told(town, on="1980-01-01")
    assert found["outcome"]["key"] == "unknown"
    assert "没有库内文件有效" in found["outcome"]["zh"]


# --- the unit ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("annual_m3", "against"), [(30, True), (20, False)])
def test_what_exceeds_the_rest_of_the_quota_is_a_ground(town, annual_m3, against):
    add_unit(town, quota_m3=1000, permitted_m3=980)
    found = told(town, annual_m3=annual_m3)
    assert ("N-06" in ids(found["grounds"])) is against
    assert "N-06" not in ids(found["unknown"])
    unit = found["unit"]
    assert (unit["code"], unit["name"], unit["year"]) == (COUNTY, "示例县", 2024)
    assert (unit["quota_m3"], unit["permitted_m3"], unit["remaining_m3"]) == (1000, 980, 20)
    assert (unit["level_m"], unit["control_level_m"]) == (900, 880)


def test_a_management_unit_that_holds_the_place_bears_the_volume_before_the_county(town):
    add_unit(town, quota_m3=1000, permitted_m3=0)
    add_unit(town, quota_m3=500, permitted_m3=600, code="U-1")
    add(town, "management_unit", square(-5000, -5000, 10_000), code="U-1", name="示例单元")
    unit = told(town)["unit"]
    assert (unit["name"], unit["remaining_m3"]) == ("示例单元", -100)


def test_where_no_unit_is_on_record_none_is_told(town):
    assert told(town)["unit"] is None


# --- parcels ----------------------------------------------------------------------------------


def test_a_parcel_partly_in_a_prohibited_zone_depends_on_the_spot(town):
    add(town, "prohibited_zone", square(0, 0, 1000), name="示例禁采区")
    found = told(town, geometry=geojson(square(900, 400, 200)))
    assert found["outcome"]["key"] == "unknown"
    assert not {"N-01", "N-02"} & {*ids(found["grounds"])}
    doubt = next(f for f in found["unknown"] if f["rule"] == "N-02")
    assert doubt["sentence_zh"].startswith(
        "地块有一部分在禁止开采区“示例禁采区”内，取决于井的确切位置"
    )
    words = next(b["zh"] for b in found["bring"] if b["name"] == "in__prohibited_zone")
    assert "确切位置" in words
    assert found["place"]["area_m2"] == pytest.approx(40_000, rel=0.01)


def test_a_parcel_wholly_inside_is_inside_and_one_well_outside_is_outside(town):
    add(town, "prohibited_zone", square(0, 0, 1000))
    assert "N-02" in ids(ask(town, geometry=geojson(square(400, 400, 200))).grounds)
    outside = ask(town, geometry=geojson(square(1100, 400, 200)))
    assert "N-02" not in ids(outside.found)


def test_a_parcel_over_two_adjoining_zones_is_settled_by_both_however_exact(town):
    add(town, "prohibited_zone", square(0, 0, 1000))
    add(town, "prohibited_zone", square(1000, 0, 1000))
    exact = {"position_accuracy_m": 0}
    within = ask(town, geometry=geojson(square(900, 400, 200)), **exact)
    assert "N-02" in ids(within.grounds)
    across = ask(town, geometry=geojson(square(900, 900, 200)), **exact)
    assert "N-02" not in ids(across.grounds)
    assert "N-02" in ids(across.unknown)


def test_a_parcel_across_two_counties_of_a_city_is_bound_by_the_city(fresh_database):
    for east, code in ((-20_000, "140302"), (0, "140303")):
        add(fresh_database, "district", square(east, -10_000, 20_000), area_code=code, name=code)
    add(fresh_database, "surface_supply_area", square(-500, -500, 1000))
    found = told(fresh_database, geometry=geojson(square(-50, -50, 100)))
    assert found["place"]["area_code"] == "1403"
    assert found["place"]["district"] == "140302、140303"
    assert "YQ-01-A" in ids(found["grounds"])
