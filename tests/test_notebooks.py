"""Every notebook runs against a real service, and its numbers are those of the database."""

import json
import os
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient
from PIL import Image
from playwright.sync_api import sync_playwright
from sqlalchemy import text

from tests.service import service  # noqa: F401

pytestmark = pytest.mark.xdist_group("notebooks")  # each notebook runs once
NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
KANSAS = Path(__file__).parents[2] / "shared" / "data" / "kansas" / "kansas.gpkg"
COUNTY = "140302"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]  # fmt: skip


def run(path, folder, service, ask=""):  # noqa: F811
    """The notebook after running it in a folder; `ask` is a last cell whose JSON is returned."""
    notebook = nbformat.read(path, as_version=4)
    if ask:
        notebook.cells.append(nbformat.v4.new_code_cell(ask))
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    env = {**os.environ, "GIS_URL": service.url, "GIS_TOKEN": service.token,
           "GIS_OUT": str(folder / "out"), "GIS_KANSAS": str(KANSAS),
           "GIS_WELLS": "4000"}  # fmt: skip
    client.execute(env=env)
    told = json.loads(notebook.cells[-1].outputs[0]["text"]) if ask else None
    return notebook, told


# what a test asks of a notebook's own variables, in a cell of its own after the last
ASK = {
    "01_audit_a_county": """
import json
print(json.dumps({
    "run_id": audit.run_id,
    "findings": len(findings),
    "by_answer": findings["answer"].value_counts().to_dict(),
    "must_close": sorted(must_close["subject_code"]),
    "unknown": sorted(set(unknown["subject_code"])),
    "in_coverage": sorted(
        findings.query("rule == 'YQ-03' and answer == 'applies'")["subject_code"]
    ),
    "closures": len(closures),
    "on_map": county_map.counts,
}))
"""
}


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
        "map.html", "map.png",
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


def looked_at(url, frame=None):
    """What a page with a map shows in Chromium without network: legend, wells, popup, faults.

    In a thread of its own: Playwright allows one driver in each, and the map's tests have one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_look, url, frame).result()


def _look(url, frame):
    faults = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
        page = context.new_page()
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("console", lambda m: m.type in {"error", "warning"} and faults.append(m.text))
        page.on("request", lambda r: r.url.startswith("http") and faults.append(r.url))
        page.goto(url)
        inner = page.frame_locator(frame) if frame else page
        inner.locator("canvas.maplibregl-canvas").wait_for(timeout=30_000)
        legend = inner.locator("details").inner_text()
        drawn = []
        for _ in range(60):  # frame by frame, until it is at rest
            page.wait_for_timeout(500)
            drawn, before = discs(page), len(drawn)
            if drawn and len(drawn) == before:
                break
        assert drawn, f"no well was drawn; {faults}"
        y, x = drawn[len(drawn) // 2]
        page.mouse.click(int(x), int(y))
        popup = inner.locator(".maplibregl-popup").inner_text(timeout=10_000)
        browser.close()
    return {"legend": legend, "wells": len(drawn), "popup": popup, "faults": faults}


def discs(page):
    """The middles of filled discs in the colour of wells that must close, as (y, x)."""
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    red = np.abs(np.asarray(image, dtype=int) - [0xB3, 0x26, 0x1E]).max(axis=2) < 12
    red[:300, :360] = False  # the legend
    full = np.lib.stride_tricks.sliding_window_view(red, (9, 9)).all(axis=(2, 3))
    kept: list[tuple[int, int]] = []
    for y, x in np.argwhere(full) + 4:
        if all(abs(y - b) + abs(x - a) > 8 for b, a in kept):
            kept.append((y, x))
    return kept
