"""The tables, as SQLAlchemy Core. Functions, triggers and views lie in `after/`.

`geom` is always EPSG:4490; `geom_web` (3857) is generated and serves tiles and nearest-first
search. Columns carry their units in their names.
"""

from gis_app.store.tables.accounts import account, account_role, failed_sign_in, session, token
from gis_app.store.tables.base import SCHEMA, metadata
from gis_app.store.tables.ledger import audit_run, finding, well_flag
from gis_app.store.tables.office import (
    batch,
    batch_problem,
    change,
    day_off,
    law_parameter,
    layer_version,
    setting,
    zoning_run,
)
from gis_app.store.tables.rasters import raster
from gis_app.store.tables.register import party, well, well_state
from gis_app.store.tables.registers import REGISTER_TABLES
from gis_app.store.tables.tiles import (
    cell_version,
    well_counted,
    well_overview,
    well_tile,
    well_unsettled,
    zone_band,
    zone_fill,
    zone_mark,
    zone_outline,
)
from gis_app.store.tables.zones import (
    incidence_day,
    well_zone,
    zone,
    zone_edge,
    zone_id_seq,
    zone_part,
)

__all__ = [
    "REGISTER_TABLES",
    "SCHEMA",
    "account",
    "account_role",
    "audit_run",
    "batch",
    "batch_problem",
    "cell_version",
    "change",
    "day_off",
    "failed_sign_in",
    "finding",
    "incidence_day",
    "law_parameter",
    "layer_version",
    "metadata",
    "party",
    "raster",
    "session",
    "setting",
    "token",
    "well",
    "well_counted",
    "well_flag",
    "well_overview",
    "well_state",
    "well_tile",
    "well_unsettled",
    "well_zone",
    "zone",
    "zone_band",
    "zone_edge",
    "zone_fill",
    "zone_id_seq",
    "zone_mark",
    "zone_outline",
    "zone_part",
    "zoning_run",
]
