"""`gis-app import`, `batches`, `undo` as a person types them."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from gis_app.cli import Boundary, intake
from gis_app.errors import BadInput
from gis_app.intake.batch import Desk, preview
from gis_app.intake.options import ImportOptions

HEADER = "水井编号,经度,纬度,应用状况"
GOOD = "W1,113.580001,37.860001,在用"
BAD = "W2,113.580101,37.860101,半开"


@pytest.fixture
def run(
    fresh_database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    app = typer.Typer(cls=Boundary)
    intake.register(app)
    monkeypatch.setenv("GIS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(intake.deps, "engine", lambda *_, **__: fresh_database)
    return lambda *words: CliRunner().invoke(app, [str(w) for w in words])


def wells(engine: Engine) -> list[str]:
    with engine.connect() as conn:
        return list(conn.execute(text("select code from gis.well order by 1")).scalars())


def test_a_file_is_imported_listed_and_undone(run, csv_file, fresh_database: Engine) -> None:
    done = run("import", csv_file(HEADER, GOOD), "--layer", "well", "--set", "self_supply=是")
    assert done.exit_code == 0, done.output
    assert "新增 1" in done.output
    assert "gis-app undo 1" in done.output
    assert wells(fresh_database) == ["W1"]
    with fresh_database.begin() as conn:  # half past midnight where the law is
        conn.execute(text("update gis.batch set committed_at = '2024-06-30 16:30+00'"))
    listed = run("batches").output
    assert "committed" in listed
    assert "2024-07-01 00:30" in " ".join(listed.split())
    twice = run("import", csv_file(HEADER, GOOD), "--layer", "well", "--set", "self_supply=是")
    assert "2024-07-01 00:30" in twice.stderr
    assert run("undo", "1").exit_code == 0
    assert wells(fresh_database) == []


def test_refused_rows_stop_the_import_with_exit_code_1_until_they_are_skipped(
    run, csv_file, tmp_path: Path, fresh_database: Engine
) -> None:
    path, back = csv_file(HEADER, GOOD, BAD), tmp_path / "back.csv"
    stopped = run("import", path, "--layer", "well", "--refused", back)
    assert stopped.exit_code == 1
    assert "not_in_vocabulary" in stopped.output
    assert "W2" in stopped.output
    assert "半开" in back.read_text("utf-8-sig")
    assert wells(fresh_database) == []
    assert run("import", path, "--layer", "well", "--skip-refused").exit_code == 0
    assert wells(fresh_database) == ["W1"]


def test_a_dry_run_writes_nothing(run, csv_file, fresh_database: Engine) -> None:
    done = run("import", csv_file(HEADER, GOOD), "--layer", "well", "--dry-run")
    assert done.exit_code == 0
    assert wells(fresh_database) == []


def test_an_unreadable_file_is_two_sentences_and_exit_code_1(run, tmp_path: Path) -> None:
    (tmp_path / "x.geojson").write_text("<OGRVRTDataSource/>")
    done = run("import", tmp_path / "x.geojson", "--layer", "well")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert run("import", tmp_path / "none.csv", "--layer", "well").exit_code == 1


def test_a_preview_that_nobody_committed_is_listed_and_discarded(
    run, csv_file, fresh_database: Engine, tmp_path: Path, registry
) -> None:
    uploads = tmp_path / "home" / "uploads"
    desk = Desk(engine=fresh_database, registry=registry, uploads=uploads, actor="web")
    for number in (1, 2):
        file = csv_file(HEADER, GOOD, GOOD.replace("W1", f"V{number}"))
        preview(desk, file, ImportOptions(layer="well"))
    row = next(r for r in run("batches").output.splitlines() if "│ 1 " in r)
    assert "│ 2 " in row.split("preview")[1]  # both rows are new
    told = run("undo", "1")
    assert told.exit_code == 1
    assert "gis-app discard" in told.stderr
    assert run("discard", "1", "2").exit_code == 0
    assert list(uploads.iterdir()) == []
    assert run("discard", "1").exit_code == 1


def test_faults_of_two_columns_are_two(run, csv_file) -> None:
    head = "水井编号,经度,纬度,年许可取水量,井深"
    rows = [f"W{n},113.58000{n},37.860001,-5,20" for n in range(2)]
    told = run("import", csv_file(head, *rows, "M4,113.590001,37.860001,5,-3"), "--layer", "well")
    groups = told.output.split("[")
    volume = next(each for each in groups if "年许可取水量" in each)
    depth = next(each for each in groups if "井深" in each)
    assert ("× 2" in volume, "W0、W1" in volume, "M4" in volume) == (True, True, False)
    assert ("× 1" in depth, "M4" in depth) == (True, True)


def test_a_file_without_rows_says_so(run, csv_file) -> None:
    told = run("import", csv_file(HEADER), "--layer", "well", "--dry-run")
    assert "文件里没有数据行" in told.output


def test_a_decimal_comma_is_named(run, csv_file) -> None:
    rows = ("W1;113,580001;37,860001;在用",)
    told = run("import", csv_file(HEADER.replace(",", ";"), *rows), "--layer", "well")
    assert "坐标里有逗号" in told.output


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["code=Well_ID"], {"code": "Well_ID"}),
        (["code=编号", "name=名称"], {"code": "编号", "name": "名称"}),
        (["code=编号 name=井 名称"], {"code": "编号", "name": "井 名称"}),
        (["source=甲=乙"], {"source": "甲=乙"}),
        (["authority=山西省 人民政府"], {"authority": "山西省 人民政府"}),
    ],
)
def test_several_values_may_follow_one_flag(given: list[str], expected: dict[str, str]) -> None:
    assert intake.pairs(given, "--map") == expected


def test_a_value_without_a_name_is_refused() -> None:
    with pytest.raises(BadInput, match="field=value"):
        intake.pairs(["Well_ID"], "--map")
