"""Areas, filters and lists of values: what is asked is what pandas finds in the whole."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely import union_all
from sqlalchemy import text

from gis_app.client import asking
from gis_app.errors import BadInput, NotFound

COUNTY = "140302"
KINDS = {"depth_m": "number", "completed_on": "date", "status": "choice", "self_supply": "boolean"}


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ({"status": "active"}, "status = 'active'"),
        ({"status": ["active", "paused"]}, "status IN ('active', 'paused')"),
        ({"name": "O'Hara"}, "name = 'O''Hara'"),
        ({"self_supply": True}, "self_supply = TRUE"),
        ({"self_supply": np.bool_(False)}, "self_supply = FALSE"),
        ({"depth_m": "120"}, "depth_m = 120"),
        ({"depth_m": np.float64(1.5)}, "depth_m = 1.5"),
        ({"completed_on": "2024-06-30"}, "completed_on = DATE('2024-06-30')"),
        ({"completed_on": [date(2024, 6, 30)]}, "completed_on IN (DATE('2024-06-30'))"),
        ({"code": pd.Series(["a", "b"])}, "code IN ('a', 'b')"),
        ({}, None),
    ],
)
def test_properties_are_written_in_the_types_of_their_fields(properties, told):
    assert asking.where(KINDS, properties) == told


def test_conditions_hold_together_and_a_filter_keeps_its_own_or():
    told = asking.where({}, {"a": 1}, "1403", "x > 1 OR y > 1")
    assert told == "a = 1 AND area_code LIKE '1403%' AND (x > 1 OR y > 1)"


@pytest.mark.parametrize(
    "properties", [{"status": []}, {"depth_m": "deep"}, {"owner": None}, {"limit": 1}, {"code": {}}]
)
def test_what_cannot_be_meant_is_refused_in_both_languages(properties):
    with pytest.raises(BadInput) as error:
        asking.where(KINDS, properties)
    assert error.value.zh != error.value.en


def test_wells_by_area_filter_and_several_values_are_those_pandas_finds(gis):
    every = gis.wells()
    got = gis.wells(area=COUNTY, status=["active", "sealed"], filter="depth_m > 100")
    mine = every[
        every["area_code"].str.startswith(COUNTY)
        & every["status"].isin(["active", "sealed"])
        & (every["depth_m"] > 100)
    ]
    assert list(got["code"]) == list(mine["code"])
    assert 0 < len(got) < len(every)
    with pytest.raises(BadInput, match="deepness"):
        gis.wells(filter="deepness > 1")


def test_zones_of_an_area_share_ground_with_its_districts(gis):
    """Against geodesic areas of the intersections, worked out here."""
    district = gis.zones("district", filter=f"area_code = '{COUNTY}'")
    assert len(district) == 1
    ground = union_all(district.geometry.array)
    geod = Geod(ellps="GRS80")
    for layer in ("restricted_zone", "spring_domain", "district"):
        every = gis.zones(layer)
        shared = [abs(geod.geometry_area_perimeter(z & ground)[0]) for z in every.geometry]
        want = every[[m2 > 1 for m2 in shared]]
        assert list(gis.zones(layer, area=COUNTY)["zone_id"]) == list(want["zone_id"])
    assert len(gis.zones("district", area=COUNTY)) == 1  # its neighbours only touch it
    with pytest.raises(NotFound, match="bbox"):
        gis.zones("spring_domain", area="99")


def test_wells_on_a_day_have_the_status_of_that_day(gis, service):
    """A well that was paused today was active yesterday; its flag of a day before any audit is
    none.
    """
    code = gis.wells(status="active")["code"].iloc[0]
    with service.engine.begin() as conn:
        conn.execute(text("update gis.well set status = 'paused' where code = :c"), {"c": code})
    try:
        now = gis.wells(code=code).iloc[0]
        then = gis.wells(code=code, on="2024-01-01").iloc[0]
        assert (now["status"], then["status"]) == ("paused", "active")
        assert then["flag"] == "unassessed"
        assert now["flag"] != "unassessed"
        assert gis.wells(code=code, on="2024-01-01", status="paused").empty
        with service.engine.connect() as conn:
            today = conn.execute(text("select gis.today()")).scalar_one()
        pd.testing.assert_frame_equal(gis.wells(area=COUNTY), gis.wells(area=COUNTY, on=today))
    finally:
        with service.engine.begin() as conn:
            conn.execute(text("update gis.well set status = 'active' where code = :c"), {"c": code})


def test_findings_are_filtered_by_area_instrument_verdict_code_and_cql(gis, county):
    every = gis.findings()
    some = gis.findings(
        area=COUNTY, instrument="yangquan-2023-75", verdict=["close_by", "seal"],
        filter="edge_m > 50",
    )  # fmt: skip
    mine = every[
        every["area_code"].str.startswith(COUNTY)
        & (every["instrument"] == "yangquan-2023-75")
        & every["verdict"].isin(["close_by", "seal"])
        & (every["edge_m"] > 50)
    ]
    columns = ["subject_code", "rule", "edge_m", "quote", "flag"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(some[columns]), pd.DataFrame(mine[columns].reset_index(drop=True))
    )
    assert len(some) > 10
    code = some["subject_code"].iloc[0]
    assert set(gis.findings(code=code)["subject_code"]) == {code}
    run = gis.findings(county, answer="applies", rule=["YQ-02", "YQ-03"])
    assert set(run["rule"]) == {"YQ-02", "YQ-03"}
    assert set(run["answer"]) == {"applies"}
    assert len(gis.findings(county.run_id)) == len(county.findings())


def test_the_latest_audits_are_listed(gis, county):
    table = gis.audits()
    assert county.run_id in set(table["run_id"])
    assert table["run_id"].is_monotonic_decreasing
