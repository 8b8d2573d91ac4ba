"""Every notebook runs against a real service, and its numbers are those of the database."""

import json
import os
from collections import Counter
from pathlib import Path

import geopandas as gpd
import nbformat
import numpy as np
import pandas as pd
import pytest
import rasterio
from nbclient import NotebookClient
from sqlalchemy import text

from tests.asked_of_notebooks import ASK
from tests.looking import looked_at
from tests.service import service  # noqa: F401

pytestmark = pytest.mark.xdist_group("notebooks")  # each notebook runs once
NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
KANSAS = Path(__file__).parents[2] / "shared" / "data" / "kansas" / "kansas.gpkg"
COUNTY = "140302"


def run(path, folder, service, ask="", **more):  # noqa: F811
    """The notebook after running it in a folder; `ask` is a last cell whose JSON is returned."""
    notebook = nbformat.read(path, as_version=4)
    if ask:
        notebook.cells.append(nbformat.v4.new_code_cell(ask))
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    env = {**os.environ, "GIS_URL": service.url, "GIS_TOKEN": service.token,
           "GIS_OUT": str(folder / "out"), "GIS_KANSAS": str(KANSAS),
           "GIS_WELLS": "4000", **more}  # fmt: skip
    client.execute(env=env)
    told = json.loads(notebook.cells[-1].outputs[0]["text"]) if ask else None
    return notebook, told


@pytest.fixture(scope="module")
def executed(service, tmp_path_factory):  # noqa: F811
    """A function that runs a notebook, once: (notebook, what it told, its folder)."""
    done = {}

    def once(path):
        if path not in done:
            folder = tmp_path_factory.mktemp(path.stem)
            done[path] = (*run(path, folder, service, ASK.get(path.stem, "")), folder)
        return done[path]

    return once


@pytest.fixture(scope="module")
def county(executed):
    """Notebook 01, run."""
    return executed(next(p for p in NOTEBOOKS if p.name.startswith("01_")))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_in_git_a_notebook_has_no_outputs_and_says_everything_twice(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        elif cell.source.startswith("#"):
            title, english, *_ = cell.source.splitlines()
            assert any("\u4e00" <= c <= "\u9fff" for c in title), title
            assert english.strip("*").isascii(), english
    tags = [t for cell in notebook.cells for t in cell.metadata.get("tags", [])]
    assert tags[0] == "parameters"
    assert tags[-1] == "check"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_from_top_to_bottom(path, executed):
    notebook, _, _ = executed(path)
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    assert all(c.execution_count for c in cells)
    warned = [o["text"] for c in cells for o in c.outputs if o.get("name") == "stderr"]
    assert warned == []


def test_the_county_s_totals_are_those_of_the_ledger(county, service):  # noqa: F811
    _, told, _ = county
    with service.engine.connect() as conn:
        rows = conn.execute(
            text(
                "select f.subject_code, f.answer, f.verdict from gis.finding f"
                " join gis.audit_run r on r.run_id = :run and f.ledger = r.ledger"
                " where f.closed_run is null and f.area_code like :area and f.subject = 'well'"
            ),
            {"run": told["run_id"], "area": f"{COUNTY}%"},
        ).all()
    closing = [r for r in rows if r.verdict in {"prohibit", "close_by", "seal"}]
    close = {r.subject_code for r in closing if r.answer == "applies"}
    doubtful = {r.subject_code for r in closing if r.answer == "indeterminate"} - close
    assert len(rows) == told["findings"]
    assert Counter(r.answer for r in rows) == told["by_answer"]
    assert sorted(close) == told["must_close"]
    assert sorted(doubtful) == told["unknown"]
    assert told["on_map"] == {"close": len(close), "indeterminate": len(doubtful)}


def test_the_wells_in_supply_coverage_are_those_geopandas_finds(county, service):  # noqa: F811
    """The rule again, written out in pandas over the bare tables: register and polygons."""
    _, told, _ = county
    with service.engine.connect() as conn:
        wells = gpd.read_postgis(
            text(
                "select code, self_supply, status, well_type, use, uncertainty_m, geom"
                " from gis.well where area_code like :area"
            ),
            conn,
            params={"area": f"{COUNTY}%"},
        ).to_crs(4547)
        zones = gpd.read_postgis(
            text(
                "select boundary_accuracy_m, geom from gis.zone"
                " where layer = 'public_supply_coverage' and law_status = 'approved'"
                " and valid_from <= gis.today() and (valid_to is null or valid_to > gis.today())"
            ),
            conn,
        ).to_crs(4547)
    shut = {"closed", "sealed", "backfilled", "proposed", "approved", "under_construction"}
    asked = wells[
        wells["self_supply"].eq(True)
        & wells["status"].notna()
        & ~wells["status"].isin([*shut, "emergency_only"])
        & ~wells["well_type"].isin(["public_supply", "monitoring", "emergency_backup"])
        & ~wells["use"].isin(["public_supply", "monitoring_test", "emergency"])
    ]
    held = asked.sjoin(zones, predicate="within").drop_duplicates("code")
    edge_m = held.distance(zones.union_all().boundary)
    spare_m = edge_m - held["uncertainty_m"] - held["boundary_accuracy_m"]
    sure = set(held[spare_m > 0.5]["code"])
    perhaps = set(held[spare_m > -0.5]["code"])  # half a metre for the plane
    assert sure <= set(told["in_coverage"]) <= perhaps
    assert len(sure) > 30


def test_the_lists_it_exports_have_every_row(county):
    _, told, folder = county
    out = folder / "out"
    assert {p.name for p in out.iterdir()} == {
        "closures.xlsx", "closures.csv", "closures.codebook.csv", "survey.xlsx",
        "map.html", "map.png", "report.html", "report.xlsx",
    }  # fmt: skip
    sheet = pd.read_excel(out / "closures.xlsx", sheet_name="findings", engine="openpyxl")
    text_file = pd.read_csv(out / "closures.csv", encoding="utf-8-sig")
    assert len(sheet) == len(text_file) == told["closures"]
    assert sorted(set(sheet["subject_code"])) == told["must_close"]
    assert sheet["sentence_zh"].str.len().gt(20).all()
    assert {"owner", "township", "annual_reported_m3"} <= set(sheet.columns)
    book = pd.read_csv(out / "closures.codebook.csv", encoding="utf-8-sig")
    assert list(book["column"]) == list(text_file.columns)
    survey = pd.read_excel(out / "survey.xlsx", engine="openpyxl")
    assert sorted(set(survey["subject_code"])) == told["unknown"]


def test_the_exported_map_draws_without_network(county):
    _, told, folder = county
    seen = looked_at((folder / "out" / "map.html").as_uri())
    assert seen["faults"] == []
    assert f"{told['on_map']['close']:,}" in seen["legend"]
    assert "示例数据" in seen["legend"]
    assert seen["wells"] > 20
    assert "号井" in seen["popup"]
    assert "Well SL-" in seen["popup"]


def test_the_map_shows_in_the_notebook_itself(county, tmp_path):
    notebook, _, _ = county
    (cell,) = [c for c in notebook.cells if "map" in c.metadata.get("tags", [])]
    frame = cell.outputs[0]["data"]["text/html"]
    assert frame.startswith("<iframe srcdoc=")
    host = tmp_path / "notebook.html"
    host.write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    seen = looked_at(host.as_uri(), frame="iframe")
    assert seen["faults"] == []
    assert seen["wells"] > 20
    assert "号井" in seen["popup"]


def test_the_wells_in_the_zone_tried_are_those_postgis_finds(executed, service):  # noqa: F811
    """Surely inside: farther from the line than both are certain, asked of the bare register."""
    _, told, folder = executed(named("02_"))
    surely = (
        "select w.code from gis.well w, st_geomfromtext(:wkt, 4490) z where st_covers(z, w.geom)"
        " and st_distance(st_boundary(z)::geography, w.geom::geography)"
        " > w.uncertainty_m + 5 + :spare_m"
    )
    with service.engine.connect() as conn:
        some, most = (
            set(conn.execute(text(surely), {"wkt": told["shape"], "spare_m": spare_m}).scalars())
            for spare_m in (0.01, -0.01)
        )
        kept = conn.execute(text("select count(*) from gis.zone where name like '试算%'")).scalar()
    assert len(some) <= told["inside"] <= len(most)
    assert set(told["gained"]) <= most
    assert len(told["gained"]) > 30
    assert kept == 0
    seen = looked_at((folder / "out" / "trial.html").as_uri())
    assert seen["faults"] == []
    assert f"{told['on_map']['close']:,}" in seen["legend"]
    assert seen["wells"] > 10


def test_the_changes_between_two_dates_are_those_of_the_ledgers(executed, service):  # noqa: F811
    """Each audit's findings by its ledger, and their difference, in plain SQL."""
    _, told, folder = executed(named("03_"))
    stood = (
        "select f.subject, f.subject_id, f.rule, f.answer, f.verdict, coalesce(f.exemption, ''),"
        " coalesce(f.zone_id, 0) from gis.finding f join gis.audit_run r on r.run_id = :run"
        " and r.ledger = f.ledger where f.opened_run <= :run"
        " and (f.closed_run is null or f.closed_run > :run) and starts_with(f.area_code, r.area)"
    )
    with service.engine.connect() as conn:
        one, other = (
            {row[:3]: row[3:] for row in conn.execute(text(stood), {"run": run})}
            for run in told["runs"][:2]
        )
        coming = set(
            conn.execute(
                text("select name from gis.zone where valid_from between gis.today() and :ahead"),
                {"ahead": "2027-06-30"},
            ).scalars()
        )
    shared = one.keys() & other.keys()
    assert told["opened"] == len(other.keys() - shared) > 50
    assert told["closed"] == len(one.keys() - shared)
    assert told["continued"] == sum(one[key] == other[key] for key in shared) > 50
    assert told["changed"] == len(shared) - told["continued"]
    assert "yangquan-2023-75" in told["began"]
    assert set(told["zone_new"]) <= coming
    assert told["zone_new"]
    sheet = pd.read_excel(folder / "out" / "changes.xlsx", engine="openpyxl")
    assert sheet["kind"].value_counts()["opened"] == told["opened"]


def test_a_made_messy_registry_is_found_out_mended_and_taken_back(executed, service):  # noqa: F811
    _, told, _ = executed(named("05_"))
    assert told["rows"]["mangled_number"] == told["rows"]["swapped_axes"] == told["wells"] == 18
    assert told["rows"]["zone_prefix_missing"] == 6
    assert told["rows"]["coordinates_disagree"] == 1
    assert told["placed"] == 18
    assert states(service, told["batches"]) == ["discarded", "undone"]


def test_the_nansha_file_s_faults_are_found_one_by_one(shared, service, tmp_path):  # noqa: F811
    """The counts are those of the file itself, as its faults were counted by hand."""
    path = named("05_")
    wells = str(shared / "data" / "nansha_wells" / "nlogs.csv")
    _, told = run(path, tmp_path, service, ASK[path.stem], GIS_MESSY=wells)
    assert told["rows"] | {
        "mangled_number": 47, "swapped_axes": 47, "zone_prefix_missing": 15,
        "crs_label_drag_filled": 15, "coordinates_disagree": 1, "legacy_datum": 33,
    } == told["rows"]  # fmt: skip
    assert told["placed"] is None
    assert states(service, told["batches"]) == ["discarded", "discarded"]
    refused = pd.read_csv(tmp_path / "out" / "refused.csv", encoding="utf-8-sig")
    assert len(refused) == 47


def named(start):
    """The notebook whose name begins so."""
    return next(path for path in NOTEBOOKS if path.name.startswith(start))


def states(service, batches):  # noqa: F811
    """What became of these imports."""
    statement = text("select state from gis.batch where batch_id = any (:ids) order by batch_id")
    with service.engine.connect() as conn:
        return list(conn.execute(statement, {"ids": batches}).scalars())


@pytest.fixture(scope="module")
def zoned(executed):
    """Notebook 07, run."""
    return executed(next(p for p in NOTEBOOKS if p.name.startswith("07_")))


def test_the_zones_of_the_sample_city_are_those_reckoned_from_their_own_classes(zoned):
    """Control areas and protection once more, from the classes and areas beside them."""
    _, told, folder = zoned
    made = folder / "out" / "zoning"

    def held(name):
        with rasterio.open(made / f"{name}.tif") as dataset:
            return dataset.read(1).astype(int)

    v, p, f, zones = (held(name) for name in ("vulnerability", "load", "function", "zones"))
    score = -(-(v + p) // 2) * f
    control = np.where(score >= 12, 1, np.where(score >= 6, 2, 0))
    known = (v != 255) & (p != 255) & (f != 255)
    computed = zones <= 2
    assert (zones[computed] == control[computed]).all()
    assert known[computed].all()
    assert {1, 2, 11, 12, 13, 14} <= set(np.unique(zones))
    for code, count in told["cells"].items():
        if code != "255":
            assert (zones == int(code)).sum() == count
        assert told["km2"][code] == pytest.approx(count * 0.04)


def test_its_drafts_were_brought_in_whole_and_taken_back_whole(zoned, service):  # noqa: F811
    _, told, _ = zoned
    with service.engine.connect() as conn:
        state, report = conn.execute(
            text("select state, report from gis.batch where batch_id = :b"),
            {"b": told["batch_id"]},
        ).one()
        left = conn.execute(
            text("select count(*) from gis.zone where batch_id = :b"), {"b": told["batch_id"]}
        ).scalar()
    assert (state, left) == ("undone", 0)
    assert report["inserted"] == told["drawn"] > 10
    assert report["refused"] == 0
    assert "岩溶水" in told["refusal"]
