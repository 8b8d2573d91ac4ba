"""Numbers that the law delegates."""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('law_parameter',
    sa.Column('law_parameter_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), server_default='', nullable=False),
    sa.Column('value', sa.Double(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('set_by', sa.Text(), server_default=sa.text('gis.actor()'), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('law_parameter_id', name=op.f('law_parameter_pkey')),
    schema='gis'
    )
    op.create_index('law_parameter_name', 'law_parameter', ['name', 'area', 'since'], unique=False, schema='gis')


def downgrade() -> None:
    op.drop_index('law_parameter_name', table_name='law_parameter', schema='gis')
    op.drop_table('law_parameter', schema='gis')
