"""Depths of shapes in zones, kept from audit to audit."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('shape_depth',
    sa.Column('shape', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('zone', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('footprint', sa.Boolean(), nullable=False),
    sa.Column('metres', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('shape', 'zone', 'footprint', name=op.f('shape_depth_pkey')),
    schema='gis'
    )


def downgrade() -> None:
    op.drop_table('shape_depth', schema='gis')
