"""Rasters on record: what lies on the shelf of files, of which layer, since which day.

The cells lie in files, named by the SHA-256 of their bytes (`gis_app.raster.shelf`). A row is
written once and never changed but to end it or to take it back.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from gis_app.crs import STORAGE_SRID
from gis_app.store.tables.base import geometry, metadata

raster = Table(
    "raster",
    metadata,
    Column("raster_id", BigInteger, Identity(always=True), primary_key=True),
    Column("layer", Text, nullable=False),
    # the division it was made for; "": no one's
    Column("area_code", Text, nullable=False, server_default=""),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("file_name", Text, nullable=False),
    # of the file that was brought; of the two made of it: values as they are, pictures for tiles
    Column("sha256", Text, nullable=False),
    Column("analysis_sha256", Text, nullable=False),
    Column("picture_sha256", Text, nullable=False),
    # the unit the file was in; its values were converted to the layer's
    Column("unit", Text),
    Column("crs", Text, nullable=False),
    # a cell's side on the plane of `crs`: metres, or degrees
    Column("cell", Double, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("max_zoom", Integer, nullable=False),
    Column("least", Double, nullable=False),
    Column("most", Double, nullable=False),
    Column("mean", Double),
    # of all cells: 0 to 1
    Column("valid_share", Double, nullable=False),
    # of classes: cells by code
    Column("cells", JSONB, nullable=False, server_default="{}"),
    Column("source", Text),
    # what it was computed from, where it says so
    Column("lineage", JSONB, nullable=False, server_default="{}"),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("recorded_by", Text, nullable=False, server_default=text("gis.actor()")),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("withdrawn_by", Text),
    Column("withdrawn_why", Text),
    Column("geom", geometry("POLYGON", STORAGE_SRID), nullable=False),
    CheckConstraint("area_code ~ '^([0-9]{2,12})?$'", name="area_code"),
    CheckConstraint("valid_to is null or valid_to > valid_from", name="days"),
    CheckConstraint("valid_share > 0 and valid_share <= 1", name="valid_share"),
    Index("raster_layer", "layer", "area_code", "valid_from"),
)
