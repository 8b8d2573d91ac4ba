"""Frames and files of every make, what is wrong with them, and what is not there."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gis_app import offline
from gis_app.errors import BadInput, NotFound, UnknownCrs, UnreadableFile
from tests.world import at, square

# a shapefile has ten bytes for a name
SHORT = {"井编号": "code", "行政区划代码": "adcode", "是否自备井": "自备井", "应用状况": "status",
         "取水用途": "purpose", "位置精度（米）": "accuracy"}  # fmt: skip
KEPT = [*SHORT.values(), "geometry"]
PAPER = {"instruments": ["yangquan-2023-75"], "on": "2024-06-30"}
EMPTY = {"exemption_grant": offline.EMPTY, "withdrawal": offline.EMPTY, "permit": offline.EMPTY}


@pytest.fixture
def wells():
    """Two wells: deep inside a zone, and 4 m beyond its edge."""
    frame = {
        "井编号": ["A", "B"],
        "行政区划代码": ["140302", "140302"],
        "是否自备井": ["是", "是"],
        "应用状况": ["active", "active"],
        "取水用途": ["industry", "industry"],
        "位置精度（米）": [0.0, 5.0],
        "备注列": ["", ""],
    }
    return gpd.GeoDataFrame(
        frame, geometry=[shapely.Point(at(500, 500)), shapely.Point(at(1004, 500))], crs=4490
    )


@pytest.fixture
def areas():
    return gpd.GeoDataFrame(
        {"name": ["管网"], "valid_from": [date(2020, 1, 1)], "boundary_accuracy_m": [0.0]},
        geometry=[square(0, 0, 1000)],
        crs=4490,
    )


def _said(audit):
    rows = audit.findings(rule="YQ-03")
    return dict(zip(rows["subject_code"], rows["answer"], strict=True))


def _ask(wells, areas, **more):
    return offline.audit(
        wells, {"public_supply_coverage": areas}, **{"registers": EMPTY, **PAPER, **more}
    )


@pytest.mark.parametrize("kind", ["frame", "parquet", "gpkg", "shp", "csv", "projected"])
def test_the_answer_is_the_same_from_every_kind_of_file(wells, areas, tmp_path, kind):
    given = {
        "frame": lambda: (wells, areas),
        "parquet": lambda: [_saved(f, tmp_path / f"{n}.parquet") for n, f in _both(wells, areas)],
        "gpkg": lambda: [_saved(f, tmp_path / f"{n}.gpkg") for n, f in _both(wells, areas)],
        "shp": lambda: (_saved(wells.rename(columns=SHORT)[KEPT], tmp_path / "w.shp"), areas),
        "csv": lambda: (_as_csv(wells, tmp_path / "w.csv"), areas),
        "projected": lambda: (wells.to_crs(4547), areas.to_crs(4547)),
    }[kind]()
    assert _said(_ask(*given)) == {"A": "applies", "B": "indeterminate"}


def _both(wells, areas):
    return (("w", wells), ("z", areas))


def _saved(frame, path):
    frame.to_parquet(path) if path.suffix == ".parquet" else frame.to_file(path, encoding="utf-8")
    return path


def _as_csv(wells, path):
    plain = pd.DataFrame(wells.drop(columns="geometry"))
    plain.assign(经度=wells.geometry.x, 纬度=wells.geometry.y).to_csv(path, index=False)
    return path


def test_one_frame_with_a_column_of_layers_is_as_good_as_one_for_each(wells, areas):
    whole = areas.assign(layer="public_supply_coverage")
    audit = offline.audit(wells, whole, registers=EMPTY, **PAPER)
    assert _said(audit) == {"A": "applies", "B": "indeterminate"}
    with pytest.raises(BadInput, match=r"(?s)layer 一列.*column `layer`"):
        offline.audit(wells, areas, **PAPER)
    with pytest.raises(NotFound, match="no_such"):
        offline.audit(wells, {"no_such": areas}, **PAPER)


def test_what_is_handed_in_is_left_as_it_was(wells, areas):
    grant = {
        "subject": "well",
        "subject_code": "A",
        "kind": "drought_emergency",
        "document": "批复",
    }
    grants = pd.DataFrame([{**grant, "from_on": "2024-01-01", "until_on": None}])
    before = [each.copy(deep=True) for each in (wells, areas, grants)]
    _ask(wells, areas, registers={**EMPTY, "exemption_grant": grants})
    for was, now in zip(before, (wells, areas, grants), strict=True):
        assert list(was.columns) == list(now.columns)
        assert was.equals(now)


def test_a_register_that_is_not_given_is_unknown_and_told_so(wells, areas):
    ask = {"zones": {"prohibited_zone": areas}, "on": "2024-06-30"}
    known = offline.audit(wells, registers=EMPTY, **ask)
    unknown = offline.audit(wells, registers={}, **ask)
    assert set(known.not_given) == {"violation", "correction_order"}
    assert set(unknown.not_given) == {*known.not_given, "withdrawal", "exemption_grant"}
    assert "exemption_grant" in unknown._repr_html_()
    both = known.findings(answer="applies").merge(
        unknown.findings(), on=["subject_code", "rule"], suffixes=("", "_unknown")
    )
    doubted = both[both["answer_unknown"] == "indeterminate"]
    assert len(both) == len(known.findings(answer="applies"))  # nothing passes in silence
    assert len(doubted)
    assert doubted["missing_unknown"].str.contains("granted__").all()
    assert unknown.wells_by_flag.get("close", 0) <= known.wells_by_flag["close"]


def test_a_layer_without_data_is_told_and_is_no_pass(wells, areas):
    audit = _ask(wells, areas)
    assert list(audit.not_assessed["layer"]) == ["surface_supply_area"]
    assert list(audit.not_assessed["wells"]) == [2]
    assert audit.wells_by_flag == {"close": 1, "indeterminate": 1}
    assert list(audit.flags.columns) == ["code", "area_code", "flag", "rule"]
    assert audit.counts["wells"].sum() == len(audit.findings())


def test_findings_are_narrowed_as_the_client_s_are(wells, areas):
    audit = _ask(wells, areas)
    assert list(audit.findings(code="A", subject="well")["subject_code"].unique()) == ["A"]
    assert audit.findings(subject="site").empty
    assert len(audit.findings(answer=["applies", "indeterminate"])) == len(audit.findings())
    with pytest.raises(BadInput, match=r"(?s)按“colour”筛选.*verdict"):
        audit.findings(colour="red")


def test_a_day_before_the_law_binds_nobody(wells, areas):
    audit = _ask(wells, areas, on=date(2023, 10, 17))
    assert audit.findings().empty
    assert audit.wells_by_flag == {"clear": 2}
    with pytest.raises(BadInput, match="2024-06-30"):
        _ask(wells, areas, on="last week")


def _turned(wells):
    return wells.set_geometry(gpd.points_from_xy(wells.geometry.y, wells.geometry.x), crs=4490)


def _named(wells, srid):
    return wells.set_crs(srid, allow_override=True)


FAULTS = {
    "no code": (lambda w: w.drop(columns="井编号"), BadInput, r"(?s)井编号.*Source\(columns="),
    "twice": (lambda w: w.assign(井编号="A"), BadInput, r"(?s)A（第 1、2 行）.*rows 1, 2"),
    "word": (lambda w: w.assign(应用状况="也许"), BadInput, r"(?s)第 1 行.*词表.*row 1.*accepted"),
    "range": (lambda w: w.assign(**{"位置精度（米）": -1.0}), BadInput, r"(?s)须在 0 至.*between"),
    "no crs": (lambda w: _named(w, None), UnknownCrs, "EPSG"),
    "old datum": (lambda w: _named(w, 4214), UnknownCrs, "北京54"),
    "nowhere": (lambda w: w.set_geometry([None, w.geometry[1]]), BadInput, r"第 1 行.*没有位置"),
    "swapped": (_turned, BadInput, r"(?s)互换.*swapped"),
    "no file": (lambda w: "nowhere.gpkg", UnreadableFile, "nowhere.gpkg"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_by_row_and_field_with_the_remedy(wells, areas, name):
    spoil, kind, words = FAULTS[name]
    with pytest.raises(kind, match=words):
        _ask(spoil(wells), areas)


def test_an_invalid_zone_is_refused_by_name_of_the_fault_or_mended_when_asked(wells, areas):
    bow = shapely.Polygon([at(0, 0), at(1000, 1000), at(1000, 0), at(0, 1000)])
    crossed = areas.set_geometry([bow], crs=4490)
    with pytest.raises(BadInput, match=r"(?s)第 1 行.*自相交.*Invalid polygon"):
        _ask(wells, crossed)
    audit = _ask(wells, offline.Source(data=crossed, repair=True))
    assert set(audit.problems["code"]) >= {"invalid_repaired"}


def test_a_register_or_column_that_is_unknown_is_named(wells, areas):
    with pytest.raises(BadInput, match=r"(?s)没有登记册“permits”.*permit, "):
        _ask(wells, areas, registers={"permits": offline.EMPTY})
    with pytest.raises(BadInput, match="lacks the columns area, value"):
        _ask(wells, areas, registers={"law_parameter": pd.DataFrame({"name": [], "since": []})})
    with pytest.raises(NotFound, match="yangquan-2099"):
        _ask(wells, areas, instruments=["yangquan-2099"])
