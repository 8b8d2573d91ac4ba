"""Zones by version, their pieces, and the incidence of wells and zones."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    Index,
    Integer,
    Sequence,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from gis_app.store.tables.base import AREA_CODE, SCHEMA, geometry, metadata

zone_id_seq = Sequence("zone_id_seq", metadata=metadata, schema=SCHEMA)
zone = Table(
    "zone",
    metadata,
    Column(
        "zone_id",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        server_default=text("nextval('gis.zone_id_seq')"),
    ),
    Column("version", Integer, primary_key=True, server_default="1"),
    Column("layer", Text, nullable=False),
    Column("grade", Text),
    Column("code", Text),
    Column("name", Text, nullable=False),
    Column("law_status", Text, nullable=False, server_default="draft"),
    Column("instrument", Text),
    Column("clause", Text),
    Column("authority", Text),
    Column("area_code", Text),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("boundary_accuracy_m", Double, nullable=False, server_default="10"),
    Column("source", Text),
    Column("attrs", JSONB, nullable=False, server_default="{}"),
    Column("geom", geometry("MULTIPOLYGON", 4490), nullable=False),
    Column(
        "geom_web",
        geometry("MULTIPOLYGON", 3857),
        Computed("st_transform(geom, 3857)", persisted=True),
    ),
    Column("batch_id", BigInteger),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("recorded_by", Text, nullable=False, server_default=text("gis.actor()")),
    CheckConstraint(
        "law_status in ('draft', 'in_review', 'approved', 'withdrawn')", name="law_status"
    ),
    CheckConstraint("law_status <> 'approved' or valid_from is not null", name="approved_has_date"),
    CheckConstraint("valid_to is null or valid_to >= valid_from", name="validity"),
    CheckConstraint(
        "boundary_accuracy_m >= 0 and boundary_accuracy_m <= 1e6", name="boundary_accuracy"
    ),
    CheckConstraint(AREA_CODE, name="area_code"),
    CheckConstraint("layer <> '' and coalesce(grade, ' ') <> ''", name="layer_named"),
    # two versions of one zone are never law on the same day
    ExcludeConstraint(
        ("zone_id", "="),
        (text("daterange(valid_from, valid_to)"), "&&"),
        where=text("law_status = 'approved'"),
        using="gist",
        name="zone_one_version_a_day",
    ),
    CheckConstraint("st_isvalid(geom) and not st_isempty(geom)", name="valid_geometry"),
    Index("zone_geom", "geom", postgresql_using="gist"),
    Index("zone_geom_web", "geom_web", postgresql_using="gist"),
    Index("zone_layer", "layer", "valid_from"),
    Index(
        "zone_drafted", "recorded_at", postgresql_where=text("law_status in ('draft', 'in_review')")
    ),
    Index("zone_batch_id", "batch_id", postgresql_where=text("batch_id is not null")),
)

# Pieces of ≤ 128 vertices of every approved zone version: for the join, never for the answer.
zone_part = Table(
    "zone_part",
    metadata,
    Column("zone_id", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("live", Boolean, nullable=False, server_default="false"),
    Column("boundary_accuracy_m", Double, nullable=False),
    Column("geom", geometry("POLYGON", 4490), nullable=False),
    Column("reach", geometry("POLYGON", 4490), nullable=False),
    Index("zone_part_zone_id_version", "zone_id", "version"),
    Index("zone_part_reach", "reach", postgresql_using="gist", postgresql_where=text("live")),
)

# Boundary pieces in 3395 (conformal on the ellipsoid), cut fine enough that a straight line in
# degrees stays so.
zone_edge = Table(
    "zone_edge",
    metadata,
    Column("zone_id", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    Column("geom", geometry("LINESTRING", 3395), nullable=False),
    # measured: pieces of 128 vertices, 13 µs a search; of 32, or with the version in the index, 24
    Index("zone_edge_nearest", "zone_id", "geom", postgresql_using="gist"),
)

# Every well with every zone in force today that its disc of uncertainty touches.
well_zone = Table(
    "well_zone",
    metadata,
    Column("well_id", BigInteger, primary_key=True, autoincrement=False),
    Column("zone_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("layer", Text, nullable=False),
    Column("grade", Text),
    Column("inside", Boolean, nullable=False),
    # geodesic metres to the zone's boundary, positive inside
    Column("edge_m", Double, nullable=False),
    Column("tolerance_m", Double, nullable=False),
    Index("well_zone_zone_id", "zone_id"),
)

# How deep shapes lie in zones (`gis.depth`), under the numbers of both shapes' bytes. Nothing goes
# stale: another shape is another number. Audits keep them, and forget those of what is gone.
shape_depth = Table(
    "shape_depth",
    metadata,
    Column("shape", BigInteger, primary_key=True, autoincrement=False),
    Column("zone", BigInteger, primary_key=True, autoincrement=False),
    Column("footprint", Boolean, primary_key=True),
    Column("metres", Double, nullable=False),
)

incidence_day = Table(
    "incidence_day",
    metadata,
    Column("one", Boolean, primary_key=True, server_default="true"),
    Column("day", Date, nullable=False),
    CheckConstraint("one", name="single"),
)
