"""An undo takes a batch back whole, refuses by name, or keeps what others have changed since."""

from pathlib import Path

import pytest
from sqlalchemy import text

from gis_app.errors import Conflict, Refused
from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.store.engine import writing
from tests.intake.brought import GOOD, HEADER, WELLS, brought, rows, wells, zone_file, zones


def test_the_same_file_twice_is_recognised_until_it_is_undone(desk: Desk, csv_file) -> None:
    path = csv_file(HEADER, *GOOD)
    done = brought(desk, path)
    with pytest.raises(Refused, match=f"undo {done.batch_id}"):
        journey.preview(desk, path, WELLS)
    journey.undo(desk, done.batch_id)
    assert brought(desk, path).state == "committed"


def test_an_undo_puts_everything_back_owners_too(desk: Desk, csv_file) -> None:
    brought(desk, csv_file(HEADER, GOOD[0]))
    before, owners = wells(desk.engine), rows(desk.engine, "select name from gis.party")
    options = ImportOptions(layer="well", update="code", constants={"position_accuracy_m": "5"})
    done = brought(desk, csv_file(HEADER, *GOOD, name="more.csv"), options)
    assert len(wells(desk.engine)) == 3
    undone = journey.undo(desk, done.batch_id)
    assert (undone.state, undone.report["deleted"], undone.report["restored"]) == ("undone", 2, 1)
    assert wells(desk.engine) == before
    assert rows(desk.engine, "select name from gis.party") == owners
    with pytest.raises(Conflict, match="已撤销"):
        journey.undo(desk, done.batch_id)


def test_an_undo_is_refused_by_name_when_somebody_changed_a_well_since(
    desk: Desk, csv_file
) -> None:
    done = brought(desk, csv_file(HEADER, *GOOD))
    with writing(desk.engine, "inspector") as conn:
        conn.execute(text("update gis.well set status = 'sealed' where code = 'W2'"))
    with pytest.raises(Refused, match=r"inspector.*W2"):
        journey.undo(desk, done.batch_id)
    assert len(wells(desk.engine)) == 3
    undone = journey.undo(desk, done.batch_id, keep_changed=True)
    assert (undone.report["deleted"], undone.report["kept"]) == (2, 1)
    assert rows(desk.engine, "select code, status from gis.well") == [("W2", "sealed")]


def test_a_well_that_is_again_as_the_batch_left_it_or_gone_stands_in_nobodys_way(
    desk: Desk, csv_file
) -> None:
    done = brought(desk, csv_file(HEADER, *GOOD))
    with writing(desk.engine, "inspector") as conn:
        for depth in (85, 80):
            conn.execute(text("update gis.well set depth_m = :m where code = 'W1'"), {"m": depth})
        conn.execute(text("delete from gis.well where code = 'W3'"))
    assert journey.undo(desk, done.batch_id).report["deleted"] == 2
    assert wells(desk.engine) == []


def test_a_state_that_was_changed_and_changed_back_is_not_forgotten(desk: Desk, csv_file) -> None:
    done = brought(desk, csv_file(HEADER, *GOOD))
    with writing(desk.engine, "inspector") as conn:
        for status in ("paused", "active"):
            conn.execute(text("update gis.well set status = :s where code = 'W1'"), {"s": status})
    with pytest.raises(Refused, match="W1"):
        journey.undo(desk, done.batch_id)


def test_wells_that_other_registers_speak_of_may_be_kept_and_the_others_taken_back(
    desk: Desk, csv_file
) -> None:
    done = brought(desk, csv_file(HEADER, *GOOD))
    with writing(desk.engine, "inspector") as conn:
        conn.execute(
            text("insert into gis.meter (well_code, serial, state) values ('W1', 'M', 'online')")
        )
    with pytest.raises(Refused, match="W1"):
        journey.undo(desk, done.batch_id)
    journey.undo(desk, done.batch_id, keep_changed=True)
    assert rows(desk.engine, "select code from gis.well") == [("W1",)]


def test_a_refused_undo_names_each_row_that_would_stay(desk: Desk, csv_file) -> None:
    done = brought(desk, csv_file(HEADER, *GOOD))
    with writing(desk.engine, "inspector") as conn:
        conn.execute(
            text("insert into gis.meter (well_code, serial, state) values ('W1', 'M', 'online')")
        )
        for depth in (81, 82):
            conn.execute(text("update gis.well set depth_m = :m where code = 'W2'"), {"m": depth})
    with pytest.raises(Refused) as refused:
        journey.undo(desk, done.batch_id)
    told = [(p.code, p.label) for p in refused.value.problems]
    assert told == [("changed_since", "W2"), ("spoken_of", "W1")]
    assert journey.undo(desk, done.batch_id, keep_changed=True).report["kept"] == len(told)


def test_a_batch_undone_after_a_later_batch_was_undone_is_no_conflict(desk: Desk, csv_file) -> None:
    first = brought(desk, csv_file(HEADER, *GOOD))
    options = ImportOptions(layer="well", update="code", constants={"status": "sealed"})
    later = brought(desk, csv_file(HEADER, *GOOD), options)
    with pytest.raises(Refused, match="W1"):
        journey.undo(desk, first.batch_id)
    journey.undo(desk, later.batch_id)
    journey.undo(desk, first.batch_id)
    assert wells(desk.engine) == []


def test_undone_drafts_are_deleted_and_what_was_law_is_withdrawn(
    desk: Desk, tmp_path: Path
) -> None:
    path = zone_file(tmp_path, name=["甲", "乙"], valid_from=["2020-01-01", None])
    done = brought(desk, path, ImportOptions(layer="recharge_area"))
    undone = journey.undo(desk, done.batch_id)
    assert (undone.report["deleted"], undone.report["withdrawn"]) == (1, 1)
    assert [z[:2] for z in zones(desk.engine)] == [("甲", "withdrawn")]
    assert brought(desk, path, ImportOptions(layer="recharge_area")).state == "committed"
