"""A database that does not answer."""

import gc

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from api.main import create
from gis_app.errors import Unavailable
from gis_app.registry import load
from gis_app.settings import Settings
from gis_app.store.cursors import parts
from gis_app.store.engine import connect, reading
from gis_app.store.tables import well


def test_the_cause_of_an_outage_is_in_the_log_and_the_way_out_in_the_answer(caplog):
    engine = connect("postgresql://u:secret@127.0.0.1:1/x")
    with pytest.raises(Unavailable) as told, reading(engine):
        pass
    assert "127.0.0.1" not in str(told.value)
    assert "gis-app db status" in told.value.zh
    assert "Connection refused" in caplog.text
    assert "None" not in caplog.text
    assert "secret" not in caplog.text


def test_who_asks_is_not_told_where_the_database_lies(tmp_path):
    engine = connect(f"postgresql://postgres@/x?host={tmp_path}")
    asked = TestClient(create(Settings(home=tmp_path), engine, load())).get("/healthz")
    assert asked.status_code == 503
    assert str(tmp_path) not in asked.text
    assert "gis-app db status" in asked.json()["detail_en"]


def test_a_connection_lost_before_rows_are_read_leaves_no_cursor_open(engine):
    with engine.connect() as conn, engine.connect() as other:
        pid = conn.execute(text("select pg_backend_pid()")).scalar_one()
        other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        with pytest.raises(OperationalError):
            next(parts(conn, select(well.c.code), 5))
    gc.collect()  # an open cursor that is collected warns, and a warning fails the test
