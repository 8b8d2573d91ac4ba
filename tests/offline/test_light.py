"""What an audit of files needs: no server, no database, no web."""

import subprocess
import sys

SERVER = "sqlalchemy psycopg fastapi uvicorn alembic geoalchemy2 pydantic_settings typer orjson"


def test_importing_it_brings_in_no_package_of_the_server():
    code = (
        "import sys; from gis_app import offline; import gis_app.offline.auditing;"
        "import gis_app.offline.partitioning, gis_app.offline.tiles;"
        f"heavy = set({SERVER.split()!r}) & {{name.split('.')[0] for name in sys.modules}};"
        "heavy |= {n for n in sys.modules if n.startswith(('gis_app.store', 'gis_app.cluster'))};"
        "sys.exit(f'it imports {sorted(heavy)}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
