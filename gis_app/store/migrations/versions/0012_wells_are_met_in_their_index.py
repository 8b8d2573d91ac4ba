"""Wells are met in their index: it holds all that the incidence asks of them."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('drop function if exists gis.touch(bigint[], int[], bigint[])')
    op.drop_index('well_reach', table_name='well', schema='gis')
    op.drop_column('well', 'reach', schema='gis')
    op.execute('create index well_reach on gis.well using gist (gis.reach(geom, uncertainty_m))'
               ' include (well_id, geom, uncertainty_m)')


def downgrade() -> None:
    op.drop_index('well_reach', table_name='well', schema='gis')
    op.add_column('well', sa.Column('reach', Geometry(geometry_type='POLYGON', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry'), sa.Computed('gis.reach(geom, gis.uncertainty_m(position_accuracy_m, coord_method))', persisted=True), nullable=True), schema='gis')
    op.create_index('well_reach', 'well', ['reach'], unique=False, schema='gis', postgresql_using='gist')
