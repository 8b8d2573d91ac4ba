"""The tables, as SQLAlchemy Core. Functions, triggers and views lie in `after/`.

`geom` is always EPSG:4490; `geom_web` (3857) is generated and serves tiles and nearest-first
search. Columns carry their units in their names.
"""

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Sequence,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, ExcludeConstraint

from layers.well import LAYER as WELL

SCHEMA = "gis"
metadata = MetaData(
    schema=SCHEMA,
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s",
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
    },
)


def _geometry(kind: str, srid: int) -> Geometry:
    # indexes are declared by name below, so that migrations see them
    return Geometry(kind, srid=srid, spatial_index=False)


_AREA_CODE = "area_code ~ '^[0-9]{2,12}$'"


def _listed(name: str) -> str:
    """The values that the register's vocabulary allows in a column, as an SQL list."""
    field = WELL.field_named(name)
    return ", ".join(f"'{key}'" for key in (field.choices if field else ()))


party = Table(
    "party",
    metadata,
    Column("party_id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("uscc", Text),
    Index("party_name_uscc", "name", text("coalesce(uscc, '')"), unique=True),
)

well = Table(
    "well",
    metadata,
    Column("well_id", BigInteger, Identity(always=True), primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text),
    Column("area_code", Text),
    Column("township", Text),
    Column("village", Text),
    Column("address", Text),
    Column("owner_id", BigInteger, ForeignKey("gis.party.party_id"), index=True),
    Column("self_supply", Boolean),
    Column("status", Text),
    Column("well_type", Text),
    Column("use", Text),
    Column("industry", Text),
    Column("permit_state", Text, nullable=False, server_default="unknown"),
    Column("permit_number", Text),
    Column("annual_permitted_m3", Double),
    Column("prior_permitted_m3", Double),
    Column("annual_reported_m3", Double),
    Column("volume_method", Text),
    Column("exemption_kind", Text),
    Column("exemption_until", Date),
    Column("completed_on", Date),
    Column("depth_m", Double),
    Column("water_depth_m", Double),
    Column("screen_top_m", Double),
    Column("screen_bottom_m", Double),
    Column("diameter_mm", Double),
    Column("casing_material", Text),
    Column("aquifer", Text),
    Column("source_type", Text),
    Column("landform", Text),
    Column("water_region", Text),
    Column("pump_fitted", Boolean),
    Column("pump_model", Text),
    Column("meter_state", Text),
    Column("meter_type", Text),
    Column("above_scale_source", Boolean),
    Column("coord_method", Text),
    Column("position_accuracy_m", Double),
    Column("remark", Text),
    Column("geom", _geometry("POINT", 4490), nullable=False),
    Column(
        "geom_web", _geometry("POINT", 3857), Computed("st_transform(geom, 3857)", persisted=True)
    ),
    Column(
        "uncertainty_m",
        Double,
        Computed("gis.uncertainty_m(position_accuracy_m, coord_method)", persisted=True),
        nullable=False,
    ),
    Column(
        "reach",
        _geometry("POLYGON", 4490),
        Computed(
            "gis.reach(geom, gis.uncertainty_m(position_accuracy_m, coord_method))", persisted=True
        ),
    ),
    Column("batch_id", BigInteger),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("permit_state in ('held', 'none', 'unknown')", name="permit_state"),
    # NaN and Infinity are greater than every number
    CheckConstraint(
        "position_accuracy_m >= 0 and position_accuracy_m <= 1e6", name="position_accuracy"
    ),
    CheckConstraint(_AREA_CODE, name="area_code"),
    *(
        CheckConstraint(f"{name} in ({_listed(name)})", name=name)
        for name in ("status", "well_type", "use", "meter_state", "coord_method", "exemption_kind")
    ),
    CheckConstraint(
        "st_x(geom) between -180 and 180 and st_y(geom) between -85 and 85", name="on_earth"
    ),
    Index("well_geom", "geom", postgresql_using="gist"),
    Index("well_geom_web", "geom_web", postgresql_using="gist"),
    Index("well_reach", "reach", postgresql_using="gist"),
    Index("well_batch_id", "batch_id", postgresql_where=text("batch_id is not null")),
)

well_state = Table(
    "well_state",
    metadata,
    Column("well_state_id", BigInteger, Identity(always=True), primary_key=True),
    Column("well_id", BigInteger, nullable=False),
    Column("status", Text),
    # null = since before anybody wrote it down
    Column("from_on", Date),
    Column("to_on", Date),
    Column("reason", Text),
    Column("batch_id", BigInteger),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("well_state_well_id", "well_id", "from_on"),
    Index("well_state_batch_id", "batch_id", postgresql_where=text("batch_id is not null")),
)

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
    Column("geom", _geometry("MULTIPOLYGON", 4490), nullable=False),
    Column(
        "geom_web",
        _geometry("MULTIPOLYGON", 3857),
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
    CheckConstraint(_AREA_CODE, name="area_code"),
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
    Column("geom", _geometry("POLYGON", 4490), nullable=False),
    Column("reach", _geometry("POLYGON", 4490), nullable=False),
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
    Column("geom", _geometry("LINESTRING", 3395), nullable=False),
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

incidence_day = Table(
    "incidence_day",
    metadata,
    Column("one", Boolean, primary_key=True, server_default="true"),
    Column("day", Date, nullable=False),
    CheckConstraint("one", name="single"),
)

layer_version = Table(
    "layer_version",
    metadata,
    Column("layer_version_id", BigInteger, Identity(always=True), primary_key=True),
    Column("layer", Text, nullable=False),
    Column("changes", BigInteger, nullable=False, server_default="1"),
    Index("layer_version_layer", "layer"),
)

change = Table(
    "change",
    metadata,
    Column("change_id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    Column("batch_id", BigInteger),
    Column("table_name", Text, nullable=False),
    Column("key", BigInteger, nullable=False),
    Column("op", Text, nullable=False),
    Column("old", JSONB),
    Column("new", JSONB),
    Index("change_table_name_key", "table_name", "key", "change_id"),
    Index("change_batch_id", "batch_id", postgresql_where=text("batch_id is not null")),
)

batch = Table(
    "batch",
    metadata,
    Column("batch_id", BigInteger, Identity(always=True), primary_key=True),
    Column("layer", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, server_default="preview"),
    Column("options", JSONB, nullable=False, server_default="{}"),
    Column("report", JSONB, nullable=False, server_default="{}"),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("committed_at", DateTime(timezone=True)),
    Column("undone_at", DateTime(timezone=True)),
    CheckConstraint("state in ('preview', 'committed', 'undone', 'discarded')", name="state"),
)

batch_problem = Table(
    "batch_problem",
    metadata,
    Column("batch_id", BigInteger, ForeignKey("gis.batch.batch_id", ondelete="CASCADE")),
    Column("row_no", Integer),
    Column("column_name", Text),
    Column("code", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("value", Text),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("label", Text),
    Index("batch_problem_batch_id_row_no", "batch_id", "row_no"),
)

audit_run = Table(
    "audit_run",
    metadata,
    Column("run_id", BigInteger, Identity(always=True), primary_key=True),
    Column("on", Date, nullable=False),
    Column("area", Text, nullable=False, server_default=""),
    Column("instruments", ARRAY(Text), nullable=False),
    Column("anywhere", Boolean, nullable=False, server_default="false"),
    Column("ledger", Text, nullable=False),
    Column("law_hash", Text, nullable=False),
    Column("actor", Text, nullable=False, server_default=text("gis.actor()")),
    Column("started_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("finished_at", DateTime(timezone=True)),
    Column("counts", JSONB, nullable=False, server_default="{}"),
    Column("not_assessed", JSONB, nullable=False, server_default="[]"),
)

finding = Table(
    "finding",
    metadata,
    Column("finding_id", BigInteger, Identity(always=True), primary_key=True),
    Column("ledger", Text, nullable=False),
    Column("well_id", BigInteger, nullable=False),
    Column("well_code", Text, nullable=False),
    Column("area_code", Text),
    Column("rule", Text, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("layer", Text),
    Column("zone_id", BigInteger),
    Column("zone_version", Integer),
    Column("zone_name", Text),
    Column("edge_m", Double),
    Column("tolerance_m", Double),
    # several zones together decide it: edge_m is to the edge of the layer, at least
    Column("joint", Boolean, nullable=False, server_default="false"),
    Column("missing", ARRAY(Text), nullable=False, server_default="{}"),
    Column("exemption", Text),
    Column("inputs", JSONB, nullable=False, server_default="{}"),
    # of all that the finding shows: whether a rerun has anything to refresh
    Column("digest", BigInteger, nullable=False, server_default="0"),
    Column("geom", _geometry("POINT", 4490), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Column("opened_run", BigInteger, ForeignKey("gis.audit_run.run_id"), nullable=False),
    Column("closed_run", BigInteger, ForeignKey("gis.audit_run.run_id")),
    Column("closed_cause", Text),
    CheckConstraint("answer in ('applies', 'indeterminate', 'exempt')", name="answer"),
    CheckConstraint("(closed_run is null) = (closed_cause is null)", name="closed_has_cause"),
    Index(
        "finding_open",
        "ledger",
        "well_id",
        "rule",
        text("coalesce(zone_id, 0)"),
        unique=True,
        postgresql_where=text("closed_run is null"),
    ),
    Index("finding_well_id", "well_id"),
    Index("finding_zone_id", "zone_id"),
    Index("finding_opened_run", "opened_run"),
    Index("finding_closed_run", "closed_run"),
)

# The gravest standing finding of each well, for maps: rewritten by every standing audit.
well_flag = Table(
    "well_flag",
    metadata,
    Column("well_id", BigInteger, primary_key=True, autoincrement=False),
    Column("flag", Text, nullable=False),
    Column("rule", Text),
)

# Numbers that the law delegates, as an administrator has set them: never changed, only followed.
law_parameter = Table(
    "law_parameter",
    metadata,
    Column("law_parameter_id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("area", Text, nullable=False, server_default=""),
    # null takes an earlier value back
    Column("value", Double),
    Column("since", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("set_by", Text, nullable=False, server_default=text("gis.actor()")),
    Column("set_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("law_parameter_name", "name", "area", "since"),
)

# What the deployment says of itself: title, whether the data are synthetic.
setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
)
