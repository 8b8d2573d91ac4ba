"""A zone tried out: wells gained are those that shapely finds, and nothing is written."""

import geopandas as gpd
import pytest
from shapely import Point, Polygon
from sqlalchemy import text

from gis_app.errors import BadInput, NotFound, Refused, UnknownCrs


@pytest.fixture(scope="module")
def drawn():
    """A round zone with an exact line, in the plane of its zone, as an analyst has it."""
    shape = gpd.GeoSeries([Point(113.62, 37.89)], crs=4490).to_crs(4547).buffer(1500)
    zone = gpd.GeoDataFrame({"name": ["试算区"], "boundary_accuracy_m": [5.0]}, geometry=shape)
    return zone.assign(mine=1)


@pytest.fixture(scope="module")
def trial(gis, drawn):
    return gis.try_zone("prohibited_zone", drawn)


def counts(service):
    tables = ("zone", "finding", "change", "audit_run")
    with service.engine.connect() as conn:
        return [conn.execute(text(f"select count(*) from gis.{t}")).scalar_one() for t in tables]


def test_the_wells_inside_are_those_shapely_finds(gis, drawn, trial):
    """Surely inside: farther from the line than well and line are certain, in metres."""
    wells = gis.wells().to_crs(4547)
    shape = drawn.geometry.iloc[0]
    depth_m = wells.distance(shape.exterior).where(wells.within(shape), -1)
    spare_m = depth_m - wells["uncertainty_m"] - 5
    sure, perhaps = wells[spare_m > 0.5], wells[spare_m > -0.5]
    assert len(sure) <= trial.wells["inside"] <= len(perhaps)
    assert len(sure) > 20
    gained = trial.gained.query("subject == 'well' and answer == 'applies' and rule == 'N-01'")
    assert set(gained["subject_code"]) <= set(perhaps["code"])
    assert trial.area_km2 == pytest.approx(7.07, rel=0.01)  # π·1.5²


def test_each_finding_gained_or_lost_is_in_the_counts_by_rule(trial):
    for change, table in (("gained", trial.gained), ("lost", trial.lost)):
        told = trial.findings.set_index(["subject", "rule", "verdict", "answer"])[change]
        listed = table.groupby(["subject", "rule", "verdict", "answer"]).size()
        assert listed.to_dict() == told[told > 0].to_dict()
    assert len(trial.gained) > 10
    assert trial.gained["sentence_zh"].str.contains("试算区").any()
    assert trial.gained.crs == trial.overlaps.crs == 4490
    shown = trial._repr_html_()
    assert f"{trial.wells['inside']:,}" in shown


def test_the_classes_that_wells_leave_and_come_into_balance(trial):
    assert trial.flags["wells_gained"].sum() == trial.flags["wells_lost"].sum() > 0


def test_nothing_is_written_and_the_frame_is_as_it_was(gis, service, drawn):
    before, copy = counts(service), drawn.copy(deep=True)
    gis.try_zone("prohibited_zone", drawn)
    assert counts(service) == before
    assert drawn.equals(copy)
    assert drawn.crs == copy.crs == 4547


def test_a_bare_polygon_and_a_day_are_taken_too(gis, drawn, trial):
    bare = drawn.to_crs(4490).geometry.iloc[0]
    told = gis.try_zone("prohibited_zone", bare, on="2028-01-01")
    assert str(told.on) == "2028-01-01"
    assert told.area_km2 == pytest.approx(trial.area_km2)


def test_the_zone_it_amends_is_compared_with(gis):
    zone = gis.zones("prohibited_zone").iloc[[0]]
    same = gis.try_zone(
        "prohibited_zone", zone[["name", "geometry"]], amends=zone["zone_id"].iloc[0]
    )
    assert (same.wells["gained"], same.wells["lost"]) == (0, 0)
    with pytest.raises(NotFound):
        gis.try_zone("prohibited_zone", zone[["geometry"]], amends=10**9)


def test_what_is_no_zone_is_refused_with_the_way_out(gis, drawn):
    several = gpd.GeoDataFrame(geometry=[*drawn.geometry, *drawn.geometry], crs=drawn.crs)
    with pytest.raises(BadInput, match="dissolve"):
        gis.try_zone("prohibited_zone", several)
    with pytest.raises(BadInput, match="set_crs"):
        gis.try_zone("prohibited_zone", drawn.set_crs(None, allow_override=True))
    with pytest.raises(BadInput, match="polygon"):
        gis.try_zone("prohibited_zone", "here")
    bow = Polygon([(113.6, 37.9), (113.61, 37.91), (113.61, 37.9), (113.6, 37.91)])
    with pytest.raises(Refused, match="Invalid"):
        gis.try_zone("prohibited_zone", bow)


def test_an_old_datum_is_never_taken_for_the_new_one(gis, drawn, trial):
    """Xi'an 1980 without parameters is refused; with them the zone lies where it lay."""
    shift = "+a=6378140 +rf=298.257 +towgs84=24,-123,-94,0,0,0,0"
    old = drawn.to_crs(4326).to_crs(f"+proj=longlat +no_defs {shift}")
    there = gis.try_zone("prohibited_zone", old)
    assert there.wells == trial.wells
    assert there.area_km2 == pytest.approx(trial.area_km2, rel=1e-6)
    with pytest.raises(UnknownCrs, match="towgs84"):
        gis.try_zone("prohibited_zone", drawn.to_crs(4490).set_crs(4610, allow_override=True))
