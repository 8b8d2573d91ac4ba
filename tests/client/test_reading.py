"""Layers, zones, wells, near, search: the service's own rows, as typed frames."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from pyproj import Geod
from sqlalchemy import text

from gis_app.errors import BadInput, NotFound, TooFar

GEOD = Geod(a=6378137.0, rf=298.257222101)


def test_layers_are_the_declared_ones_with_their_counts(gis, service):
    table = gis.layers().set_index("id")
    assert set(table.index) == set(service.registry.layers)
    for layer in service.registry.layers.values():
        assert table.loc[layer.id, "color"] == layer.style.color
        assert table.loc[layer.id, "zh"] == layer.zh
    with service.engine.connect() as conn:
        wells = conn.execute(text("select count(*) from gis.well")).scalar_one()
    assert table.loc["well", "count"] == wells


def test_wells_are_the_register(gis, service):
    got = gis.wells().set_index("code").sort_index()
    with service.engine.connect() as conn:
        want = gpd.read_postgis(
            text("select code, depth_m, self_supply, completed_on, geom from gis.well"), conn
        )
    want = want.set_index("code").sort_index()
    assert got.crs == 4490
    assert list(got.index) == list(want.index)
    assert got.geometry.geom_equals_exact(want.geometry, 1e-9).all()
    pd.testing.assert_series_equal(got["depth_m"], want["depth_m"], check_dtype=False)
    assert got["depth_m"].dtype == "float64"
    assert got["self_supply"].dtype == "boolean"
    assert got["self_supply"].isna().equals(want["self_supply"].isna())
    assert got["completed_on"].dtype.kind == "M"
    days = got["completed_on"].dropna()
    assert [d.date() for d in days] == list(want.loc[days.index, "completed_on"])


def test_a_box_and_properties_narrow_the_wells(gis):
    every = gis.wells()
    box = (113.5, 37.85, 113.6, 37.95)
    inside = every.cx[113.5:113.6, 37.85:37.95]
    assert set(gis.wells(bbox=box)["code"]) == set(inside["code"])
    some = gis.wells(status="active", self_supply=True, area_code="140302")
    mine = every[(every["status"] == "active") & (every["area_code"] == "140302")]
    assert set(some["code"]) == set(mine[mine["self_supply"].fillna(False)]["code"])
    assert 0 < len(some) < len(every)


def test_zones_are_those_in_force_on_the_day(gis, service):
    for day in ("2016-01-01", date(2024, 6, 30)):
        with service.engine.connect() as conn:
            want = conn.execute(
                text(
                    "select name from gis.zone where layer = 'prohibited_zone'"
                    " and gis.binds(law_status, valid_from, valid_to, :day)"
                ),
                {"day": day},
            ).scalars()
            assert sorted(gis.zones("prohibited_zone", on=day)["name"]) == sorted(want)
    severe = gis.zones("overdraft_zone", grade="severe")
    assert set(severe["grade"]) == {"severe"}
    assert severe["valid_from"].dtype.kind == "M"


def test_an_empty_answer_has_the_columns_of_a_full_one(gis):
    full, empty = gis.zones("spring_domain"), gis.zones("spring_domain", on="1900-01-01")
    assert len(empty) == 0 < len(full)
    assert list(empty.columns) == list(full.columns)
    assert empty.crs == full.crs == 4490
    full, empty = gis.wells(), gis.wells(code="nothing")
    assert list(empty.columns) == list(full.columns)
    kinds = {"float64", "int64", "Int64", "boolean", "datetime64[s]", "geometry"}
    assert {n: str(t) for n, t in full.dtypes.items() if str(t) in kinds} == {
        n: str(t) for n, t in empty.dtypes.items() if str(t) in kinds
    }


def test_frames_of_the_same_service_can_be_joined_with_their_styles(gis):
    both = pd.concat([gis.zones("prohibited_zone"), gis.zones("restricted_zone")])
    assert both.attrs["styles"]["restricted_zone"]["color"] == "#C77700"
    assert set(both["layer"]) == {"prohibited_zone", "restricted_zone"}


def test_near_is_nearest_first_by_geodesic_metres(gis):
    here = (113.6, 37.9)
    got = gis.near(*here, 4000, limit=500)
    every = gis.wells()
    metres = [GEOD.inv(*here, p.x, p.y)[2] for p in every.geometry]
    want = every.assign(metres=metres).query("metres <= 4000").sort_values(["metres", "code"])
    assert list(got["code"]) == list(want["code"])
    assert got["distance_m"].to_numpy() == pytest.approx(want["metres"].to_numpy(), abs=0.01)
    close = gis.near(*here, 4000, finding="close", limit=500)
    assert set(close["flag"]) == {"close"}
    assert close["sentence_zh"].str.len().gt(10).all()
    assert not close.attrs["truncated"]
    assert gis.near(0, 0).empty
    with pytest.warns(UserWarning, match="limit"):
        some = gis.near(*here, 4000, limit=3)
    assert list(some["code"]) == list(want["code"][:3])
    assert some.attrs["truncated"]


def test_search_finds_wells_and_zones(gis):
    well = gis.search("sl-d001").iloc[0]
    assert (well["kind"], well["code"]) == ("well", "SL-D001")
    (kind,) = gis.search("37.86 113.58")["kind"]
    assert kind == "place"
    zones = gis.search("泉域")
    assert set(zones["kind"]) == {"zone"}
    assert zones.crs == 4490


def test_what_the_service_refuses_is_our_error_in_both_languages(gis):
    with pytest.raises(NotFound) as unknown:
        gis.zones("nothing")
    assert "prohibited_zone" in unknown.value.en
    assert unknown.value.zh
    with pytest.raises(BadInput, match="flying"):
        gis.wells(status="flying")
    with pytest.raises(BadInput, match="colour"):
        gis.wells(colour="red")
    with pytest.raises(TooFar):
        gis.near(113.6, 37.9, 60_000)
    with pytest.raises(NotFound):
        gis.explain("没有/这口井?")


@pytest.mark.parametrize(
    "ask",
    [
        lambda gis: gis.zones("spring_domain", on="yesterday"),
        lambda gis: gis.wells(bbox=(1, 2, 3)),
        lambda gis: gis.wells(limit=5),
        lambda gis: gis.wells(status=[]),
        lambda gis: gis.wells(filter=" "),
        lambda gis: gis.wells(area="阳泉"),
        lambda gis: gis.findings(1, on="2024-06-30"),
        lambda gis: gis.wells(owner=None),
        lambda gis: gis.audit(on="2024-13-01"),
        lambda gis: gis.audit(area="阳泉"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused_never_widened(gis, ask):
    with pytest.raises(BadInput) as error:
        ask(gis)
    assert error.value.zh
    assert error.value.en


def test_the_same_question_gives_the_same_frame(gis):
    assert_geodataframe_equal(gis.zones("spring_domain"), gis.zones("spring_domain"))
