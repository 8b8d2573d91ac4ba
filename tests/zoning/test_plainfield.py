"""Real, awkward files (USGS, Plainfield): their traps are named, then come D, R, T and an index."""

import numpy as np
import pytest
import rasterio
from pyproj import Transformer
from shapely import box

from gis_app.errors import Refused
from gis_app.zoning import compute, plan

AREA = box(-89.49, 44.185, -89.42, 44.225)
ASSUMED = {"A": "sand_gravel", "S": "sand", "I": "sand_gravel"}


@pytest.fixture(scope="module")
def files(shared):
    """Depth, recharge and slope from the files as they are; media assumed as glacial outwash."""
    folder = shared / "data" / "plainfield"
    (recharge,) = folder.glob("net_infiltration*.tif")
    dem = str(folder / "dem10m.tif")
    heads = {"points": str(folder / "uwsp_heads.csv"), "x": "x_utm", "y": "y_utm",
             "column": "value", "crs": "EPSG:3070", "unit": "m"}  # fmt: skip
    return {
        "D": {"dem": dem, "water": heads, "unit": "m"},
        "R": {"raster": str(recharge)},
        "T": {"slope_of": dem, "unit": "m"},
        "C": {"constant": 60, "unit": "m/d"},
        **{name: {"constant": kind} for name, kind in ASSUMED.items()},
    }


def run(folder, inputs):
    told = {"name": "Plainfield", "profile": "DRASTIC-1987", "cell_m": 10, "inputs": inputs,
            "keep_inputs": True}  # fmt: skip
    return compute.run(plan.Asked(plan.of(told), folder, AREA), folder / "out")


def test_the_unnamed_crs_and_the_unit_nobody_wrote_into_the_file_are_named(files, tmp_path):
    with pytest.raises(Refused) as caught:
        run(tmp_path, files)
    found = {(each.of, each.code): each.en for each in caught.value.problems}
    assert set(found) == {
        ("D.dem", "crs_unknown"), ("T", "crs_unknown"), ("R", "unit_missing")
    }  # fmt: skip
    assert "'unnamed'" in found["T", "crs_unknown"]
    assert "mm/yr" in found["R", "unit_missing"]


@pytest.fixture(scope="module")
def computed(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("plainfield")
    crs = {"crs": "EPSG:3070"}  # as the other files of the set say
    told = {name: dict(each) for name, each in files.items()}
    told["D"] |= crs
    told["T"] |= crs
    told["R"] |= {"unit": "inches/yr"}
    return run(folder, told)


def held(computed, name):
    with rasterio.open(computed.folder / f"{name}.tif") as dataset:
        return dataset.read(1)


def test_outside_china_the_grid_is_utm(computed):
    assert computed.grid.srid == 32616
    codes = {(each.of, each.code) for each in computed.notices}
    assert ("R", "coarser") in codes  # 100 m onto 10 m
    assert ("D.water", "few_points") in codes
    assert {name for name, code in codes if code == "constant"} == {"A", "S", "I", "C"}


def cells(computed, count=200):
    """Some cells within the area: their rows and columns, and their places in EPSG:3070."""
    rng = np.random.default_rng(2)
    rows, columns = np.nonzero(~np.isnan(held(computed, "index")))
    some = rng.choice(len(rows), count, replace=False)
    rows, columns = rows[some], columns[some]
    g = computed.grid
    x, y = g.west + (columns + 0.5) * g.cell_m, g.north - (rows + 0.5) * g.cell_m
    return rows, columns, *Transformer.from_crs(32616, 3070, always_xy=True).transform(x, y)


def nine(path, x, y):
    """The nine cells about places in a file's own CRS, by offset, and the transform's cell."""
    with rasterio.open(path) as dataset:
        values, a = dataset.read(1).astype(float), dataset.transform
    rows, columns = ((a.f - y) / -a.e).astype(int), ((x - a.c) / a.a).astype(int)
    return np.stack([values[rows + i, columns + j] for i in (-1, 0, 1) for j in (-1, 0, 1)])


def test_recharge_in_inches_is_in_millimetres_where_it_lies(computed, files):
    rows, columns, x, y = cells(computed)
    near = nine(files["R"]["raster"], x, y)
    found = held(computed, "input_R")[rows, columns]
    assert (found >= near.min(axis=0) * 25.4 - 0.01).all()
    assert (found <= near.max(axis=0) * 25.4 + 0.01).all()
    assert 100 < np.median(found) < 500


def test_depth_is_the_ground_less_the_kriged_heads_and_never_negative(computed, files):
    rows, columns, x, y = cells(computed)
    near = nine(files["T"]["slope_of"], x, y)
    depth = held(computed, "input_D")
    assert np.nanmin(depth) >= 0
    levels = near[4] - depth[rows, columns]
    below = depth[rows, columns] > 0
    assert 331 < np.median(levels[below]) < 334.5  # the seven heads lie from 331.1 to 334.4 m
    error = held(computed, "D.water_error")
    assert (error >= 0).all()
    assert error.max() > error.min()


def test_slope_is_that_of_the_file_s_own_cells_but_for_the_resampling(computed, files):
    rows, columns, x, y = cells(computed)
    nw, n, ne, w, _, e, sw, south, se = nine(files["T"]["slope_of"], x, y)
    dx, dy = (ne + 2 * e + se - nw - 2 * w - sw) / 80, (sw + 2 * south + se - nw - 2 * n - ne) / 80
    found = held(computed, "input_T")[rows, columns]
    assert np.median(np.abs(found - 100 * np.hypot(dx, dy))) < 0.3
    assert np.corrcoef(found, np.hypot(dx, dy))[0, 1] > 0.95


def test_the_index_is_that_of_a_cell_by_cell_reckoning(computed):
    edges = {"D": (1.524, 4.572, 9.144, 15.24, 22.86, 30.48), "R": (50.8, 101.6, 177.8, 254),
             "T": (2, 6, 12, 18)}  # fmt: skip
    scores = {"D": (10, 9, 7, 5, 3, 2, 1), "R": (1, 3, 6, 8, 9), "T": (10, 9, 5, 3, 1)}
    weights = {"D": 5, "R": 4, "T": 1}
    values = {name: held(computed, f"input_{name}") for name in edges}
    found = held(computed, "index")
    rows, columns, *_ = cells(computed, 500)
    for row, column in zip(rows, columns, strict=True):
        expected = 3 * 8 + 2 * 9 + 5 * 8 + 3 * 8  # A, S, I and C as assumed
        for name, limits in edges.items():
            above = sum(values[name][row, column] > np.float32(limit) for limit in limits)
            expected += weights[name] * scores[name][above]
        assert found[row, column] == expected


def test_without_load_and_function_value_there_are_no_zones(computed):
    assert computed.sketch is None
    assert sorted(computed.files) == sorted(
        ["index", "vulnerability", "vulnerability.web", "D.water", "D.water_error",
         *(f"input_{name}" for name in "DRASTIC")]
    )  # fmt: skip
