"""What docs/notebooks.md shows runs, from top to bottom, against a real service."""

import re
from pathlib import Path

from gis_app.client import Client

PAGE = Path(__file__).parents[2] / "docs" / "notebooks.md"


def test_the_examples_run_and_every_method_of_the_client_has_one(
    gis, service, tmp_path, monkeypatch
):
    page = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIS_TOKEN", service.token)
    code = "\n".join(blocks).replace("http://127.0.0.1:8000", service.url)
    names: dict[str, object] = {}
    exec(compile(code, str(PAGE), "exec"), names)
    names["gis"].close()
    methods = {n for n in dir(Client) if not n.startswith("_")} - {"url", "close"}
    shown = page + PAGE.with_name("rasters.md").read_text(encoding="utf-8")
    assert {n for n in methods if f"gis.{n}(" not in shown} == set()
    assert names["check"].outcome_zh
    assert len(names["opened"]) > 10
    assert len(names["closing"]) > 10
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {
        "closures.xlsx", "changes.csv", "changes.codebook.csv", "wells.gpkg", "map.html",
        "map.png", "report.xlsx", "report.html",
    }  # fmt: skip
    assert gis.wells(code="DOC-1").empty
