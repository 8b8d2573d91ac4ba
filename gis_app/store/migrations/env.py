"""Alembic's entry: always run with a connection given by `gis_app.store.schema`."""

from typing import Any, Literal

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection

from gis_app.store.tables import SCHEMA, metadata


def _ours(
    item: Any,
    name: str | None,
    kind: Literal[
        "schema", "table", "column", "index", "unique_constraint", "foreign_key_constraint"
    ],
    reflected: bool,
    compare_to: Any,
) -> bool:
    return alembic_helpers.include_object(item, name, kind, reflected, compare_to)


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_schemas=True,
        include_name=lambda name, kind, _: kind != "schema" or name == SCHEMA,
        include_object=_ours,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        version_table_schema="public",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
