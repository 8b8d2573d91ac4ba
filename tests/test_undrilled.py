"""A well that was not drilled yet is in no audit, list or tile of that day."""

import contextlib
from datetime import date

import httpx
import pytest
from sqlalchemy import text

from gis_app import audit, compare, offline, registry
from gis_app.errors import NotFound
from gis_app.settings import Settings
from gis_app.store import facts
from gis_app.store.engine import writing
from gis_app.store.facts import Asked
from tests.offline.both import differences, files, offline_says, service
from tests.service import serving
from tests.tiles.reading import read, tile_of
from tests.world import LAT, LON, add_well, add_zone, record, square

LAW = registry.load()
BEFORE, AFTER = date(2023, 12, 1), date(2025, 1, 1)
THERE = {"old", "day not known", "applied for before", "built that day"}


def made(conn):
    """A covered town; one of its wells was completed in 2024 and known of before, one was not."""
    add_zone(conn, "public_supply_coverage", square(-1000, -1000, 3000))
    add_zone(conn, "district", square(-1000, -1000, 3000), area_code="140302")
    for n, (code, built) in enumerate({
        "old": date(2010, 1, 1), "day not known": None, "built that day": BEFORE,
        "new": date(2024, 6, 1), "applied for before": date(2024, 6, 1),
    }.items()):  # fmt: skip
        add_well(conn, code, 10 * n, 0, completed_on=built, use="industry")
    conn.execute(text(
        "update gis.well_state s set status = 'proposed', from_on = '2022-01-01' from gis.well w"
        " where w.well_id = s.well_id and w.code = 'applied for before'"))  # fmt: skip


@pytest.fixture
def town(fresh_database):
    with writing(fresh_database, "test") as conn:
        made(conn)
    return fresh_database


def test_an_audit_of_a_day_finds_nothing_of_a_well_completed_later(town):
    before = audit.run(town, LAW, audit.Scope(BEFORE), actor="test")
    assert before.counts["wells"] == len(THERE)
    found = {f["subject_code"] for f in audit.findings(town, before)}
    assert "old" in found
    assert "new" not in found
    after = audit.run(town, LAW, audit.Scope(AFTER), actor="test")
    assert after.counts["wells"] == len(THERE) + 1
    assert "new" in {f["subject_code"] for f in audit.findings(town, after)}


def test_between_two_days_it_is_told_as_new(town):
    one, other = (audit.run(town, LAW, audit.Scope(on), actor="test") for on in (BEFORE, AFTER))
    told = compare.compare(town, LAW, (one.run_id, other.run_id))
    with contextlib.closing(compare.parts(town, LAW, (one.run_id, other.run_id))) as parts:
        new = [row for part in parts for row in part if row["subject_code"] == "new"]
    assert new
    assert all(row["causes"][0] == "recorded" for row in new)
    assert any(row["cause"] == "recorded" for row in told.counts)


def test_a_verdict_on_a_well_that_was_not_there_says_from_when_it_was(town):
    with pytest.raises(NotFound, match=r"2024-06-01.*2023-12-01"):
        audit.explain(town, LAW, "new", BEFORE)
    assert audit.explain(town, LAW, "new", AFTER).findings
    for code in THERE:
        audit.explain(town, LAW, code, BEFORE)


def test_files_and_service_say_the_same_of_that_day(conn):
    made(conn)
    for on in (BEFORE, AFTER):
        said = service(conn, on)
        assert differences(said, offline_says(offline.audit(**files(conn), on=on))) == []


def test_files_without_a_history_go_by_the_day_of_completion(conn):
    made(conn)
    given = files(conn)
    del given["registers"]["well_state"]
    flagged = offline.audit(**given, on=BEFORE).wells_by_flag
    assert sum(flagged.values()) == 3  # of the one applied for nothing tells of before


def test_lists_and_tiles_of_that_day_leave_it_out(town, tmp_path):
    with (
        serving(Settings(home=tmp_path), town, LAW) as there,
        httpx.Client(base_url=there.url, headers=there.headers, timeout=30) as http,
    ):
        for on, there_then in ((BEFORE, THERE), (AFTER, THERE | {"new"})):
            asked = {"datetime": on.isoformat()}
            page = http.get("/collections/well/items", params=asked).json()
            assert {f["properties"]["code"] for f in page["features"]} == there_then
            assert page["numberMatched"] == len(there_then)
            for span in (f"2020-01-01/{on}", f"../{on}"):
                spanned = http.get("/collections/well/items", params={"datetime": span}).json()
                assert spanned["numberMatched"] == len(there_then)
            points = read(http, "well", tile_of(LON, LAT, 14), **asked)["well"]
            assert {f["properties"]["code"] for f in points} == there_then
            counts = read(http, "well", tile_of(LON, LAT, 6), **asked)["well_count"]
            assert sum(f["properties"]["wells"] for f in counts) == len(there_then)


def test_a_site_is_not_monitored_by_a_well_to_come(conn):
    record(conn, "site", code="S", kind="chemical_plant", shape=square(0, 0, 500))
    add_well(conn, "M", 250, 250, well_type="monitoring", completed_on=date(2024, 6, 1))
    assert [_monitored(conn, on) for on in (BEFORE, AFTER)] == [False, True]


def _monitored(conn, on):
    facts.prepare(conn, LAW.rules_on(AFTER, subject="site"), Asked(on, "site"))
    return conn.execute(text("select meets_monitoring from facts")).scalar_one()
