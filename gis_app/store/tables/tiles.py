"""What tiles are drawn from, kept by the database: versions of map cells, counts, zone shapes."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Double,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)

from gis_app.flags import FLAGS
from gis_app.store.tables.base import geometry, metadata

# A layer has changed in a map cell (a tile of zoom 10; x = -1: somewhere). Rows are only added, and
# summed up by gis.compact_versions.
cell_version = Table(
    "cell_version",
    metadata,
    Column("cell_version_id", BigInteger, Identity(always=True), primary_key=True),
    Column("layer", Text, nullable=False),
    Column("x", SmallInteger, nullable=False),
    Column("y", SmallInteger, nullable=False),
    Column("changes", Integer, nullable=False, server_default="1"),
    Index("cell_version_place", "layer", "x", "y", postgresql_include=["changes"]),
)

# How many wells have each finding, in 64 × 64 cells of every tile of zooms 4 to 9, as of the last
# settling.
well_overview = Table(
    "well_overview",
    metadata,
    Column("z", SmallInteger, primary_key=True, autoincrement=False),
    Column("x", SmallInteger, primary_key=True, autoincrement=False),
    Column("y", SmallInteger, primary_key=True, autoincrement=False),
    # row × 64 + column
    Column("cell", SmallInteger, primary_key=True, autoincrement=False),
    *(Column(flag, Integer, nullable=False, server_default="0") for flag in (*FLAGS, "unassessed")),
)

# How each well stands in the overview: its cell of zoom 15 (y << 15 | x) and its finding.
well_counted = Table(
    "well_counted",
    metadata,
    Column("well_id", BigInteger, primary_key=True, autoincrement=False),
    Column("cell", Integer, nullable=False),
    Column("flag", Text, nullable=False),
)

# Wells that may stand otherwise than counted and drawn. Rows are only added, and taken by the
# settling; whoever reads the overview corrects it by them, and kept tiles wait for them to be gone.
well_unsettled = Table(
    "well_unsettled",
    metadata,
    Column("well_id", BigInteger, nullable=False),
)


# Tiles of wells one by one, zooms 10 to 14, as drawn at the last settling, with the divisions of
# the wells in them (null among them: of none). One that is missing, or void, is drawn when asked.
well_tile = Table(
    "well_tile",
    metadata,
    Column("z", SmallInteger, primary_key=True, autoincrement=False),
    Column("x", Integer, primary_key=True, autoincrement=False),
    Column("y", Integer, primary_key=True, autoincrement=False),
    Column("areas", ARRAY(Text), nullable=False, server_default="{}"),
    Column("body", LargeBinary),
    Index("well_tile_void", "z", "x", "y", postgresql_where=text("body is null")),
)


def _of_zones(name: str, kind: str, *more: Column[int], by: tuple[str, ...] = ("geom",)) -> Table:
    """A table of shapes (3857) of approved zone versions; `size_m` is the zone's longer side."""
    return Table(
        name,
        metadata,
        Column("layer", Text, nullable=False),
        Column("zone_id", BigInteger, nullable=False),
        Column("version", Integer, nullable=False),
        *more,
        Column("size_m", Double, nullable=False),
        Column("geom", geometry(kind, 3857), nullable=False),
        Index(f"{name}_zone_id_version", "zone_id", "version"),
        Index(f"{name}_place", "layer", *by, postgresql_using="gist"),
    )


# Simplified for all zooms up to `band`.
zone_band = _of_zones(
    "zone_band",
    "MULTIPOLYGON",
    Column("band", SmallInteger, nullable=False),
    by=("band", "geom"),
)
# Unsimplified, in pieces: the ground, the outlines; and one point inside each zone.
zone_fill = _of_zones("zone_fill", "POLYGON")
zone_outline = _of_zones("zone_outline", "LINESTRING")
zone_mark = _of_zones("zone_mark", "POINT")
