"""What an undone import said was never so; what two people send at once is taken once."""

import threading

import pandas as pd
from sqlalchemy import text

from gis_app import registry
from gis_app.errors import Refused
from gis_app.export import write
from gis_app.intake import batch
from gis_app.intake.options import ImportOptions
from gis_app.report.export import table
from gis_app.store.engine import writing
from tests.world import add_well, square

LAW = registry.load()


def desk(engine, folder):
    return batch.Desk(engine=engine, registry=LAW, uploads=folder / "uploads", actor="test")


def test_an_undone_import_decides_no_day_in_between(fresh_database, tmp_path):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "W-1", 0, 0)
    file = tmp_path / "sealed.csv"
    file.write_text("编号,经度,纬度,应用状况\nW-1,113.6,37.9,已封存\n", encoding="utf-8")
    here = desk(fresh_database, tmp_path)
    options = ImportOptions(layer="well", update="code", anywhere=True)
    made = batch.commit(here, batch.preview(here, file, options).batch_id)
    with fresh_database.connect() as conn:
        assert conn.execute(text("select status from gis.well")).scalar_one() == "sealed"
    batch.undo(here, made.batch_id)
    with fresh_database.connect() as conn:
        states = conn.execute(text("select status, to_on from gis.well_state")).all()
    assert [tuple(s) for s in states] == [("active", None)]


def test_the_same_file_committed_twice_at_once_is_taken_once(fresh_database, tmp_path):
    file = tmp_path / "zone.geojson"
    ring = [list(p) for p in square(0, 0, 1000).exterior.coords]
    file.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"示例"},'
        f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}',
        encoding="utf-8",
    )
    here = desk(fresh_database, tmp_path)
    options = ImportOptions(layer="recharge_area", constants={"valid_from": "2024-01-01"})
    ids = [batch.preview(here, file, options).batch_id for _ in range(2)]
    refused = []

    def commit(batch_id: int) -> None:
        try:
            batch.commit(here, batch_id)
        except Refused as error:
            refused.append(error)

    threads = [threading.Thread(target=commit, args=(n,)) for n in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with fresh_database.connect() as conn:
        assert conn.execute(text("select count(*) from gis.zone")).scalar_one() == 1
    assert len(refused) == 1


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(tmp_path):
    row = {
        "subject": "well", "subject_code": "=cmd|'/c calc'!A1", "rule": "YQ-02",
        "answer": "indeterminate", "instrument": "x", "clause": "x", "verdict": "close_by",
        "missing": [], "lon": 113.6, "lat": 37.9, "zone_name": None, "tolerance_m": None,
        "since": None, "until": None, "zone_id": None, "zone_version": None, "edge_m": -3.5,
        "layer": None, "exemption": None, "joint": False,
    }  # fmt: skip
    write(table([[row]], LAW), tmp_path / "f.csv")
    told = pd.read_csv(tmp_path / "f.csv")
    assert told.subject_code[0].startswith("'=")
    assert told.edge_m[0] == -3.5


def test_a_mended_file_of_refused_rows_can_be_sent_back(fresh_database, tmp_path):
    file = tmp_path / "wells.csv"
    file.write_text("编号,经度,纬度\nW-1,113.6,37.9\nW-1,113.61,37.9\n", encoding="utf-8")
    here = desk(fresh_database, tmp_path)
    options = ImportOptions(layer="well", anywhere=True)
    first = batch.preview(here, file, options)
    back = tmp_path / "refused.xlsx"
    assert batch.refused_rows(here, first.batch_id, back) == 2
    again = batch.preview(here, back, options)  # nothing mended yet: refused once more
    assert again.refused == 2
    twice = tmp_path / "again.csv"
    batch.refused_rows(here, again.batch_id, twice)
    assert list(pd.read_csv(twice).columns).count("拒绝原因") == 1
