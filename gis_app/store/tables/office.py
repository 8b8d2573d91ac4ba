"""What the office keeps of its own work: changes, imports, delegated numbers, settings."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from gis_app.store.tables.base import AREA_CODE, metadata

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

# Computations of zones from rasters: what each was made of, where its files lie, and the batch that
# brought its zones in as drafts (null: none were). Its drafts stand while that batch is committed.
zoning_run = Table(
    "zoning_run",
    metadata,
    Column("zoning_run_id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("area_code", Text),
    Column("profile", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("lineage", JSONB, nullable=False),
    Column("summary", JSONB, nullable=False, server_default="{}"),
    Column("batch_id", BigInteger, ForeignKey("gis.batch.batch_id", ondelete="SET NULL")),
    Column(
        "former_id",
        BigInteger,
        ForeignKey("gis.zoning_run.zoning_run_id", ondelete="SET NULL"),
    ),
    Column("difference", JSONB),
    Column("actor", Text, nullable=False, server_default=text("gis.actor()")),
    Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint(AREA_CODE, name="area_code"),
    Index("zoning_run_name", "name", "recorded_at"),
    Index("zoning_run_batch_id", "batch_id"),
    Index("zoning_run_former_id", "former_id"),
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

# Days that are not worked though weekdays, and weekends that are: the state's holiday calendar.
day_off = Table(
    "day_off",
    metadata,
    Column("day", Date, primary_key=True),
    Column("worked", Boolean, nullable=False),
    Column("name", Text),
)

# What the deployment says of itself: title, whether the data are synthetic.
setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
)
