"""`gis-app precheck` as a person types it."""

import json

import pypdf
import pytest
import shapely
import typer
from rich.console import Console
from typer.testing import CliRunner

from gis_app.cli import Boundary
from gis_app.cli import precheck as command
from gis_app.store.engine import writing
from tests.world import LAT, LON, add_zone, square


@pytest.fixture(scope="module")
def town(databases, worker):
    with databases.clone(f"gis_cli_precheck_{worker}") as engine:
        with writing(engine, "test") as conn:
            county = square(-20_000, -20_000, 40_000)
            add_zone(conn, "district", county, area_code="140302", name="示例县")
            add_zone(conn, "prohibited_zone", square(-500, -500, 1000), name="示例禁采区")
        yield engine


@pytest.fixture
def run(town, tmp_path, monkeypatch):
    app = typer.Typer(cls=Boundary)
    command.register(app)
    app.callback()(lambda: None)
    monkeypatch.setenv("GIS_HOME", str(tmp_path))
    monkeypatch.setattr(command.deps, "engine", lambda *_, **__: town)
    monkeypatch.setattr(command, "out", Console(width=200, height=50))
    return lambda *words: CliRunner().invoke(app, ["precheck", *map(str, words)])


def test_it_prints_grounds_doubts_what_to_bring_and_what_lies_near(run):
    said = run(LON, LAT, "--use", "工业", "--annual-m3", "3万", "--on", "2024-06-30")
    assert said.exit_code == 0, said.output
    for words in (
        "有不予批准的依据", "N-01", "第三十五条", "行政法规", "不能确定", "须补充的材料",
        "示例禁采区", "500 m", "申请年取水量（立方米） 30,000", "2025-04-19",
    ):  # fmt: skip
        assert words in said.output, words
    assert said.output.index("N-01") < said.output.index("N-06")


def test_it_prints_whether_a_permit_is_needed_at_all(run):
    said = run(LON, LAT, "--use", "monitoring_test", "--on", "2024-06-30")
    assert "不需要申请取水许可 / no permit has to be applied for" in said.output
    assert "第四十八条" in said.output
    asked = run(LON, LAT, "--use", "domestic_rural", "--annual-m3", 100, "--on", "2024-06-30")
    assert "是否需要申请取水许可，尚不能确定" in asked.output
    assert "少量取水的年限额尚未录入" in asked.output.replace("\n", "")


def test_it_answers_with_exit_code_0_whatever_the_outcome(run):
    said = run(LON + 0.1, LAT, "--kind", "renewal", "--json")
    assert said.exit_code == 0
    assert json.loads(said.stdout)["outcome"]["key"] == "unknown"


def test_facts_are_given_by_name(run):
    said = run(LON, LAT, "--fact", "surface_usable=否", "--fact", "product=示例", "--accuracy-m", 5,
               "--industry", "food", "--held-m3", 0, "--json")  # fmt: skip
    asked = json.loads(said.stdout)["asked"]
    assert asked["surface_usable"] is False
    assert (asked["product"], asked["position_accuracy_m"]) == ("示例", 5)
    assert (asked["industry_class"], asked["held_m3"]) == ("food", 0)


def test_a_parcel_comes_from_a_file(run, tmp_path):
    path = tmp_path / "parcel.geojson"
    path.write_text(shapely.to_geojson(square(400, 0, 200)))
    found = json.loads(run("--area-file", path, "--json").stdout)
    assert found["place"]["area_m2"] == pytest.approx(40_000, rel=0.01)
    assert any(f["sentence_zh"].startswith("地块有一部分") for f in found["unknown"])


def test_the_page_is_written_as_html_and_as_pdf(run, tmp_path):
    for suffix in ("html", "pdf"):
        assert run(LON, LAT, "--out", tmp_path / "new" / f"page.{suffix}").exit_code == 0
    assert "示例禁采区" in (tmp_path / "new" / "page.html").read_text("utf-8")
    text = pypdf.PdfReader(tmp_path / "new" / "page.pdf").pages[0].extract_text()
    assert "禁止开采区" in text.replace("\n", "")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--kind", "second"), "replacement（替代井）"),
        (("--use", "swimming"), "snowmaking（人工造雪）"),
        (("--fact", "colour=red"), "surface_usable"),
        (("--fact", "surface_usable"), "name=value"),
        (("--annual-m3", "much"), "annual_m3"),
        (("--on", "someday"), "2024-06-30"),
        (("--out", "page.docx"), ".pdf"),
        (("--area-file", "parcel.geojson"), "--area-file"),
    ],
)
def test_what_is_not_understood_ends_with_exit_code_2_and_what_may_be_said(run, words, named):
    said = run(LON, LAT, *words)
    assert said.exit_code == 2
    assert named in said.stderr
    assert said.stdout == ""


def test_a_place_is_needed(run):
    said = run()
    assert said.exit_code == 2
    assert "--area-file" in said.stderr
