"""A well's status follows its life-cycle, whatever door a change comes through."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from gis_app.cli import app
from gis_app.errors import BadInput, IllegalTransition, NotFound
from gis_app.intake import batch
from gis_app.intake.options import ImportOptions
from gis_app.registry import load
from gis_app.store import wells
from gis_app.store.engine import reading, sign, writing
from gis_app.terms import STATUS
from tests.store.records import day, facts_of, record
from tests.world import add_well

# domain catalogue, section C, as the office has decided it
FOLLOWS = {
    "proposed": "approved denied",
    "denied": "proposed",
    "approved": "under_construction lapsed",
    "lapsed": "proposed",
    "under_construction": "trial unfinished exploration_done",
    "unfinished": "under_construction sealed backfilled abandoned",
    "trial": "active",
    "active": "paused emergency_only ordered_to_close abandoned closed",
    "paused": "active ordered_to_close abandoned closed",
    "emergency_only": "active paused ordered_to_close abandoned closed",
    "ordered_to_close": "closed",
    "closed": "sealed",
    "sealed": "backfilled",
    "abandoned": "sealed backfilled",
    "exploration_done": "active sealed backfilled",
    "backfilled": "",
}


def reachable(status: str) -> set[str]:
    """Every status that may come at some time after one."""
    found, open_ends = set(), {status}
    while open_ends:
        open_ends = {n for s in open_ends for n in FOLLOWS[s].split()} - found
        found |= open_ends
    return found


def correct_to(conn: Connection, status: str | None) -> None:
    conn.execute(text("select set_config('gis.correcting', 'on', true)"))
    sign(conn, "test", "mistyped")
    conn.execute(text("update gis.well set status = :s"), {"s": status})
    conn.execute(text("select set_config('gis.correcting', 'off', true)"))


def change(conn: Connection, status: str | None) -> bool:
    """Whether the database takes a change of every well's status."""
    try:
        with conn.begin_nested():
            conn.execute(text("update gis.well set status = :s"), {"s": status})
    except DBAPIError as refused:
        if refused.orig.sqlstate != "GI002":
            raise
        return False
    return True


@pytest.mark.parametrize("status", FOLLOWS)
def test_a_status_is_followed_by_what_can_be_reached_from_it_and_nothing_else(conn, status):
    add_well(conn, "W", 0, 0)
    taken = set()
    for after in FOLLOWS:
        correct_to(conn, status)
        if change(conn, after):
            taken.add(after)
    assert taken == reachable(status) | {status}


def test_the_words_of_the_life_cycle_are_those_of_the_register(conn):
    rows = conn.execute(text("select status, zh, en from gis.life_cycle()"))
    assert {r.status: (r.zh, r.en) for r in rows} == {k: (c.zh, c.en) for k, c in STATUS.items()}


def test_a_well_that_was_never_known_may_be_found_in_any_state(conn):
    for status in FOLLOWS:
        add_well(conn, status, 0, 0, status=None)
        conn.execute(
            text("update gis.well set status = :s where code = :s and status is null"),
            {"s": status},
        )
    assert conn.execute(text("select count(distinct status) from gis.well")).scalar_one() == 16


def test_a_state_may_become_unknown_but_that_brings_no_filled_well_back(conn):
    add_well(conn, "W", 0, 0, status="backfilled")
    assert change(conn, None)
    assert not change(conn, "active")
    assert change(conn, "backfilled")


def test_the_refusal_names_the_well_its_states_and_the_way_out_in_both_languages(conn):
    add_well(conn, "A-1", 0, 0, status="sealed")
    add_well(conn, "A-2", 0, 0, status="sealed")
    with pytest.raises(DBAPIError) as refused:
        conn.execute(text("update gis.well set status = 'active'"))
    zh, en = refused.value.orig.diag.message_primary.split(" / ")
    assert zh.startswith(
        "井“A-1”（另有 1 口井）的应用状况不能由“已封存”改为“在用”：“已封存”之后只能是：已回填。"
    )
    assert "经批准重新启用" in zh
    assert "--correct" in zh
    assert en.startswith(
        'well "A-1" (and 1 others) cannot change from "sealed" to "active": "sealed" may be'
        " followed by backfilled only."
    )


def test_one_well_in_many_that_cannot_change_so_keeps_all_as_they_were(conn):
    add_well(conn, "A", 0, 0)
    add_well(conn, "B", 0, 0, status="backfilled")
    assert not change(conn, "paused")
    assert conn.execute(text("select status from gis.well order by code")).scalars().all() == [
        "active",
        "backfilled",
    ]


@pytest.mark.parametrize(
    ("from_days", "until_days", "kind", "code", "opens"),
    [
        (-10, 10, "reopening", "W", True),
        (0, 0, "reopening", "W", True),
        (-10, None, "reopening", "W", True),
        (1, 10, "reopening", "W", False),
        (-10, -1, "reopening", "W", False),
        (-10, 10, "permit_kept", "W", False),
        (-10, 10, "reopening", "V", False),
    ],
)
def test_a_shut_well_comes_into_use_with_an_approval_in_force_today(
    conn, from_days, until_days, kind, code, opens
):
    today = conn.execute(text("select gis.today()")).scalar_one()
    record(
        conn, "exemption_grant", subject="well", subject_code=code, kind=kind,
        from_on=today + timedelta(days=from_days),
        until_on=None if until_days is None else today + timedelta(days=until_days),
    )  # fmt: skip
    add_well(conn, "W", 0, 0)
    for shut in ("closed", "sealed"):
        for used in ("active", "paused", "emergency_only"):
            correct_to(conn, shut)
            assert change(conn, used) is opens
    correct_to(conn, "backfilled")
    assert not change(conn, "active")


def test_a_correction_needs_a_reason_and_is_seen_in_the_history(conn):
    add_well(conn, "W", 0, 0, status="backfilled")
    conn.execute(text("select set_config('gis.correcting', 'on', true)"))
    with pytest.raises(DBAPIError, match="needs a reason"), conn.begin_nested():
        conn.execute(text("update gis.well set status = 'active'"))
    sign(conn, "chief", "it was the neighbour's well")
    conn.execute(text("update gis.well set status = 'active'"))
    last = conn.execute(
        text("select actor, reason, new ->> 'status' from gis.change order by change_id desc")
    ).first()
    assert tuple(last) == ("chief", "it was the neighbour's well", "active")


@pytest.fixture
def desk(fresh_database, tmp_path):
    return batch.Desk(
        engine=fresh_database, registry=load(), uploads=tmp_path, actor="test", reason="survey"
    )


def import_status(desk, tmp_path, status: str) -> batch.Batch:
    file = tmp_path / f"{status}.csv"
    file.write_text(f"code,lon,lat,status\nW,113.6,37.9,{status}\n", encoding="utf-8")
    made = batch.preview(desk, file, ImportOptions(layer="well", update="code"))
    return batch.commit(desk, made.batch_id)


def status_of(engine) -> str:
    with reading(engine) as conn:
        return wells.by_code(conn, "W")["status"]


def test_an_import_is_refused_whole_and_its_undoing_always_passes(desk, tmp_path):
    import_status(desk, tmp_path, "active")
    filled = import_status(desk, tmp_path, "backfilled")
    with pytest.raises(IllegalTransition, match="final"):
        import_status(desk, tmp_path, "paused")
    assert status_of(desk.engine) == "backfilled"
    batch.undo(desk, filled.batch_id)
    assert status_of(desk.engine) == "active"


def test_the_name_of_an_old_import_opens_no_other_door(desk, tmp_path):
    import_status(desk, tmp_path, "active")
    filled = import_status(desk, tmp_path, "backfilled").batch_id
    with pytest.raises(IllegalTransition), writing(desk.engine, "test", "", filled) as conn:
        conn.execute(text("update gis.well set status = 'paused'"))
    batch.undo(desk, filled)
    with writing(desk.engine, "test") as conn:
        wells.set_status(conn, "W", "backfilled")
    with pytest.raises(IllegalTransition), writing(desk.engine, "test", "", filled) as conn:
        wells.set_status(conn, "W", "active")


def test_a_status_is_recorded_from_the_day_it_held(conn):
    add_well(conn, "W", 0, 0, completed_on=day("2005-05-05"))
    before = wells.set_status(conn, "W", "closed", on=day("2024-03-01"))
    assert before == "active"
    assert facts_of(conn, "W", "2024-02-29")["status"] == "active"
    assert facts_of(conn, "W", "2024-03-01")["status"] == "closed"
    rows = conn.execute(
        text("select status, from_on::text, to_on::text from gis.well_state order by well_state_id")
    )
    assert [tuple(r) for r in rows] == [
        ("active", "2005-05-05", "2024-03-01"),
        ("closed", "2024-03-01", None),
    ]


def test_the_day_of_a_status_is_set_later_and_the_history_keeps_it(conn):
    add_well(conn, "W", 0, 0)
    wells.set_status(conn, "W", "closed")
    wells.set_status(conn, "W", "closed", on=day("2024-03-01"))
    assert facts_of(conn, "W", "2024-03-01")["status"] == "closed"
    assert facts_of(conn, "W", "2024-02-29")["status"] == "active"
    kept = text("select new ->> 'from_on' from gis.change where table_name = 'well_state'")
    assert conn.execute(kept).scalars().all() == ["2024-03-01"]


def test_a_day_that_cannot_be_is_refused(conn):
    add_well(conn, "W", 0, 0, completed_on=day("2005-05-05"))
    today = conn.execute(text("select gis.today()")).scalar_one()
    with pytest.raises(BadInput, match="has not come"):
        wells.set_status(conn, "W", "closed", on=today + timedelta(days=1))
    with pytest.raises(BadInput, match="began on 2005-05-05"):
        wells.set_status(conn, "W", "closed", on=day("2005-05-04"))
    with pytest.raises(BadInput, match="no status 'shut'"):
        wells.set_status(conn, "W", "shut")
    with pytest.raises(NotFound):
        wells.set_status(conn, "V", "closed")


def test_a_correction_covers_one_change_only(conn):
    add_well(conn, "W", 0, 0, status="backfilled")
    sign(conn, "test", "wrong well")
    wells.set_status(conn, "W", "active", correct=True)
    wells.set_status(conn, "W", "backfilled")
    assert not change(conn, "active")


def test_the_command_changes_corrects_and_refuses(fresh_database, tmp_path):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "W", 0, 0)
    url = fresh_database.url.render_as_string(hide_password=False)
    runner = CliRunner(env={"GIS_DATABASE_URL": url, "GIS_HOME": str(tmp_path), "COLUMNS": "200"})

    def gis(*words: str):
        return runner.invoke(app, ["well", "status", "W", *words])

    closed = gis("已关闭", "--reason", "关井", "--on", "2024-03-01")
    assert (closed.exit_code, "在用" in closed.output, "2024-03-01" in closed.output) == (0, 1, 1)
    refused = gis("active", "--reason", "again")
    assert refused.exit_code == 1
    assert "已封存、已回填" in refused.output
    assert gis("active", "--reason", "wrong well", "--correct").exit_code == 0
    assert status_of(fresh_database) == "active"
