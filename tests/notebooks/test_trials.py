"""02, 03 and 05 and their numbers: those of the database."""

import pandas as pd
from sqlalchemy import text

from tests.looking import looked_at
from tests.notebooks.asked import ASK
from tests.notebooks.running import named, run


def test_the_wells_in_the_zone_tried_are_those_postgis_finds(executed, service):
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


def test_the_changes_between_two_dates_are_those_of_the_ledgers(executed, service):
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


def test_a_made_messy_registry_is_found_out_mended_and_taken_back(executed, service):
    _, told, _ = executed(named("05_"))
    assert told["rows"]["mangled_number"] == told["rows"]["swapped_axes"] == told["wells"] == 18
    assert told["rows"]["zone_prefix_missing"] == 6
    assert told["rows"]["coordinates_disagree"] == 1
    assert told["placed"] == 18
    assert states(service, told["batches"]) == ["discarded", "undone"]


def test_the_nansha_file_s_faults_are_found_one_by_one(shared, service, tmp_path):
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


def states(service, batches):
    """What became of these imports."""
    statement = text("select state from gis.batch where batch_id = any (:ids) order by batch_id")
    with service.engine.connect() as conn:
        return list(conn.execute(statement, {"ids": batches}).scalars())
