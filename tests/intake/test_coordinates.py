"""Every way of writing a place is read; every doubtful one is named. Vectors: PROJ 9.5, EPSG."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_app import crs as crs_module
from gis_app.errors import BadInput
from gis_app.intake import angles, columns, coordinates, grid
from gis_app.intake.read import read

# lon, lat, CM EPSG, E, N, zoned EPSG
VECTORS = [
    (113.58, 37.86, 4547, 463040.264, 4192041.838, 4526),
    (113.88, 37.97, 4547, 489455.811, 4204174.927, 4526),
    (113.11, 36.19, 4547, 419946.264, 4006992.357, 4526),
    (112.34, 36.50, 4546, 620055.305, 4041859.647, 4525),
    (112.85, 35.49, 4547, 395645.966, 3929564.032, 4526),
    (112.19, 35.69, 4546, 607715.628, 3951798.913, 4525),
    (108.71, 34.33, 4545, 565339.076, 3800495.132, 4524),
    (109.78, 39.60, 4546, 395212.660, 4385827.895, 4525),
    (107.98, 39.09, 4545, 498269.669, 4328495.646, 4524),
    (114.0, 38.0, 4547, 500000.000, 4207498.019, 4526),
]


def located(frame: pd.DataFrame, crs: str | None = None, **told: str) -> coordinates.Located:
    frame = frame.set_axis(range(1, len(frame) + 1))
    parsed = crs_module.parse(crs) if crs else None
    return coordinates.locate(frame, columns.find(frame, told), parsed)


def found(frame: pd.DataFrame, crs: str | None = None, **told: str) -> Counter[tuple[str, str]]:
    return Counter((p.code, p.level) for p in located(frame, crs, **told).problems.each())


def table(x: str, y: str, *rows: tuple[object, object]) -> pd.DataFrame:
    return pd.DataFrame([[str(a), str(b)] for a, b in rows], columns=[x, y])


@pytest.mark.parametrize(("lon", "lat", "epsg", "e", "n", "zoned"), VECTORS)
def test_a_zone_prefix_tells_the_zone(
    lon: float, lat: float, epsg: int, e: float, n: float, zoned: int
) -> None:
    prefix = (zoned - 4513 + 25) * 1_000_000
    place = located(table("东坐标", "北坐标", (f"{prefix + e:.3f}", n)))
    assert place.lon[0] == pytest.approx(lon, abs=1e-8)
    assert place.lat[0] == pytest.approx(lat, abs=1e-8)


@pytest.mark.parametrize(("lon", "lat", "epsg", "e", "n", "zoned"), VECTORS)
def test_without_a_prefix_the_zone_must_be_named(
    lon: float, lat: float, epsg: int, e: float, n: float, zoned: int
) -> None:
    frame = table("easting", "northing", (e, n))
    assert found(frame)["zone_prefix_missing", "refuse"] == 1
    for crs in (f"EPSG:{epsg}", f"EPSG:{zoned}"):
        place = located(frame, crs)
        assert (place.lon[0], place.lat[0]) == pytest.approx((lon, lat), abs=1e-8)


@pytest.mark.parametrize(
    "text",
    ["113°34′48″", "113°34'48\"", "113-34-48", "113:34:48", "113 34 48", "东经113度34分48秒",
     "113°34.8′", "E113°34′48″", "１１３°３４′４８″", "113°34′48.0″E", "113.58", "113.58°",
     "113.58E", "113º34’48”"],
)  # fmt: skip
def test_degrees_are_read_however_they_are_written(text: str) -> None:
    read_as = angles.parse(pd.Series([text]))
    assert read_as.degrees[0] == pytest.approx(113.58, abs=1e-12)
    assert not read_as.bad[0]


@pytest.mark.parametrize(
    "text", ["113°61′00″", "113°34′75″", "113.5°30′", "一百一十三度", "113°34′4x"]
)
def test_degrees_that_cannot_be_are_refused(text: str) -> None:
    frame = table("经度", "纬度", (text, "37.86"))
    assert found(frame)["bad_coordinate", "refuse"] == 1


@given(
    st.integers(0, 179),
    st.integers(0, 59),
    st.integers(0, 59_999),
    st.sampled_from(["{}°{}′{}″", "{}:{}:{}", "{}-{}-{}", "{} {} {}", "{}度{}分{}秒"]),
)
def test_what_is_written_as_degrees_minutes_seconds_comes_back(
    degree: int, minute: int, millisecond: int, form: str
) -> None:
    text = form.format(degree, minute, millisecond / 1000)
    expected = degree + minute / 60 + millisecond / 3_600_000
    assert angles.parse(pd.Series([text])).degrees[0] == pytest.approx(expected, abs=1e-10)


@given(st.floats(75.1, 134.9), st.floats(18.5, 53.0), st.booleans())
def test_any_place_in_china_survives_gauss_krueger_and_back(
    lon: float, lat: float, surveyors: bool
) -> None:
    zone = crs_module.gk_zone_of(lon)
    east, north = grid.to_grid(np.array([lon]), np.array([lat]), np.array([3.0 * zone]))
    easting, northing = f"{zone * 1e6 + east[0]:.4f}", f"{north[0]:.4f}"
    rows = (northing, easting) if surveyors else (easting, northing)
    place = located(table("X", "Y", rows))
    assert place.lon[0] == pytest.approx(lon, abs=3e-8)
    assert place.lat[0] == pytest.approx(lat, abs=3e-8)
    said = {p.code for p in place.problems.each()}
    assert ("surveyor_order" in said) == surveyors


def test_swapped_longitude_and_latitude_are_refused_with_the_way_out() -> None:
    place = located(table("经度", "纬度", ("37.860123", "113.580456")))
    problem = next(p for p in place.problems.each() if p.code == "swapped_axes")
    assert problem.level == "refuse"
    assert "--map lon=纬度 --map lat=经度" in problem.zh
    assert np.isnan(place.lon[0])


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        (("4192041.838", "38463040.264"), ("38463040.264", "4192041.838")),
        (("38463040.264", "4192041.838"), ("4192041.838", "38463040.264")),
        (("37.860123", "113.580456"), ("113.580456", "37.860123")),
        (("113.580456", "37.860123"), ("37.860123", "113.580456")),
    ],
)
def test_one_row_the_other_way_round_is_refused_alone(usual, odd) -> None:
    place = located(table("X", "Y", usual, usual, odd))
    refused = [(p.row, p.code) for p in place.problems.each() if p.level == "refuse"]
    assert refused == [(3, "swapped_axes")]
    assert np.isfinite(place.lon[:2]).all()
    assert (place.lon[:2] > 100).all()


def test_told_columns_are_believed() -> None:
    frame = table("甲", "乙", ("37.860123", "113.580456"))
    with pytest.raises(BadInput, match="--map lon"):
        located(frame)
    assert located(frame, lon="乙", lat="甲").lon[0] == pytest.approx(113.580456)
    with pytest.raises(BadInput, match="pairs"):
        located(frame, lon="乙")


def test_swapped_east_and_north_are_refused() -> None:
    frame = table("easting", "northing", (4192041.838, 38463040.264))
    assert found(frame)["swapped_axes", "refuse"] == 1


def test_each_row_is_judged_by_itself() -> None:
    frame = table(
        "东坐标", "北坐标", (38463040.264, 4192041.838), (463040.264, 4192041.838), ("", ""),
        (0, 0), (38463040.264, ""), ("x", 4192041.838), (12.5, 3e9), (463000, 4192000),
    )  # fmt: skip
    by_row: dict[int, set[str]] = {}
    for p in located(frame, "EPSG:4547").problems.each():
        by_row.setdefault(p.row or 0, set()).add(p.code)
    assert by_row == {
        4: {"zero_coordinate"},
        5: {"half_coordinate"},
        6: {"bad_coordinate"},
        7: {"bad_coordinate"},
        8: {"low_precision"},
    }


def test_the_wrong_zone_is_refused_by_prefix_and_by_distance_from_the_meridian() -> None:
    assert found(table("东坐标", "北坐标", (38463040.264, 4192041.838)), "EPSG:4546")[
        "wrong_zone", "refuse"
    ]
    far = located(table("东坐标", "北坐标", (94133.537, 3986000.0)), "EPSG:4548")
    assert {p.code for p in far.problems.each()} >= {"wrong_zone"}


def test_a_six_degree_zone_is_read() -> None:
    east, north = grid.to_grid(np.array([113.58]), np.array([37.86]), np.array([111.0]))
    place = located(table("东坐标", "北坐标", (19_000_000 + east[0], north[0])))
    assert place.lon[0] == pytest.approx(113.58, abs=1e-7)


def test_few_decimals_are_named_with_what_they_mean_on_the_ground() -> None:
    place = located(table("经度", "纬度", ("113.58", "37.86"), ("113.580", "37.860001")))
    rough = [p for p in place.problems.each() if p.code == "low_precision"]
    assert [(p.row, p.level) for p in rough] == [(1, "warn")]
    assert "1,113" in rough[0].zh


def test_labels_of_old_datums_are_refused_unless_the_user_names_the_system() -> None:
    frame = table("经度", "纬度", *[("113.580456", "37.860123")] * 3)
    frame["坐标系"] = ["西安80", "CGCS2000", "GCJ-02"]
    assert found(frame)["legacy_datum", "refuse"] == 1
    assert found(frame)["offset_coordinates", "refuse"] == 1
    assert found(frame)["crs_labels_disagree", "warn"] == 1
    assert found(frame, "EPSG:4490")["legacy_datum", "warn"] == 1


def test_a_foreign_projected_system_is_read_when_named(shared: Path) -> None:
    samples = read(shared / "data/kwale/water_samples.csv").frame
    known = samples[samples["utm_x"].str.fullmatch(r"\d+")]
    place = coordinates.locate(known, columns.find(known, {}), crs_module.parse("EPSG:21037"))
    assert (place.lon > 39).all()
    assert (place.lon < 40).all()
    assert ((place.lat > -5) & (place.lat < -4)).all()


@pytest.fixture(scope="module")
def nansha(shared: Path) -> list[tuple[str, str, int | None, str | None]]:
    frame = read(shared / "data/nansha_wells/nlogs.csv").frame
    problems = coordinates.locate(frame, columns.find(frame, {}), None).problems.each()
    return [(p.code, p.level, p.row, p.column) for p in problems]


def rows_with(problems: list[tuple[str, str, int | None, str | None]], *wanted: str) -> set[int]:
    return {p[2] for p in problems if p[0] == wanted[0] and p[2] and wanted[1:] in ((), (p[3],))}


def test_nansha_east_and_north_are_found_swapped_on_every_row(nansha) -> None:
    assert len(rows_with(nansha, "swapped_axes", "east")) == 47
    assert len(rows_with(nansha, "swapped_axes", "easting")) == 47


def test_nansha_the_zone_prefix_is_found_absent_on_fifteen_rows(nansha) -> None:
    assert len(rows_with(nansha, "zone_prefix_missing", "east")) == 15


def test_nansha_the_crs_label_is_found_drag_filled(nansha) -> None:
    assert rows_with(nansha, "crs_label_drag_filled") == set(range(1, 16))


def test_nansha_old_datums_are_refused_by_label_and_by_what_the_numbers_fit(nansha) -> None:
    assert len(rows_with(nansha, "legacy_datum")) == 33  # one Xian 80, 32 Beijing 1954
    fits = rows_with(nansha, "degrees_on_legacy_datum")
    assert len(fits) >= 12
    assert fits <= set(range(1, 16))
    assert {p[2] for p in nansha if p[1] == "refuse"} == set(range(1, 48))


def test_nansha_the_one_degree_typo_is_named(nansha) -> None:
    assert rows_with(nansha, "coordinates_disagree") == {14}  # B0118, 111 km off


def test_nansha_sexagesimal_text_agrees_with_the_decimals(shared: Path) -> None:
    frame = read(shared / "data/nansha_wells/nlogs.csv").frame
    dms = angles.parse(frame["lon"])
    assert dms.dms.all()
    assert np.allclose(dms.degrees, frame["longitude"].astype(float), atol=1e-9)


def test_nansha_the_second_file_is_found_to_be_on_beijing_1954(shared: Path) -> None:
    frame = read(shared / "data/nansha_wells/nlogs+.csv").frame
    problems = coordinates.locate(frame, columns.find(frame, {}), None).problems.each()
    refused = [p for p in problems if p.code == "degrees_on_legacy_datum"]
    assert len(refused) == len(frame)
    assert all("北京54" in p.zh and p.level == "refuse" for p in refused)
