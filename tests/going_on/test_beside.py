"""Audits of a part beside those of everything: the next goes on, or asks all where it must."""

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import text

from gis_app import audit
from gis_app.rules.engine import parameters_of
from gis_app.store import parameters
from gis_app.store.engine import reading, writing
from tests.going_on.made import LAW, any_of, same_as_everything
from tests.going_on.test_edits import EDITS, changed

AREAS = ("1403", "140302")
NUMBER = {p.name: p for p in parameters_of(LAW.rules.values())}["household_small_take_m3"]


def of(engine, area, **scope):
    return audit.run(engine, LAW, audit.Scope(area=area, **scope), actor="test")


def set_number(engine, value):
    with writing(engine, "test") as conn:
        parameters.put(conn, NUMBER.name, value, area="", since=date(2020, 1, 1), source="示例")


@pytest.mark.parametrize("area", AREAS)
def test_after_an_audit_of_an_area_the_next_of_everything_goes_on(audited, gone_on, area):
    of(audited, area)
    same_as_everything(audited)
    assert gone_on == [0]


@pytest.mark.parametrize("seed", [1])
def test_whatever_changes_before_and_after_audits_of_areas(audited, gone_on, seed):
    rng = np.random.default_rng(seed)
    edits = list(EDITS.values())
    rng.shuffle(edits)
    for n in range(0, len(edits), 6):
        changed(audited, edits[n : n + 3], rng)
        of(audited, any_of(rng, *AREAS))
        changed(audited, edits[n + 3 : n + 6], rng)
        if rng.random() < 0.5:
            of(audited, any_of(rng, *AREAS))
        same_as_everything(audited)
    assert any(gone_on), gone_on


def test_a_well_that_went_between_is_counted_no_more(audited, gone_on):
    with writing(audited, "test") as conn:
        conn.execute(text("update gis.well set use = 'irrigation', status = 'paused'"
                          " where code in ('W1', 'W2')"))  # fmt: skip
    of(audited, "1403")
    with writing(audited, "test") as conn:
        conn.execute(text(NEW))
    of(audited, "1403")
    with writing(audited, "test") as conn:
        conn.execute(text("delete from gis.well where code like 'N%'"))
    of(audited, "140302")
    same_as_everything(audited)
    assert gone_on != []


NEW = """
insert into gis.well (code, geom, area_code, use, permit_state, position_accuracy_m)
select 'N' || n, w.geom, w.area_code, 'industry', 'none', 20
from generate_series(1, 3) n, gis.well w where w.code = 'W3'
"""


def test_not_where_the_law_was_another_in_between(audited, gone_on):
    set_number(audited, 600.0)
    of(audited, "1403")
    set_number(audited, None)
    same_as_everything(audited)
    assert gone_on == []


def test_not_where_what_a_county_lacks_was_another_in_between(audited, gone_on):
    for value in ("high", None):  # no other well there has one
        with writing(audited, "test") as conn:
            conn.execute(text("update gis.well set risk_class = :value where code = 'W1'"),
                         {"value": value})  # fmt: skip
        if value:
            of(audited, "1403")
    same_as_everything(audited)
    assert gone_on == []


def test_not_after_an_audit_by_some_instruments(audited, gone_on):
    of(audited, "1403", instruments=("water-law-2016",))
    same_as_everything(audited)
    assert gone_on == []


def test_an_audit_of_another_day_or_by_some_instruments_leaves_what_counties_lack(audited):
    kept = text("select area_code, facts from gis.unrecorded order by 1")
    with reading(audited) as conn:
        before = conn.execute(kept).all()
    of(audited, "", on=date.today() - timedelta(days=4000))
    of(audited, "1403", instruments=("water-law-2016",))
    with reading(audited) as conn:
        assert conn.execute(kept).all() == before
