"""People and programs that may sign in: accounts, their roles, sessions and tokens.

Passwords are argon2id hashes; of sessions and tokens only SHA-256 digests are kept.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from gis_app.store.tables.base import metadata

_ACCOUNT = "gis.account.account_id"
_AREA = "area ~ '^([0-9]{2,12})?$'"

account = Table(
    "account",
    metadata,
    Column("account_id", BigInteger, Identity(always=True), primary_key=True),
    Column("name", Text, nullable=False),
    Column("full_name", Text),
    # null: signs in elsewhere (OIDC), or not at all
    Column("password_hash", Text),
    # the password was given by somebody else: it opens nothing but the change of it
    Column("must_change", Boolean, nullable=False, server_default="false"),
    Column("disabled_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("created_by", Text, nullable=False, server_default=text("gis.actor()")),
    CheckConstraint("name ~ '^[[:alnum:]][[:alnum:]_.@-]{0,63}$'", name="name"),
    Index("account_name", text("lower(name)"), unique=True),
)

account_role = Table(
    "account_role",
    metadata,
    Column("account_role_id", BigInteger, Identity(always=True), primary_key=True),
    Column("account_id", BigInteger, ForeignKey(_ACCOUNT, ondelete="CASCADE"), nullable=False),
    Column("role", Text, nullable=False),
    Column("area", Text, nullable=False, server_default=""),
    Column("granted_by", Text, nullable=False, server_default=text("gis.actor()")),
    Column("granted_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint(
        "role in ('viewer', 'inspector', 'planner', 'approver', 'analyst', 'administrator')",
        name="role",
    ),
    CheckConstraint(_AREA, name="area"),
    Index("account_role_key", "account_id", "role", "area", unique=True),
)

session = Table(
    "session",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("account_id", BigInteger, ForeignKey(_ACCOUNT, ondelete="CASCADE"), nullable=False),
    Column("csrf", Text, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Index("session_account_id", "account_id"),
)

token = Table(
    "token",
    metadata,
    Column("token_id", BigInteger, Identity(always=True), primary_key=True),
    Column("account_id", BigInteger, ForeignKey(_ACCOUNT, ondelete="CASCADE"), nullable=False),
    Column("label", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    # of the account's roles those that count, and where
    Column("roles", ARRAY(Text), nullable=False),
    Column("area", Text, nullable=False, server_default=""),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ends_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
    CheckConstraint(_AREA, name="area"),
    Index("token_account_id", "account_id"),
)

# Wrong passwords of the last quarter of an hour, by name and by address, to slow guessing.
failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    Column("failed_sign_in_id", BigInteger, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    Index("failed_sign_in_key", "key", "at"),
)
