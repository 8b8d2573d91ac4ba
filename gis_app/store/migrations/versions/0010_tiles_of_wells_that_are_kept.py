"""Tiles of wells that are kept drawn."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('well_tile',
    sa.Column('z', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('x', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('y', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('areas', sa.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('z', 'x', 'y', name=op.f('well_tile_pkey')),
    schema='gis'
    )
    op.create_index('well_tile_void', 'well_tile', ['z', 'x', 'y'], unique=False, schema='gis', postgresql_where=sa.text('body is null'))
    # read far more often than written: as it is, not to be unpacked
    op.execute('alter table gis.well_tile alter column body set storage external')
    op.execute('drop function if exists gis.settle_overview()')


def downgrade() -> None:
    for name in ('settle_tiles', 'draw_tiles', 'void_tiles'):
        op.execute(f'drop function if exists gis.{name} cascade')
    op.drop_index('well_tile_void', table_name='well_tile', schema='gis', postgresql_where=sa.text('body is null'))
    op.drop_table('well_tile', schema='gis')
