"""What is wrong with an input is told by its name, with the way out; what is doubtful, too."""

import json

import numpy as np
import pytest
import rasterio
import shapely
from shapely import box

from gis_app.errors import BadInput, NotFound, Refused
from gis_app.raster.grid import Grid
from gis_app.zoning import compute, plan
from tests.zoning import worked


@pytest.fixture
def whole(tmp_path):
    return worked.files(tmp_path)


@pytest.fixture
def told(whole):
    """The plan without what the index does not need."""
    return {k: v for k, v in whole.items() if k not in {"load", "quality", "yield", "protection"}}


def run(folder, told, name="out"):
    return compute.run(plan.Asked(plan.of(told), folder, worked.AREA), folder / name)


def refused(folder, told):
    with pytest.raises(Refused) as caught:
        run(folder, told, "refused")
    assert not list(folder.glob("*refused*"))
    return {(each.of, each.code): each for each in caught.value.problems}


def index_of(computed):
    with rasterio.open(computed.folder / "index.tif") as dataset:
        return dataset.read(1)


def test_everything_that_forbids_a_run_is_told_at_once_by_name(tmp_path, told):
    worked.tif(tmp_path / "D.tif", worked.D, crs=False, unit="m")
    worked.tif(tmp_path / "R.tif", worked.R)
    worked.tif(tmp_path / "T.tif", np.full((3, 3), -9999.0), unit="%")
    (tmp_path / "C.tif").write_text("no raster")
    far = Grid(4547, 563_000.0, 4_192_300.0, 100.0, 3, 3)
    worked.tif(tmp_path / "A.tif", worked.A, far)
    del told["inputs"]["S"]
    told["inputs"]["X"] = {"constant": 3}
    found = refused(tmp_path, told)
    assert set(found) == {
        ("D", "crs_missing"), ("R", "unit_missing"), ("T", "all_nodata"), ("C", "unreadable"),
        ("A", "elsewhere"), ("S", "no_input"), ("X", "no_parameter"),
    }  # fmt: skip
    assert 'crs = "EPSG:' in found["D", "crs_missing"].en
    assert "mm/yr" in found["R", "unit_missing"].zh


def test_an_unnamed_crs_is_no_crs_until_the_plan_says_which(tmp_path, told):
    unnamed = rasterio.crs.CRS.from_wkt(
        'PROJCS["unnamed",GEOGCS["WGS 84",DATUM["unknown",SPHEROID["WGS84",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",114],'
        'PARAMETER["scale_factor",1],PARAMETER["false_easting",500000],'
        'PARAMETER["false_northing",0],UNIT["metre",1]]'
    )
    worked.tif(tmp_path / "D.tif", worked.D, crs=unnamed, unit="m")
    assert set(refused(tmp_path, told)) == {("D", "crs_unknown")}
    told["inputs"]["D"]["crs"] = "EPSG:4547"
    done = run(tmp_path, told)
    assert index_of(done).tolist() == worked.INDEX
    assert ("D", "crs_replaced") in {(each.of, each.code) for each in done.notices}


def test_inches_a_year_become_millimetres_and_feet_metres(tmp_path, told):
    worked.tif(tmp_path / "R.tif", np.array(worked.R) / 25.4, dtype="float64")
    worked.tif(tmp_path / "D.tif", np.array(worked.D) / 0.3048, dtype="float64", unit="ft")
    told["inputs"]["R"]["unit"] = "inches/yr"
    assert index_of(run(tmp_path, told)).tolist() == worked.INDEX


@pytest.mark.parametrize(("unit", "code"), [("m", "unit_wrong"), ("bushels", "unit_wrong")])
def test_a_unit_that_cannot_be_the_parameter_s_is_refused(tmp_path, told, unit, code):
    told["inputs"]["R"]["unit"] = unit
    assert set(refused(tmp_path, told)) == {("R", code)}


def test_where_file_and_plan_name_different_units_the_plan_holds_and_it_is_told(tmp_path, told):
    worked.tif(tmp_path / "D.tif", worked.D, unit="ft")
    told["inputs"]["D"]["unit"] = "m"
    done = run(tmp_path, told)
    assert index_of(done).tolist() == worked.INDEX
    assert [each.of for each in done.notices if each.code == "unit_differs"] == ["D"]


@pytest.mark.parametrize("names", [("D", "R", "A", "S"), ("T", "I", "C", "quality", "yield")])
def test_no_data_in_any_input_is_no_answer_there_and_nowhere_else(tmp_path, whole, names):
    values = dict(worked.VALUES, quality=worked.QUALITY, **{"yield": worked.YIELD})
    cells = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0)]  # none of a protection area
    expected, indexed = np.array(worked.FINAL), np.array(worked.INDEX, float)
    for name, cell in zip(names, cells, strict=False):
        hole = np.array(values[name], float)
        hole[cell] = -9999
        worked.tif(tmp_path / f"{name}.tif", hole, unit=worked.UNITS.get(name, ""))
        expected[cell] = 255
        if name in worked.VALUES:
            indexed[cell] = np.nan
    done = run(tmp_path, whole)
    with rasterio.open(done.folder / "zones.tif") as dataset:
        assert dataset.read(1).tolist() == expected.tolist()
    assert done.cells[255] == len(names)
    assert np.array_equal(index_of(done), indexed, equal_nan=True)


def test_a_protection_area_holds_where_all_else_is_unknown(tmp_path, whole):
    hole = np.array(worked.D, float)
    hole[0, 0] = -9999
    worked.tif(tmp_path / "D.tif", hole, unit="m")
    with rasterio.open(run(tmp_path, whole).folder / "zones.tif") as dataset:
        assert dataset.read(1)[0, 0] == worked.LEVEL_1


def test_without_load_and_function_value_nothing_is_called_general(tmp_path, told):
    done = run(tmp_path, told)
    assert done.sketch is None
    assert "zones" not in done.files
    assert "not_zoned" in {each.code for each in done.notices}
    assert index_of(done).tolist() == worked.INDEX


def test_kinds_may_be_codes_of_a_raster_with_a_legend_in_the_plan(tmp_path, told):
    worked.tif(tmp_path / "A.tif", [[7, 2, 2], [2, 7, 2], [2, 2, 7]])
    legend = {"7": "karst_limestone", "2": "砂砾石"}
    told["inputs"]["A"] = {"raster": "A.tif", "classes": legend}
    expected = np.array(worked.INDEX) + 3 * (np.where(np.eye(3) > 0, 10, 8) - np.array(worked.A))
    assert index_of(run(tmp_path, told)).tolist() == expected.tolist()
    del legend["7"]
    with pytest.raises(BadInput, match="code 7"):
        run(tmp_path, told, "again")
    told["inputs"]["A"] = {"raster": "A.tif"}
    assert "as_rating" in refused(tmp_path, told)["A", "unusable"].en


def geology(folder, kinds):
    rows = [
        {"type": "Feature", "properties": {"岩性": kind}, "geometry": shapely.geometry.mapping(s)}
        for kind, s in kinds
    ]
    told = json.dumps({"type": "FeatureCollection", "features": rows})
    (folder / "geology.geojson").write_text(told)


def rows_of_cells(first, last):
    west, _, east, north = worked.GRID.bounds
    step = worked.GRID.cell_m
    return worked.GRID.on_earth(box(west, north - last * step, east, north - first * step))


def test_polygons_with_a_class_column_become_cells(tmp_path, told):
    geology(tmp_path, [("砂砾石", rows_of_cells(0, 1)), ("灰岩", rows_of_cells(1, 3))])
    said = {"polygons": "geology.geojson", "column": "岩性", "crs": "EPSG:4490"}
    told["inputs"]["A"] = said | {"classes": {"灰岩": "massive_limestone"}}
    ratings = np.array([[8] * 3, [6] * 3, [6] * 3])
    expected = np.array(worked.INDEX) + 3 * (ratings - np.array(worked.A))
    assert index_of(run(tmp_path, told)).tolist() == expected.tolist()
    told["inputs"]["A"] = said
    assert "灰岩" in refused(tmp_path, told)["A", "unusable"].zh


def test_polygons_that_leave_ground_out_leave_it_unknown_and_overlaps_are_told(tmp_path, told):
    geology(tmp_path, [("basalt", rows_of_cells(0, 2)), ("sand_gravel", rows_of_cells(1, 2))])
    told["inputs"]["A"] = {"polygons": "geology.geojson", "column": "岩性", "crs": "EPSG:4490"}
    done = run(tmp_path, told)
    assert np.isnan(index_of(done)).tolist() == [[False] * 3, [False] * 3, [True] * 3]
    assert [each.of for each in done.notices if each.code == "overlapping"] == ["A"]


def test_a_constant_is_told_to_be_an_assumption(tmp_path, told):
    told["inputs"]["A"] = {"constant": "sand_gravel"}
    told["inputs"]["C"] = {"constant": 650, "unit": "gpd/ft2"}
    done = run(tmp_path, told)
    assert {each.of for each in done.notices if each.code == "constant"} == {"A", "C"}
    extra = 3 * (8 - np.array(worked.A)) + 3 * (4 - np.array(worked.RATINGS["C"]))
    assert index_of(done).tolist() == (np.array(worked.INDEX) + extra).tolist()


def test_another_crs_and_resolution_are_brought_onto_the_grid_and_told(tmp_path, told):
    fine = Grid(4546, 726_000.0, 4_196_500.0, 10.0, 120, 120)
    x, y = np.meshgrid(np.arange(120), np.arange(120))
    worked.tif(tmp_path / "D.tif", 5 + 0.01 * x + 0 * y, fine, unit="m")
    worked.tif(tmp_path / "S.tif", np.full((120, 120), 9), fine)
    done = run(tmp_path, told)
    codes = {(each.of, each.code) for each in done.notices}
    assert {("D", "reprojected"), ("D", "finer"), ("S", "reprojected")} <= codes


def test_a_file_that_covers_half_of_the_area_is_told_with_its_share(tmp_path, told):
    half = Grid(4547, 463_000.0, 4_192_300.0, 100.0, 2, 3)
    worked.tif(tmp_path / "D.tif", np.array(worked.D)[:, :2], half, unit="m")
    (notice,) = [each for each in run(tmp_path, told).notices if each.code == "partly"]
    assert notice.of == "D"
    assert "66.7 %" in notice.en


def test_a_plan_with_faults_is_refused_naming_each_place(tmp_path):
    wrong = {
        "name": "x", "profile": "DRASTIC-1987", "cell": 30,
        "inputs": {"D": {"raster": "a.tif", "constant": 2}, "R": {"polygons": "b.gpkg"}},
    }  # fmt: skip
    with pytest.raises(BadInput) as caught:
        plan.of(wrong)
    places = {each["where"] for each in caught.value.problems}
    assert {"cell", "inputs.D", "inputs.R"} <= places
    with pytest.raises(NotFound):
        plan.read(tmp_path / "none.toml")


def test_a_plan_may_be_toml_or_json_and_options_replace_what_it_says(tmp_path, told):
    (tmp_path / "p.json").write_text(json.dumps(told))
    assert plan.read(tmp_path / "p.json", profile=None).profile == "DRASTIC-1987"
    assert plan.read(tmp_path / "p.json", profile="COP").profile == "COP"
    (tmp_path / "p.toml").write_text('name = "a"\nprofile = "EPIK"\n[inputs.E]\nconstant = 1\n')
    assert plan.read(tmp_path / "p.toml", area="1403").area == "1403"


def test_a_folder_that_is_there_is_not_written_into(tmp_path, told):
    (tmp_path / "out").mkdir()
    with pytest.raises(BadInput, match="exists"):
        run(tmp_path, told)
    assert list((tmp_path / "out").iterdir()) == []
