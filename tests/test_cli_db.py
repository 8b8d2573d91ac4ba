from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from gis_app.cli import Boundary, app
from gis_app.errors import Refused
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
    stopped = gis.invoke(app, ["db", "status"])
    assert (stopped.exit_code, "stopped" in stopped.output) == (3, True)
    for _ in range(2):
        assert gis.invoke(app, ["db", "start"]).exit_code == 0
    migrated = gis.invoke(app, ["db", "migrate"])
    assert migrated.exit_code == 0, migrated.output
    running = gis.invoke(app, ["db", "status"])
    assert running.exit_code == 0
    assert "running" in running.output
    assert str(home / "cluster" / "data") in running.output
    assert gis.invoke(app, ["db", "stop"]).exit_code == 0
    assert gis.invoke(app, ["db", "status"]).exit_code == 3


def test_a_database_run_elsewhere_is_not_stopped_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql://u:secret@localhost:1/x")
    stopped = CliRunner().invoke(app, ["db", "stop"])
    assert stopped.exit_code == 1
    assert "GIS_DATABASE_URL" in stopped.stderr


def test_a_database_that_does_not_answer_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql://u:secret@localhost:1/x")
    asked = CliRunner().invoke(app, ["db", "migrate"])
    assert asked.exit_code == 1
    assert "localhost:1/x" in asked.stderr
    assert "secret" not in asked.stderr


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
