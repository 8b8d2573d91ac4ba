"""Audits, findings and the flags that maps show."""

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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from gis_app.store.tables.base import geometry, metadata

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
    # what it speaks of (gis_app/rules/subjects.py)
    Column("subject", Text, nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("subject_code", Text, nullable=False),
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
    # null for what has no place of its own
    Column("geom", geometry("GEOMETRY", 4490)),
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
        "subject",
        "subject_id",
        "rule",
        text("coalesce(zone_id, 0)"),
        unique=True,
        postgresql_where=text("closed_run is null"),
    ),
    Index("finding_subject", "subject", "subject_id"),
    Index("finding_zone_id", "zone_id"),
    Index("finding_opened_run", "opened_run"),
    Index("finding_closed_run", "closed_run"),
)

# Facts that no well of a county has, as the last audit of the county found.
unrecorded = Table(
    "unrecorded",
    metadata,
    Column("area_code", Text, primary_key=True),
    Column("facts", ARRAY(Text), nullable=False),
)

# Of each county, for every fact that rules read, a well that has it (null: nobody), as the last
# audit of everything found: while they have it, nothing has become unrecorded.
recorded = Table(
    "recorded",
    metadata,
    Column("area_code", Text, primary_key=True),
    Column("facts", ARRAY(Text), nullable=False),
    Column("wells", ARRAY(BigInteger), nullable=False),
)

# The last audit of everything that maps show, by which program and law (the hash of each rule), and
# how many wells stood in which county ([{"area_code", "wells"}]): what later ones go on from.
audited = Table(
    "audited",
    metadata,
    Column("one", Boolean, primary_key=True, server_default="true"),
    Column(
        "run_id",
        BigInteger,
        ForeignKey("gis.audit_run.run_id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("program", Text, nullable=False),
    Column("law", JSONB, nullable=False),
    Column("counties", JSONB, nullable=False),
    CheckConstraint("one", name="single"),
)

# What has changed since: a row of the history, a well, or (neither) everything; `layers`: in zones
# of these alone.
unaudited = Table(
    "unaudited",
    metadata,
    Column("change_id", BigInteger),
    Column("well_id", BigInteger),
    Column("layers", ARRAY(Text)),
)

# The gravest standing finding of each well, for maps: rewritten by every standing audit.
well_flag = Table(
    "well_flag",
    metadata,
    Column("well_id", BigInteger, primary_key=True, autoincrement=False),
    Column("flag", Text, nullable=False),
    Column("rule", Text),
)
