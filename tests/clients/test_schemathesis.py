"""The service does what its definition says: every operation, drawn at random by schemathesis."""

import os
import subprocess
import sys

import pytest
from shapely import MultiPolygon, get_parts

from gis_app import demo, registry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.service import serving

# What a JSON Schema cannot say is refused by us, and should be: a text that is no CQL2, a file that
# no reader opens, a place that is none. Whether such a request is refused is not a failure.
EXCLUDED = "positive_data_acceptance"
EXAMPLES = os.environ.get("GIS_SCHEMATHESIS_EXAMPLES", "4")
FEWER = os.environ.get("GIS_SCHEMATHESIS_EXAMPLES", "1")  # the same operations in another dialect


@pytest.fixture(scope="module")
def scratch(databases, worker, tmp_path_factory):
    """A service of its own: what is drawn at random is written into it."""
    with databases.clone(f"gis_schemathesis_{worker}") as engine:
        city = demo.city(wells=300)
        for zones in city.zones.values():  # few corners: places are asked about by the hundred
            zones.geometry = [MultiPolygon(get_parts(shape)) for shape in zones.simplify(0.002)]
        with writing(engine, "demo") as conn:
            demo.load(conn, city)
        settings = Settings(home=tmp_path_factory.mktemp("schemathesis"))
        with serving(settings, engine, registry.load()) as found:
            yield found


@pytest.mark.parametrize(
    ("document", "examples", "phases"),
    [
        ("openapi.json", EXAMPLES, "examples,coverage,fuzzing"),
        ("api", FEWER, "examples,fuzzing"),
    ],
)
def test_no_operation_answers_otherwise_than_defined(scratch, document, examples, phases, tmp_path):
    done = subprocess.run(
        [
            sys.executable, "-W", "ignore", "-m", "schemathesis.cli", "run",
            f"{scratch.url}/{document}", "--url", scratch.url, "--exclude-checks", EXCLUDED,
            "--max-examples", examples, "--request-timeout", "60", "--no-color",
            "--header", f"Authorization: Bearer {scratch.token}",
            "--phases", phases, "--seed", "1",
        ],
        capture_output=True, text=True, timeout=900, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-12_000:]
    assert "Tested:" in done.stdout
