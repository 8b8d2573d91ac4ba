"""Rasters on record."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('raster',
    sa.Column('raster_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('area_code', sa.Text(), server_default='', nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('analysis_sha256', sa.Text(), nullable=False),
    sa.Column('picture_sha256', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('crs', sa.Text(), nullable=False),
    sa.Column('cell', sa.Double(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('max_zoom', sa.Integer(), nullable=False),
    sa.Column('least', sa.Double(), nullable=False),
    sa.Column('most', sa.Double(), nullable=False),
    sa.Column('mean', sa.Double(), nullable=True),
    sa.Column('valid_share', sa.Double(), nullable=False),
    sa.Column('cells', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('lineage', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('recorded_by', sa.Text(), server_default=sa.text('gis.actor()'), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', sa.Text(), nullable=True),
    sa.Column('withdrawn_why', sa.Text(), nullable=True),
    sa.Column('geom', geoalchemy2.types.Geometry(geometry_type='POLYGON', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.CheckConstraint("area_code ~ '^([0-9]{2,12})?$'", name=op.f('raster_area_code')),
    sa.CheckConstraint('valid_to is null or valid_to > valid_from', name=op.f('raster_days')),
    sa.CheckConstraint('valid_share > 0 and valid_share <= 1', name=op.f('raster_valid_share')),
    sa.PrimaryKeyConstraint('raster_id', name=op.f('raster_pkey')),
    schema='gis'
    )
    op.create_index('raster_layer', 'raster', ['layer', 'area_code', 'valid_from'], unique=False, schema='gis')


def downgrade() -> None:
    op.drop_index('raster_layer', table_name='raster', schema='gis')
    op.drop_table('raster', schema='gis')
    # what guards it goes with it
    op.execute('drop function if exists gis.keep_raster() cascade')
