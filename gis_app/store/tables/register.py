"""The register: parties, wells and their states over time."""

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
    Table,
    Text,
    func,
    text,
)

from gis_app.store.tables.base import AREA_CODE, geometry, metadata
from layers.well import LAYER as WELL


def _listed(name: str) -> str:
    """The values that the register's vocabulary allows in a column, as an SQL list."""
    field = WELL.field_named(name)
    return ", ".join(f"'{key}'" for key in (field.choices if field else ()))


_CHOICES = [f.name for f in WELL.fields if f.kind == "choice" and f.name != "permit_state"]

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
    Column("ownerless", Boolean),
    Column("self_supply", Boolean),
    Column("status", Text),
    Column("well_type", Text),
    Column("use", Text),
    Column("industry", Text),
    Column("industry_class", Text),
    Column("permit_state", Text, nullable=False, server_default="unknown"),
    Column("permit_number", Text),
    Column("annual_permitted_m3", Double),
    Column("prior_permitted_m3", Double),
    Column("permitted_since", Date),
    Column("annual_reported_m3", Double),
    Column("volume_method", Text),
    Column("exemption_kind", Text),
    Column("exemption_until", Date),
    Column("completed_on", Date),
    Column("replaces", Text),
    Column("works_started_on", Date),
    Column("filing_state", Text),
    Column("filed_on", Date),
    Column("no_alternative_source", Boolean),
    Column("risk_class", Text),
    Column("depth_m", Double),
    Column("water_depth_m", Double),
    Column("screen_top_m", Double),
    Column("screen_bottom_m", Double),
    Column("diameter_mm", Double),
    Column("casing_material", Text),
    Column("aquifer", Text),
    Column("aquifer_renewal", Text),
    Column("aquifer_depth", Text),
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
    Column("geom", geometry("POINT", 4490), nullable=False),
    Column(
        "geom_web", geometry("POINT", 3857), Computed("st_transform(geom, 3857)", persisted=True)
    ),
    Column(
        "uncertainty_m",
        Double,
        Computed("gis.uncertainty_m(position_accuracy_m, coord_method)", persisted=True),
        nullable=False,
    ),
    Column("batch_id", BigInteger),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("permit_state in ('held', 'none', 'unknown')", name="permit_state"),
    # NaN and Infinity are greater than every number
    CheckConstraint(
        "position_accuracy_m >= 0 and position_accuracy_m <= 1e6", name="position_accuracy"
    ),
    CheckConstraint(AREA_CODE, name="area_code"),
    *(CheckConstraint(f"{name} in ({_listed(name)})", name=name) for name in _CHOICES),
    CheckConstraint(
        "st_x(geom) between -180 and 180 and st_y(geom) between -85 and 85", name="on_earth"
    ),
    Index("well_geom", "geom", postgresql_using="gist"),
    Index("well_geom_web", "geom_web", postgresql_using="gist"),
    # holds all that the incidence asks of a well: pairs take a fifth less where the row is not read
    Index(
        "well_reach",
        text("gis.reach(geom, uncertainty_m)"),
        postgresql_using="gist",
        postgresql_include=("well_id", "geom", "uncertainty_m"),
    ),
    Index("well_plain_code", text("lower(gis.plain_code(code))")),
    Index("well_permit_number", "permit_number"),
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
