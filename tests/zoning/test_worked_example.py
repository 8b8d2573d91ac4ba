"""The 3×3 example worked out beforehand, from arrays and from files to the last class."""

import json

import numpy as np
import pytest
import rasterio

from gis_app.raster.cog import LINEAGE
from gis_app.zoning import compute, overlay, plan, profile
from gis_app.zoning.index import index, vulnerability
from gis_app.zoning.load import Sources, load_on
from gis_app.zoning.rating import rate
from tests.zoning import worked

OURS = overlay.load()
DRASTIC = profile.load("DRASTIC-1987")


def floats(values):
    return np.asarray(values, np.float32)


def ratings():
    return {
        name: rate(DRASTIC.by_id[name], floats(values))
        if name in worked.RATINGS
        else floats(values)
        for name, values in worked.VALUES.items()
    }


@pytest.mark.parametrize("name", worked.RATINGS)
def test_every_cell_gets_the_rating_of_the_table(name):
    assert ratings()[name].tolist() == worked.RATINGS[name]


def test_the_index_and_its_classes_are_those_of_the_example():
    found = index(DRASTIC, ratings())
    assert found.tolist() == worked.INDEX
    assert vulnerability(DRASTIC, OURS, found, ratings()).tolist() == worked.V


def test_a_source_loads_the_cells_within_its_reach_and_always_its_own():
    rows, columns, *tlq = np.array(worked.SOURCES, float).T
    x, y = worked.centre(rows, columns)
    reach = np.array(worked.REACH_CELLS) * worked.GRID.cell_m
    found = load_on(Sources(x, y, reach, np.prod(tlq, axis=0)), worked.GRID)
    assert np.allclose(found, worked.LOAD)
    assert overlay.classed(found, *OURS.load).tolist() == worked.P


def test_function_value_and_risk_decide_control_areas_and_protection_overrides_them():
    value = floats(worked.QUALITY) * floats(worked.YIELD)
    assert value.tolist() == worked.FUNCTION
    f = overlay.classed(value, *OURS.function)
    assert f.tolist() == worked.F
    v, p = np.array(worked.V, np.uint8), np.array(worked.P, np.uint8)
    control = overlay.control(OURS, v, p, f)
    assert control.tolist() == worked.CONTROL
    protection = np.zeros((3, 3), np.uint8)
    protection[0, 0], protection[2, 1] = worked.LEVEL_1, worked.QUASI
    assert overlay.override(control, protection).tolist() == worked.FINAL


@pytest.fixture(scope="module")
def computed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worked")
    asked = plan.Asked(plan.of(worked.files(folder)), folder, worked.AREA)
    return compute.run(asked, folder / "out")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("index", worked.INDEX), ("vulnerability", worked.V), ("load", worked.P),
     ("function", worked.F), ("zones", worked.FINAL)],
)  # fmt: skip
def test_from_files_the_same_comes_out_cell_by_cell(computed, name, expected):
    with rasterio.open(computed.folder / f"{name}.tif") as dataset:
        assert dataset.crs.to_epsg() == 4547
        assert dataset.dtypes == ("float32" if name == "index" else "uint8",)
        assert dataset.read(1).tolist() == expected


def test_areas_by_class_are_cells_times_their_size(computed):
    assert computed.grid == worked.GRID
    assert computed.cells == {0: 2, 1: 3, 2: 2, 11: 1, 13: 1}
    assert computed.area_km2(1) == pytest.approx(0.03)
    assert (
        computed.sketch.before_m2 == computed.sketch.after_m2 == {1: 3e4, 2: 2e4, 11: 1e4, 13: 1e4}
    )


def test_for_tiles_the_classes_lie_in_web_mercator_too(computed):
    with rasterio.open(computed.folder / "zones.web.tif") as dataset:
        assert dataset.crs.to_epsg() == 3857
        assert dataset.dtypes == ("uint8",)
        assert set(np.unique(dataset.read(1))) == {0, 1, 2, 11, 13, 255}


def test_what_it_was_made_of_stands_in_every_file(computed):
    with rasterio.open(computed.folder / "zones.web.tif") as dataset:
        told = json.loads(dataset.tags()[LINEAGE])
    assert told == computed.lineage
    assert set(told["inputs"]) >= {*worked.VALUES, "load", "quality", "yield"}
    assert all(len(each["sha256"]) == 64 for each in told["inputs"].values())
    assert told["overlay"]["official"] is False
    assert told["plan"]["name"] == "示例三乘三"


def test_the_same_inputs_give_the_same_bytes_whoever_computes_them(computed, tmp_path):
    told = worked.files(tmp_path) | {"workers": 1}
    again = compute.run(plan.Asked(plan.of(told), tmp_path, worked.AREA), tmp_path / "again")
    assert again.digest == computed.digest
    names = sorted(each.name for each in computed.folder.iterdir())
    assert sorted(each.name for each in again.folder.iterdir()) == names
    for name in names:
        assert (again.folder / name).read_bytes() == (computed.folder / name).read_bytes(), name


def test_one_other_cell_in_one_input_is_another_run(computed, tmp_path):
    told = worked.files(tmp_path)
    worked.tif(tmp_path / "D.tif", [[1, 8, 25], [60, 4, 12], [3, 20, 41]], unit="m")
    other = compute.run(plan.Asked(plan.of(told), tmp_path, worked.AREA), tmp_path / "other")
    assert other.digest != computed.digest
    assert other.cells == computed.cells
