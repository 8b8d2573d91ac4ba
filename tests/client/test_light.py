"""The client wing stands alone: no server package, nothing heavy before it is asked for."""

import json
import subprocess
import sys

SERVER = {
    "sqlalchemy", "psycopg", "alembic", "geoalchemy2", "fastapi", "starlette", "uvicorn",
    "pydantic", "pydantic_settings", "ibis", "duckdb", "typer", "jsonschema", "api", "layers",
}  # fmt: skip
HEAVY = {"leafmap", "matplotlib", "IPython", "tqdm", "openpyxl"}
OURS = {"areas", "client", "crs", "days", "errors", "export", "field", "flags", "law", "layer",
        "notebook", "rights", "zone_fields"}  # fmt: skip


def loaded(statement):
    """The top-level packages, and our own modules, that a statement loads in a fresh Python."""
    script = f"import json, sys; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    names = json.loads(done.stdout)
    ours = {n.split(".")[1] for n in names if n.startswith("gis_app.")}
    return {n.partition(".")[0] for n in names}, ours


def test_the_client_loads_no_server_package():
    packages, ours = loaded("from gis_app.client import Client; Client().close()")
    assert packages & (SERVER | HEAVY) == set()
    assert ours == OURS - {"notebook"}


def test_the_maps_load_their_engines_only_when_they_are_drawn():
    packages, ours = loaded("from gis_app.notebook import audit_map, audit_plot")
    assert packages & (SERVER | HEAVY) == set()
    assert ours == OURS - {"areas", "client", "days"} | {"report"}
