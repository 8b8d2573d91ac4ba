"""Connections are few: who waits in vain is told so, and who has one asks for no second."""

import httpx
import pytest
from sqlalchemy import text

from gis_app import registry
from gis_app.errors import Unavailable
from gis_app.intake.edit import Editor, editing
from gis_app.rights import Caller
from gis_app.settings import Settings
from gis_app.store.engine import connect, reading, seeing, writing
from tests.rasters import made
from tests.service import serving


@pytest.fixture
def narrow(fresh_database):
    """An engine of one connection, for which nobody waits long."""
    url = fresh_database.url.render_as_string(hide_password=False)
    engine = connect(url, pool_size=1)
    engine.pool._timeout = 0.2
    yield engine
    engine.dispose()


def test_who_finds_no_connection_is_told_to_come_again(narrow):
    editor = Editor(narrow, registry.load(), registry.load().layers["well"], "test")
    with reading(narrow):
        for way in (reading(narrow), seeing(narrow, Caller()), writing(narrow, "x"),
                    editing(editor)):  # fmt: skip
            with pytest.raises(Unavailable), way:
                pass


def test_no_request_holds_two_connections(narrow, tmp_path):
    with serving(Settings(home=tmp_path), narrow, registry.load()) as service:
        http = httpx.Client(base_url=service.url, headers=service.headers, timeout=60)
        with http:
            path = made.write(tmp_path / "d.tif", made.slope(), unit="m")
            layer = "/collections/depth_to_water/rasters"
            data = {"valid_from": "2020-01-01", "reason": "x"}
            with path.open("rb") as file:
                brought = http.post(layer, files={"file": ("d.tif", file)}, data=data)
            assert brought.status_code == 201, brought.text
            number = brought.json()["raster_id"]
            runs = [http.post("/audits", json={}).json()["run_id"] for _ in range(2)]
            for answer in (
                http.post(f"{layer}/{number}/end", json={"on": "2199-01-01", "reason": "x"}),
                http.post(f"{layer}/{number}/withdraw", json={"reason": "x"}),
                http.get(f"/audits/{runs[1]}/changes/export?since={runs[0]}&f=csv"),
            ):
                assert answer.status_code == 200, answer.text


def _kill(narrow, fresh_database):
    """End the one connection that lies in the pool."""
    with reading(narrow) as conn:
        pid = conn.execute(text("select pg_backend_pid()")).scalar_one()
    with reading(fresh_database) as other:
        other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def test_a_connection_lost_while_it_lay_idle_is_made_anew_unnoticed(
    narrow, fresh_database, monkeypatch
):
    monkeypatch.setattr("gis_app.store.engine._IDLE_S", 0)
    _kill(narrow, fresh_database)
    with reading(narrow) as conn:
        assert conn.execute(text("select 1")).scalar_one() == 1


def test_one_lost_just_after_its_use_fails_one_question_and_not_the_next(narrow, fresh_database):
    _kill(narrow, fresh_database)
    with pytest.raises(Unavailable), reading(narrow) as conn:
        conn.execute(text("select 1"))
    with reading(narrow) as conn:
        assert conn.execute(text("select 1")).scalar_one() == 1
