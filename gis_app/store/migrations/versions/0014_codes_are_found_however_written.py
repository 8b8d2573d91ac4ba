"""Codes of wells are found however they are written; a unit's figures have the quota of their year."""

from alembic import op

from gis_app.store import schema

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

# made again by after/, with more columns than before
_CHANGED = ('gis.units_on(date)',)


def upgrade() -> None:
    for function in _CHANGED:
        op.execute(f'drop function if exists {function}')
    schema.run_script(op.get_bind(), schema.before_tables())
    op.execute('create index well_plain_code on gis.well (lower(gis.plain_code(code)))')


def downgrade() -> None:
    for function in _CHANGED:
        op.execute(f'drop function if exists {function}')
    op.drop_index('well_plain_code', table_name='well', schema='gis')
    op.execute('drop function gis.plain_code(text)')
