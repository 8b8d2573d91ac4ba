"""The registers of the sample city: whole, consistent with one another, and plainly made up."""

from datetime import date, timedelta

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from gis_app import registers
from gis_app.layer import Register
from tests.demo.conftest import DAY

BY_ID = {register.id: register for register in registers.ALL}
LAST_YEAR = DAY.year - 1


def plain(frame: pd.DataFrame) -> list[dict]:
    rows = frame.drop(columns="geometry", errors="ignore").to_dict("records")
    return [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows
    ]


@pytest.mark.parametrize("register", registers.ALL, ids=lambda each: each.id)
def test_every_register_has_rows_that_obey_its_schema(town, register: Register):
    frame = town.records[register.id]
    assert len(frame) > 0
    placed = ["geometry"] if register.geometry != "none" else []
    assert list(frame.columns) == [*(f.name for f in register.fields), *placed]
    validator = Draft202012Validator(register.json_schema())
    for row in [*plain(frame.head(40)), *plain(frame.iloc[40::50]), *plain(frame.tail(40))]:
        validator.validate(row)
    assert not frame.duplicated(list(register.key)).any()


def test_records_speak_of_things_that_are_there(town):
    wells, numbers = set(town.wells["code"]), set(town.records["permit"]["number"])
    units = set(town.zones["management_unit"]["code"]) | set(town.zones["district"]["code"])
    for name, frame in town.records.items():
        register = BY_ID[name]
        if register.well_field:
            assert set(frame[register.well_field]) <= wells, name
        if register.permit_field:
            assert set(frame[register.permit_field]) <= numbers, name
        if "unit_code" in frame:
            assert set(frame["unit_code"]) <= units | {"1403"}, name
    grants = town.records["exemption_grant"]
    subjects = {
        "well": wells,
        "application": set(town.records["application"]["code"]),
        "site": set(town.records["site"]["code"]),
    }
    for kind, codes in grants.groupby("subject")["subject_code"]:
        assert set(codes) <= subjects[kind], kind


def test_whoever_is_named_says_that_it_is_an_example(town):
    named = {
        "permit": ("holder", "authority"),
        "water_user": ("owner",),
        "application": ("name", "applicant"),
        "site": ("name",),
        "document": ("title", "issuer"),
        "water_norm": ("product",),
        "meter": ("serial", "model"),
    }
    for name, columns in named.items():
        for column in columns:
            assert town.records[name][column].dropna().str.contains("示例").all(), (name, column)
    for name in ("withdrawal", "unit_year", "water_level", "electricity_coefficient"):
        source = town.records[name]["source"].dropna()
        assert len(source) > 0
        assert source.str.contains("示例").all(), name


def test_nothing_is_recorded_of_days_to_come(town):
    done = {
        "permit": ("changed_on", "approved_on", "renewal_applied_on"),
        "annual_report": ("filed_on",),
        "meter": ("fitted_on",),
        "calibration": ("checked_on",),
        "withdrawal": ("from_on", "to_on"),
        "water_level": ("measured_on",),
        "exemption_grant": ("from_on", "filed_on"),
        "correction_order": ("ordered_on",),
        "violation": ("found_on",),
        "application": ("applied_on",),
    }
    for name, columns in done.items():
        for column in columns:
            assert town.records[name][column].dropna().max() <= DAY, (name, column)


def test_permits_cover_several_wells_and_have_versions(town):
    links = town.records["permit_well"]
    assert (links.groupby("permit_number").size() > 1).sum() > 400
    permits = town.records["permit"]
    assert (permits.groupby("number").size() == 2).sum() > 1000
    held = town.wells[town.wells["permit_number"].notna()]
    assert set(zip(held["permit_number"], held["code"], strict=True)) <= set(
        zip(links["permit_number"], links["well_code"], strict=True)
    )
    latest = permits.sort_values("changed_on").drop_duplicates("number", keep="last")
    together = held.groupby("permit_number")["annual_permitted_m3"].sum()
    volumes = latest.set_index("number")["annual_m3"].astype(float)
    usual = together.index[~together.index.str.startswith("示例")]
    assert volumes[usual].to_numpy() == pytest.approx(together[usual].to_numpy())


def test_most_permits_are_kept_to(town):
    """Readings of the last full year, of all wells of a permit, against its volume."""
    taken = town.records["withdrawal"]
    year = taken[(taken["from_on"] == date(LAST_YEAR, 1, 1)) & (taken["method"] != "billed")]
    year = year[year["to_on"] == date(LAST_YEAR, 12, 31)]
    area = town.wells.set_index("code")["area_code"]
    own = year["m3_per_kwh"].fillna(1.6).astype(float)  # of the counties, else the row's own
    assert set(area[year.loc[year["m3"].isna() & year["m3_per_kwh"].isna(), "well_code"]]) <= {
        "140321",
        "140322",
    }
    m3 = year["m3"].astype(float).fillna(year["kwh"].astype(float) * own)
    links = town.records["permit_well"].set_index("well_code")["permit_number"]
    by_permit = m3.groupby(year["well_code"].map(links)).sum()
    permits = town.records["permit"].sort_values("changed_on")
    allowed = permits.drop_duplicates("number", keep="last").set_index("number")["annual_m3"]
    ratio = by_permit / allowed.astype(float)[by_permit.index]
    assert len(ratio) > 1500
    assert 0.005 < (ratio > 1).mean() < 0.05
    assert ratio.median() > 0.5


def test_readings_of_a_well_by_one_method_do_not_overlap(town):
    taken = town.records["withdrawal"]
    by_hand = set(town.wells.loc[town.wells["remark"].notna(), "code"])
    taken = taken[~taken["well_code"].isin(by_hand)]
    taken = taken.sort_values(["well_code", "method", "from_on"])
    same = (taken[["well_code", "method"]] == taken[["well_code", "method"]].shift()).all(axis=1)
    before = taken["to_on"].shift()
    assert all(
        first == last + timedelta(1) or first > last
        for first, last in zip(taken.loc[same, "from_on"], before[same], strict=True)
    )


def test_units_add_up_to_their_county_and_the_counties_to_the_city(town):
    years = town.records["unit_year"]
    total = years[(years["sector"] == "total") & (years["year"] == DAY.year)]
    volumes = ["quota_m3", "permitted_m3", "taken_m3"]
    by_level = total.groupby("unit_level")[volumes].sum()
    assert (by_level.loc["unit"] == by_level.loc["county"]).all()
    assert (by_level.loc["county"] == by_level.loc["city"]).all()
    assert set(years["year"]) == {DAY.year - 2, DAY.year - 1, DAY.year}
    quotas = town.zones["management_unit"].set_index("code")["quota_m3"]
    units = total[total["unit_level"] == "unit"].set_index("unit_code")
    assert (units["quota_m3"].astype(float) == quotas[units.index].astype(float)).all()
    permitted = town.wells["annual_permitted_m3"].sum()
    assert units["permitted_m3"].sum() == pytest.approx(permitted, rel=0.01)
