"""01 and its numbers: those of the database."""

from collections import Counter

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from sqlalchemy import text

from tests.looking import looked_at
from tests.notebooks.running import named

COUNTY = "140302"


@pytest.fixture(scope="module")
def county(executed):
    """Notebook 01, run."""
    return executed(named("01_"))


def test_the_county_s_totals_are_those_of_the_ledger(county, service):
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


def test_the_wells_in_supply_coverage_are_those_geopandas_finds(county, service):
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
        & ~wells["well_type"].isin(["injection", "geothermal_reinject"])
        & ~wells["use"].isin(["public_supply", "monitoring_test", "emergency"])
    ]
    held = asked.sjoin(zones, predicate="within").drop_duplicates("code")
    edge_m = held.distance(zones.union_all().boundary)
    spare_m = edge_m - held["uncertainty_m"] - held["boundary_accuracy_m"]
    sure = set(held[spare_m > 0.5]["code"])
    perhaps = set(held[spare_m > -0.5]["code"])  # half a metre for the plane
    assert sure <= set(told["in_coverage"]) <= perhaps
    assert len(sure) > 20


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
