"""`gis-app changes` as a person types it, and the way to it from an audit's page."""

from datetime import date, timedelta

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from gis_app.cli import Boundary
from gis_app.cli import changes as command
from gis_app.store import ledger
from gis_app.store.engine import reading
from tests.test_compare import audited, world  # noqa: F401


@pytest.fixture
def run(world, tmp_path, monkeypatch):  # noqa: F811
    app = typer.Typer(cls=Boundary)
    command.register(app)
    app.callback()(lambda: None)
    monkeypatch.setenv("GIS_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(command.deps, "engine", lambda *_, **__: world)
    return lambda *words: CliRunner().invoke(app, ["changes", *map(str, words)])


def test_the_latest_audit_is_compared_with_the_one_before_it(run, world, tmp_path):  # noqa: F811
    said = run()
    assert said.exit_code == 1
    assert "gis-app audit" in said.stderr
    first = audited(world, date(2024, 4, 30))
    said = run()
    assert said.exit_code == 1
    assert "--since" in said.stderr
    second = audited(world, date(2024, 5, 1))
    file = tmp_path / "changes.csv"
    said = run("--out", file)
    assert said.exit_code == 0, said.output
    assert f"此前 / before: {first} · 2024-04-30" in said.output
    assert f"此后 / after: {second} · 2024-05-01" in said.output
    assert "YQ-03" in said.output
    rows = pd.read_csv(file, encoding="utf-8-sig")
    assert ("YQ-03", "IN", "opened") in set(zip(rows.rule, rows.subject_code, rows.kind))  # noqa: B905
    back = run(first, "--since", second)
    assert f"此前 / before: {second}" in back.output
    assert run(second, "--since", 999).exit_code == 1


def test_what_was_supposed_is_compared_with_what_stands_and_never_by_default(run, world):  # noqa: F811
    ahead = date.today() + timedelta(days=20)
    supposed = audited(world, ahead)
    assert run().exit_code == 1  # nothing has been audited for good
    first, second = audited(world), audited(world)
    audited(world, ahead)
    last = audited(world, ahead - timedelta(days=14))
    said = run().output
    assert f"此前 / before: {first} " in said
    assert f"此后 / after: {second} " in said
    assert f"此前 / before: {second} " in run(last).output
    assert run(supposed).exit_code == 1


def test_the_one_before_asked_the_same_area_by_the_same_reach(world):  # noqa: F811
    one, everything, beyond, other = (
        audited(world), audited(world, area=""), audited(world, anywhere=True), audited(world)
    )  # fmt: skip
    with reading(world) as conn:
        before = {n: ledger.previous(conn, ledger.run(conn, n)) for n in (one, everything, beyond)}
        assert before == {one: None, everything: None, beyond: None}
        assert ledger.previous(conn, ledger.run(conn, other)) == one
