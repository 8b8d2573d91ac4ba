import hashlib
import math
import re
from datetime import date
from importlib import import_module
from itertools import combinations

import pandas as pd
import pytest
import shapely
from jsonschema import Draft202012Validator
from stdnum.cn import uscc

from gis_app.demo import City, city
from gis_app.layer import Layer, Overlap, in_force
from layers.well import LAYER as WELL
from tests.demo.conftest import DAY

LAYERS = (
    "district",
    "management_unit",
    "public_supply_coverage",
    "surface_supply_area",
    "prohibited_zone",
    "restricted_zone",
    "overdraft_zone",
    "spring_domain",
    "spring_key_area",
    "source_protection_zone",
    "recharge_area",
    "pollution_priority_zone",
    "strong_karst_area",
    "hard_to_renew_groundwater",
    "works_protection_area",
    "geological_hazard_area",
    "special_protected_area",
)


def declared(layer: str) -> Layer:
    found: Layer = import_module(f"layers.{layer}").LAYER
    return found


def fingerprint(made: City) -> str:
    digest = hashlib.sha256()
    for name, frame in {**made.zones, "well": made.wells, **made.records}.items():
        digest.update(name.encode())
        if "geometry" in frame:
            digest.update(b"".join(shapely.to_wkb(frame.geometry.to_numpy())))
        digest.update(frame.drop(columns="geometry", errors="ignore").to_csv().encode())
    return digest.hexdigest()


def live(made: City, layer: str):
    frame = made.zones[layer]
    rows = zip(frame["law_status"], frame["valid_from"], frame["valid_to"], strict=True)
    return frame[[in_force(*row, DAY) for row in rows]]


def plain(frame) -> list[dict]:
    table = pd.DataFrame(frame.drop(columns="geometry")).astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    return [
        {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows
    ]


def test_the_same_seed_gives_the_same_city_and_another_seed_another(hamlet):
    assert fingerprint(city(wells=300, on=DAY)) == fingerprint(hamlet)
    assert fingerprint(city(seed=7, wells=300, on=DAY)) != fingerprint(hamlet)


def test_its_registers_are_kept_up_to_the_day_asked_and_its_ground_stays(hamlet):
    later = city(wells=300, on=date(2027, 1, 15))
    assert later.records["annual_report"]["year"].max() == 2026
    assert later.records["withdrawal"]["to_on"].max() == date(2027, 1, 15)
    assert later.wells.geometry.equals(hamlet.wells.geometry)
    assert (later.wells["code"] == hamlet.wells["code"]).all()


def test_every_layer_has_zones_with_exactly_the_columns_it_declares(town):
    assert set(town.zones) == set(LAYERS)
    for layer, frame in town.zones.items():
        fields = [f.name for f in declared(layer).all_fields]
        assert list(frame.columns) == [*fields, "geometry"], layer
        assert frame.crs.to_epsg() == 4490
    assert list(town.wells.columns) == [*(f.name for f in WELL.fields), "geometry"]
    assert town.wells.crs.to_epsg() == 4490


@pytest.mark.parametrize("layer", LAYERS)
def test_zone_properties_obey_their_schema(town, layer):
    validator = Draft202012Validator(declared(layer).json_schema())
    for row in plain(town.zones[layer]):
        validator.validate(row)


def test_well_properties_obey_their_schema(town):
    for field in WELL.fields:
        if field.choices:
            assert set(town.wells[field.name].dropna()) <= set(field.choices), field.name
    validator = Draft202012Validator(WELL.json_schema())
    for row in [*plain(town.wells)[:60], *plain(town.wells)[60::15]]:
        validator.validate(row)


@pytest.mark.parametrize("layer", ["district", "management_unit"])
def test_the_city_is_partitioned_on_identical_vertices(town, layer):
    parts = town.zones[layer].geometry.to_numpy()
    assert shapely.coverage_is_valid(parts)
    whole = shapely.coverage_union_all(parts)
    assert math.isclose(shapely.area(parts).sum(), whole.area, rel_tol=1e-12)
    assert [len(part.interiors) for part in shapely.get_parts(whole)] == [0], "no gap"
    city_line = shapely.coverage_union_all(town.zones["district"].geometry.to_numpy())
    assert whole.symmetric_difference(city_line).area == 0


def test_the_five_districts_have_their_codes(town):
    named = dict(zip(town.zones["district"]["code"], town.zones["district"]["name"], strict=True))
    assert named == {
        "140302": "示例城区",
        "140303": "示例矿区",
        "140311": "示例郊区",
        "140321": "示例平定县",
        "140322": "示例盂县",
    }


@pytest.mark.parametrize("seed", [20231018, 20, 23])
def test_no_two_zones_share_ground_against_the_declared_policy(town, seed):
    made = town if seed == town.seed else city(seed, wells=60)
    for a, b in [*combinations(LAYERS, 2), *((name, name) for name in LAYERS)]:
        if declared(a).overlap_with(b) is Overlap.ALLOWED:
            continue
        one, other = (live(made, x).geometry.to_numpy() for x in (a, b))
        pairs = combinations(one, 2) if a == b else ((p, q) for p in one for q in other)
        assert all(p.intersection(q).area == 0 for p, q in pairs), (a, b)


def test_zones_that_touch_share_their_border_to_the_last_vertex(town):
    barred, limited = live(town, "prohibited_zone"), live(town, "restricted_zone")
    both = [*barred.geometry, *limited.geometry]
    assert shapely.coverage_is_valid(both)
    assert any(shapely.touches(p, q) for p in barred.geometry for q in limited.geometry)
    supplied = live(town, "public_supply_coverage")
    assert shapely.coverage_is_valid(supplied.geometry.to_numpy())
    named = supplied.set_index("name").geometry
    shared = named["示例第一水厂供水范围"].intersection(named["示例第二水厂供水范围"])
    assert shared.length > 0.02, "some kilometres of river"
    assert shared.area == 0


@pytest.mark.parametrize("layer", LAYERS)
def test_no_zone_is_rectangular_or_a_circle(town, layer):
    for name, shape in zip(town.zones[layer]["name"], town.zones[layer].geometry, strict=True):
        assert shape.is_valid
        assert shapely.get_num_coordinates(shape) > 30, name
        assert shape.area / shape.minimum_rotated_rectangle.area < 0.93, name
        assert shape.area / shapely.minimum_bounding_circle(shape).area < 0.9, name


def test_zones_are_nested_where_the_law_nests_them(town):
    frame = town.zones["source_protection_zone"]
    for _, rows in frame.groupby("water_source"):
        shapes = rows.set_index("grade").geometry
        assert shapes["level_2"].contains(shapes["level_1"])
        assert "quasi" not in shapes or shapes["quasi"].contains(shapes["level_2"])
    domain = town.zones["spring_domain"].geometry.union_all()
    assert domain.contains(town.zones["spring_key_area"].geometry.union_all())


def test_the_spring_domain_crosses_the_city_line(town):
    whole = shapely.coverage_union_all(town.zones["district"].geometry.to_numpy())
    spring = town.zones["spring_domain"].set_index("name").geometry["示例娘子关泉域"]
    assert 0.1 < spring.intersection(whole).area / spring.area < 0.9


def test_one_zone_is_repealed_one_is_to_come_and_one_is_a_draft(town):
    every = pd.concat(town.zones.values())
    decided = every[every["law_status"] == "approved"]
    assert [d for d in decided["valid_to"] if d and d < DAY] == [date(2021, 5, 1)]
    assert [d for d in decided["valid_from"] if d > DAY] == [date(2027, 1, 1)]
    assert (every["law_status"] == "draft").sum() == 1
    assert every["boundary_accuracy_m"].between(5, 50).all()


def test_everything_named_says_it_is_an_example(town):
    for frame in town.zones.values():
        assert frame["name"].str.contains("示例").all()
        assert frame["authority"].str.contains("示例").all()
    for column in ("name", "owner", "township", "village", "address"):
        assert town.wells[column].dropna().str.contains("示例").all(), column
    assert town.wells["name"].notna().all()


def test_there_are_as_many_wells_as_asked_each_with_its_own_code(town, hamlet):
    assert (len(town.wells), len(hamlet.wells)) == (6000, 300)
    assert town.wells["code"].is_unique
    assert town.wells["code"].str.startswith("SL-").all()


def test_wells_stand_in_the_city_and_mostly_where_their_district_says(town):
    districts = town.zones["district"].set_index("code").geometry
    whole = shapely.coverage_union_all(districts.to_numpy())
    shapely.prepare(whole)
    assert shapely.contains(whole, town.wells.geometry.to_numpy()).all()
    for code, area in districts.items():
        own = town.wells[town.wells["area_code"] == code].geometry.to_numpy()
        assert shapely.contains(area, own).mean() > 0.98, code


def test_credit_codes_are_valid_and_households_have_none(town):
    codes = town.wells["owner_uscc"].dropna()
    assert len(codes) > 3000
    assert all(uscc.is_valid(code) for code in codes)
    households = town.wells["owner"].str.contains("农户", na=False)
    assert households.sum() > 300
    assert town.wells.loc[households, "owner_uscc"].isna().all()
    assert (town.wells.groupby("owner")["owner_uscc"].nunique() <= 1).all()


def test_permit_numbers_have_the_two_forms_and_are_given_once(town):
    numbers = town.wells["permit_number"].dropna()
    national = numbers.str.fullmatch(r"[CD]1403\d{2}G20\d{2}-\d{4}")
    legacy = numbers.str.fullmatch(
        r"取水（阳）字〔20\d{2}〕第\d{4}号|示例取水〔20\d{2}〕一证两井号"
    )
    assert (national | legacy).all()
    assert min(national.sum(), legacy.sum()) > 500
    owners = town.wells.loc[numbers.index, "owner"].groupby(numbers).nunique()
    assert (owners == 1).all(), "a permit may cover several wells of one owner"
    assert (town.wells.loc[numbers.index, "permit_state"] == "held").all()
    years = numbers.map(lambda n: int(re.search(r"(?:G|〔)(20\d{2})", n)[1]))
    assert years.between(2003, 2026).all()


def test_the_register_is_as_blank_as_registers_are(town):
    """Little is blank: this bureau has finished its census."""
    blank = town.wells.isna().mean()
    assert 0.01 < blank["self_supply"] < 0.04
    assert 0.001 < blank["status"] < 0.01
    assert 0.02 < blank["completed_on"] < 0.06
    assert 0.02 < (town.wells["permit_state"] == "unknown").mean() < 0.06
    assert len(set(town.wells["coord_method"].dropna())) > 8


def test_numbers_are_consistent(town):
    wells = town.wells
    held = wells[wells["annual_permitted_m3"].notna()]
    assert (held["permit_state"] == "held").all()
    both = held[held["annual_reported_m3"].notna()]
    assert (both["annual_reported_m3"] <= both["annual_permitted_m3"]).mean() > 0.9
    assert not (wells["water_depth_m"] >= wells["depth_m"]).any()
    assert not (wells["screen_bottom_m"] > wells["depth_m"]).any()
    assert not (wells["screen_top_m"] >= wells["screen_bottom_m"]).any()
    planned = wells["status"].isin(["proposed", "approved", "under_construction"])
    assert planned.sum() > 30
    assert wells.loc[planned, ["completed_on", "annual_reported_m3"]].isna().all(axis=None)
