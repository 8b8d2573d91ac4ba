"""Alembic's entry: always run with a connection given by `gis_app.store.schema`."""

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, text

from gis_app.store.tables import SCHEMA, metadata


def _run(connection: Connection) -> None:
    # a database user called "gis" would otherwise have our schema as its default one
    connection.execute(text("set search_path to public"))
    connection.dialect.default_schema_name = "public"
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_schemas=True,
        include_name=lambda name, kind, _: kind != "schema" or name == SCHEMA,
        include_object=alembic_helpers.include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
        version_table_schema="public",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
