from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from gis_app.cli import Boundary, app
from gis_app.errors import Refused
from gis_app.store import health
from tests.database import new_home, remove


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = new_home()
    monkeypatch.setenv("GIS_HOME", str(folder))
    monkeypatch.delenv("GIS_DATABASE_URL", raising=False)
    yield folder
    remove(folder)


def test_the_database_is_started_migrated_looked_at_and_stopped(home: Path) -> None:
    gis = CliRunner()
    none = gis.invoke(app, ["db", "status"])
    assert (none.exit_code, "no database here" in none.output) == (3, True)
    for _ in range(2):
        assert gis.invoke(app, ["db", "start"]).exit_code == 0
    empty = gis.invoke(app, ["db", "check"])
    assert empty.exit_code == 1
    assert "gis-app db migrate" in empty.output
    nothing = gis.invoke(app, ["db", "backup", str(home / "copies" / "b.tar")])
    assert nothing.exit_code == 1
    assert "nothing to back up" in nothing.stderr
    migrated = gis.invoke(app, ["db", "migrate"])
    assert migrated.exit_code == 0, migrated.output
    running = gis.invoke(app, ["db", "status"])
    assert running.exit_code == 0
    assert "running" in running.output
    assert str(home / "cluster" / "data") in running.output
    checked = gis.invoke(app, ["db", "check"])
    assert checked.exit_code == 0, checked.output
    assert "in order" in checked.output
    saved = gis.invoke(app, ["db", "backup", str(home / "copies" / "b.tar")])
    assert saved.exit_code == 0, saved.output
    assert gis.invoke(app, ["db", "stop"]).exit_code == 0
    stopped = gis.invoke(app, ["db", "status"])
    assert (stopped.exit_code, "stopped" in stopped.output) == (3, True)


@pytest.mark.parametrize("command", [
    "audit", "explain W1", "export well x.csv", "changes", "law list", "batches", "undo 1",
    "zone list prohibited_zone", "users list", "well status W1 closed --reason x", "tiles bake x",
    "precheck 113.6 37.9", "db check", "db repair", "db stop", "db backup x.tar", "raster list",
])  # fmt: skip
def test_where_there_is_no_database_what_reads_makes_none(home: Path, command: str) -> None:
    home.rmdir()
    told = CliRunner().invoke(app, command.split())
    assert told.exit_code == 1, told.output
    assert "GIS_HOME" in told.stderr
    assert "gis-app db migrate" not in told.output
    assert not home.exists()
    home.mkdir()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("import nosuch.csv --layer well", "nosuch.csv"),
        ("import README.md --layer well", ".md"),
        ("import wells.csv --layer nosuch", "nosuch"),
    ],
)
def test_a_file_or_layer_that_is_not_there_begins_no_database(
    home, tmp_path, monkeypatch, command, told
) -> None:
    home.rmdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("no table")
    (tmp_path / "wells.csv").write_text("code\nW1\n")
    refused = CliRunner().invoke(app, command.split())
    assert refused.exit_code == 1, refused.output
    assert told in refused.stderr
    assert not home.exists()
    home.mkdir()


def test_a_schema_that_this_program_did_not_make_is_said_with_the_way_out(conn) -> None:
    def schema() -> health.Sign:
        return next(s for s in health.look(conn, 21) if s.about.en == "schema")

    assert schema().wrong is None
    conn.execute(text("update gis.setting set value = to_jsonb('old'::text) where key = 'after'"))
    assert "gis-app db migrate" in schema().wrong.en
    conn.execute(text("update alembic_version set version_num = 'beyond'"))
    assert "update this program" in schema().wrong.en


def test_a_server_with_too_few_connections_is_said(conn) -> None:
    signs = {s.about.en: s for s in health.look(conn, 100_000)}
    assert "max_connections" in signs["connections"].wrong.en
    assert "previews not committed" in signs["imports"].found


def test_a_database_run_elsewhere_is_not_stopped_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql://u:secret@localhost:1/x")
    stopped = CliRunner().invoke(app, ["db", "stop"])
    assert stopped.exit_code == 1
    assert "GIS_DATABASE_URL" in stopped.stderr


def test_a_database_that_does_not_answer_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql://u:secret@localhost:1/x")
    for words in (["db", "migrate"], ["db", "check"]):
        asked = CliRunner().invoke(app, words)
        assert asked.exit_code == 1
        assert "postgresql://u:***@localhost:1/x" in asked.stderr
        assert "Check the host" in asked.stderr


@pytest.mark.parametrize("url", ["garbage", "mysql://u@h/x", "postgresql://h:port/x"])
def test_what_is_no_address_of_a_database_is_refused_with_the_form_of_one(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", url)
    asked = CliRunner().invoke(app, ["db", "check"])
    assert asked.exit_code == 1
    assert "postgresql://user:password@host:5432/database" in asked.stderr


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIS_POOL_SIZE", "many")
    asked = CliRunner().invoke(app, ["db", "status"])
    assert asked.exit_code == 1
    assert "GIS_POOL_SIZE" in asked.stderr


@dataclass(frozen=True)
class Fault:
    row: int
    reason: str


def test_an_error_is_two_sentences_and_the_first_fifty_problems() -> None:
    failing = typer.Typer(cls=Boundary)

    @failing.callback(invoke_without_command=True)
    def fail() -> None:
        raise Refused("有错。", "Faults [red]found[/red].", [Fault(n, f"r{n}!") for n in range(53)])

    said = CliRunner().invoke(failing, [])
    assert said.exit_code == 1
    assert said.stdout == ""
    assert "有错。" in said.stderr
    assert "Faults [red]found[/red]." in said.stderr  # a message is text, never markup
    assert "r49!" in said.stderr
    assert "r50!" not in said.stderr
    assert "and 3 more" in said.stderr
