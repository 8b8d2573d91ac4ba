"""Computations of zones from rasters are kept: what each was made of, and the drafts it led to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('zoning_run',
    sa.Column('zoning_run_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('profile', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('folder', sa.Text(), nullable=False),
    sa.Column('lineage', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('summary', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('former_id', sa.BigInteger(), nullable=True),
    sa.Column('difference', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('actor', sa.Text(), server_default=sa.text('gis.actor()'), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("area_code ~ '^[0-9]{2,12}$'", name=op.f('zoning_run_area_code')),
    sa.ForeignKeyConstraint(['batch_id'], ['gis.batch.batch_id'], name=op.f('zoning_run_batch_id_fkey'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['former_id'], ['gis.zoning_run.zoning_run_id'], name=op.f('zoning_run_former_id_fkey'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('zoning_run_id', name=op.f('zoning_run_pkey')),
    schema='gis'
    )
    op.create_index('zoning_run_name', 'zoning_run', ['name', 'recorded_at'], unique=False, schema='gis')
    op.create_index('zoning_run_batch_id', 'zoning_run', ['batch_id'], unique=False, schema='gis')
    op.create_index('zoning_run_former_id', 'zoning_run', ['former_id'], unique=False, schema='gis')


def downgrade() -> None:
    op.drop_table('zoning_run', schema='gis')
