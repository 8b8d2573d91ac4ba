"""A database that does not answer."""

import gc

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from gis_app.errors import Unavailable
from gis_app.store.cursors import parts
from gis_app.store.engine import connect, reading
from gis_app.store.tables import well


def test_an_outage_is_told_with_its_cause_and_never_with_none():
    engine = connect("postgresql://u:secret@127.0.0.1:1/x")
    with pytest.raises(Unavailable) as told, reading(engine):
        pass
    assert "None" not in str(told.value)
    assert "Connection refused" in told.value.en
    assert "gis-app db status" in told.value.zh
    assert "secret" not in str(told.value)


def test_a_connection_lost_before_rows_are_read_leaves_no_cursor_open(engine):
    with engine.connect() as conn, engine.connect() as other:
        pid = conn.execute(text("select pg_backend_pid()")).scalar_one()
        other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        with pytest.raises(OperationalError):
            next(parts(conn, select(well.c.code), 5))
    gc.collect()  # an open cursor that is collected warns, and a warning fails the test
