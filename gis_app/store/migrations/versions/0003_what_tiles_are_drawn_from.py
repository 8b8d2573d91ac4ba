"""Versions of map cells, the overview of wells, shapes of zones for tiles."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cell_version',
    sa.Column('cell_version_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('x', sa.SmallInteger(), nullable=False),
    sa.Column('y', sa.SmallInteger(), nullable=False),
    sa.Column('changes', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('cell_version_id', name=op.f('cell_version_pkey')),
    schema='gis'
    )
    op.create_index('cell_version_place', 'cell_version', ['layer', 'x', 'y'], unique=False, schema='gis', postgresql_include=['changes'])
    op.create_table('well_counted',
    sa.Column('well_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('cell', sa.Integer(), nullable=False),
    sa.Column('flag', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('well_id', name=op.f('well_counted_pkey')),
    schema='gis'
    )
    op.create_table('well_overview',
    sa.Column('z', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('x', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('y', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('cell', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('close', sa.Integer(), server_default='0', nullable=False),
    sa.Column('indeterminate', sa.Integer(), server_default='0', nullable=False),
    sa.Column('restricted', sa.Integer(), server_default='0', nullable=False),
    sa.Column('duty', sa.Integer(), server_default='0', nullable=False),
    sa.Column('exempt', sa.Integer(), server_default='0', nullable=False),
    sa.Column('clear', sa.Integer(), server_default='0', nullable=False),
    sa.Column('unassessed', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('z', 'x', 'y', 'cell', name=op.f('well_overview_pkey')),
    schema='gis'
    )
    op.create_table('well_unsettled',
    sa.Column('well_id', sa.BigInteger(), nullable=False),
    schema='gis'
    )
    op.create_geospatial_table('zone_band',
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('zone_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('band', sa.SmallInteger(), nullable=False),
    sa.Column('size_m', sa.Double(), nullable=False),
    sa.Column('geom', Geometry(geometry_type='MULTIPOLYGON', srid=3857, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    schema='gis'
    )
    op.create_index('zone_band_place', 'zone_band', ['layer', 'band', 'geom'], unique=False, schema='gis', postgresql_using='gist')
    op.create_index('zone_band_zone_id_version', 'zone_band', ['zone_id', 'version'], unique=False, schema='gis')
    op.create_geospatial_table('zone_fill',
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('zone_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('size_m', sa.Double(), nullable=False),
    sa.Column('geom', Geometry(geometry_type='POLYGON', srid=3857, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    schema='gis'
    )
    op.create_index('zone_fill_place', 'zone_fill', ['layer', 'geom'], unique=False, schema='gis', postgresql_using='gist')
    op.create_index('zone_fill_zone_id_version', 'zone_fill', ['zone_id', 'version'], unique=False, schema='gis')
    op.create_geospatial_table('zone_mark',
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('zone_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('size_m', sa.Double(), nullable=False),
    sa.Column('geom', Geometry(geometry_type='POINT', srid=3857, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    schema='gis'
    )
    op.create_index('zone_mark_place', 'zone_mark', ['layer', 'geom'], unique=False, schema='gis', postgresql_using='gist')
    op.create_index('zone_mark_zone_id_version', 'zone_mark', ['zone_id', 'version'], unique=False, schema='gis')
    op.create_geospatial_table('zone_outline',
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('zone_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('size_m', sa.Double(), nullable=False),
    sa.Column('geom', Geometry(geometry_type='LINESTRING', srid=3857, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    schema='gis'
    )
    op.create_index('zone_outline_place', 'zone_outline', ['layer', 'geom'], unique=False, schema='gis', postgresql_using='gist')
    op.create_index('zone_outline_zone_id_version', 'zone_outline', ['zone_id', 'version'], unique=False, schema='gis')


def downgrade() -> None:
    # the triggers that fill these tables go with their functions
    for name in ('well_drawn', 'flag_drawn', 'zone_drawn'):
        op.execute(f'drop function if exists gis.{name} cascade')
    op.drop_index('zone_outline_zone_id_version', table_name='zone_outline', schema='gis')
    op.drop_index('zone_outline_place', table_name='zone_outline', schema='gis', postgresql_using='gist')
    op.drop_geospatial_table('zone_outline', schema='gis')
    op.drop_index('zone_mark_zone_id_version', table_name='zone_mark', schema='gis')
    op.drop_index('zone_mark_place', table_name='zone_mark', schema='gis', postgresql_using='gist')
    op.drop_geospatial_table('zone_mark', schema='gis')
    op.drop_index('zone_fill_zone_id_version', table_name='zone_fill', schema='gis')
    op.drop_index('zone_fill_place', table_name='zone_fill', schema='gis', postgresql_using='gist')
    op.drop_geospatial_table('zone_fill', schema='gis')
    op.drop_index('zone_band_zone_id_version', table_name='zone_band', schema='gis')
    op.drop_index('zone_band_place', table_name='zone_band', schema='gis', postgresql_using='gist')
    op.drop_geospatial_table('zone_band', schema='gis')
    op.drop_table('well_unsettled', schema='gis')
    op.drop_table('well_overview', schema='gis')
    op.drop_table('well_counted', schema='gis')
    op.drop_index('cell_version_place', table_name='cell_version', schema='gis', postgresql_include=['changes'])
    op.drop_table('cell_version', schema='gis')
