"""Audits without a server: the law of the service over frames and files.

    from gis_app import offline

    audit = offline.audit("wells.gpkg", {"public_supply_coverage": "areas.gpkg"}, on="2024-06-30")
    audit.closures().to_file("closures.gpkg")

The same rule files, the same queries over the registers, the same sentences; incidence by an exact
grid kernel instead of PostGIS, DuckDB instead of PostgreSQL. Needs the extra `notebook`, no server.
"""

from importlib.util import find_spec

import pandas as pd

if absent := [name for name in ("duckdb", "numba") if find_spec(name) is None]:
    raise ModuleNotFoundError(
        f"Audits of files need {', '.join(absent)}: pip install 'gis-app[notebook]'; in a "
        "checkout: make everything",
        name=absent[0],
    )

from gis_app.offline.auditing import audit
from gis_app.offline.incidence import Incidence, meet, pairs
from gis_app.offline.partitioning import partition
from gis_app.offline.reading import Source
from gis_app.offline.result import Audit
from gis_app.offline.tiles import audit_tiles

EMPTY = pd.DataFrame()  # a register that is at hand and has no rows

__all__ = [
    "EMPTY", "Audit", "Incidence", "Source", "audit", "audit_tiles", "meet", "pairs", "partition",
]  # fmt: skip
