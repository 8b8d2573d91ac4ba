"""The register, the zones and the ledger."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from gis_app.store import schema

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('create extension if not exists postgis')
    op.execute('create extension if not exists btree_gist')
    op.execute('create schema if not exists gis')
    schema.run_script(op.get_bind(), schema.before_tables())
    op.execute('create sequence gis.zone_id_seq')
    op.create_table('audit_run',
    sa.Column('run_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('area', sa.Text(), server_default='', nullable=False),
    sa.Column('instruments', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('anywhere', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('ledger', sa.Text(), nullable=False),
    sa.Column('law_hash', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), server_default=sa.text('gis.actor()'), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counts', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('not_assessed', postgresql.JSONB(astext_type=sa.Text()), server_default='[]', nullable=False),
    sa.PrimaryKeyConstraint('run_id', name=op.f('audit_run_pkey')),
    schema='gis'
    )
    op.create_table('batch',
    sa.Column('batch_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), server_default='preview', nullable=False),
    sa.Column('options', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('report', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('committed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('preview', 'committed', 'undone', 'discarded')", name=op.f('batch_state')),
    sa.PrimaryKeyConstraint('batch_id', name=op.f('batch_pkey')),
    schema='gis'
    )
    op.create_index(op.f('batch_sha256'), 'batch', ['sha256'], unique=False, schema='gis')
    op.create_table('change',
    sa.Column('change_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('table_name', sa.Text(), nullable=False),
    sa.Column('key', sa.BigInteger(), nullable=False),
    sa.Column('op', sa.Text(), nullable=False),
    sa.Column('old', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('new', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.PrimaryKeyConstraint('change_id', name=op.f('change_pkey')),
    schema='gis'
    )
    op.create_index('change_batch_id', 'change', ['batch_id'], unique=False, schema='gis', postgresql_where=sa.text('batch_id is not null'))
    op.create_index('change_table_name_key', 'change', ['table_name', 'key', 'change_id'], unique=False, schema='gis')
    op.create_table('incidence_day',
    sa.Column('one', sa.Boolean(), server_default='true', nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.CheckConstraint('one', name=op.f('incidence_day_single')),
    sa.PrimaryKeyConstraint('one', name=op.f('incidence_day_pkey')),
    schema='gis'
    )
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
    op.create_table('layer_version',
    sa.Column('layer_version_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('changes', sa.BigInteger(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('layer_version_id', name=op.f('layer_version_pkey')),
    schema='gis'
    )
    op.create_index('layer_version_layer', 'layer_version', ['layer'], unique=False, schema='gis')
    op.create_table('party',
    sa.Column('party_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('uscc', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('party_id', name=op.f('party_pkey')),
    schema='gis'
    )
    op.create_index('party_name_uscc', 'party', ['name', sa.literal_column("coalesce(uscc, '')")], unique=True, schema='gis')
    op.create_table('setting',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('setting_pkey')),
    schema='gis'
    )
    op.create_table('well_flag',
    sa.Column('well_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('flag', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('well_id', name=op.f('well_flag_pkey')),
    schema='gis'
    )
    op.create_table('well_state',
    sa.Column('well_state_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('well_id', sa.BigInteger(), nullable=False),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('well_state_id', name=op.f('well_state_pkey')),
    schema='gis'
    )
    op.create_index('well_state_batch_id', 'well_state', ['batch_id'], unique=False, schema='gis', postgresql_where=sa.text('batch_id is not null'))
    op.create_index('well_state_well_id', 'well_state', ['well_id', 'from_on'], unique=False, schema='gis')
    op.create_table('well_zone',
    sa.Column('well_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('zone_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=True),
    sa.Column('inside', sa.Boolean(), nullable=False),
    sa.Column('edge_m', sa.Double(), nullable=False),
    sa.Column('tolerance_m', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('well_id', 'zone_id', name=op.f('well_zone_pkey')),
    schema='gis'
    )
    op.create_index('well_zone_zone_id', 'well_zone', ['zone_id'], unique=False, schema='gis')
    op.create_geospatial_table('zone',
    sa.Column('zone_id', sa.BigInteger(), server_default=sa.text("nextval('gis.zone_id_seq')"), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.Column('layer', sa.Text(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=True),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('law_status', sa.Text(), server_default='draft', nullable=False),
    sa.Column('instrument', sa.Text(), nullable=True),
    sa.Column('clause', sa.Text(), nullable=True),
    sa.Column('authority', sa.Text(), nullable=True),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('boundary_accuracy_m', sa.Double(), server_default='10', nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('attrs', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('geom', Geometry(geometry_type='MULTIPOLYGON', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('geom_web', Geometry(geometry_type='MULTIPOLYGON', srid=3857, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry'), sa.Computed('st_transform(geom, 3857)', persisted=True), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('recorded_by', sa.Text(), server_default=sa.text('gis.actor()'), nullable=False),
    postgresql.ExcludeConstraint((sa.column('zone_id'), '='), (sa.text('daterange(valid_from, valid_to)'), '&&'), where=sa.text("law_status = 'approved'"), using='gist', name='zone_one_version_a_day'),
    sa.CheckConstraint("area_code ~ '^[0-9]{2,12}$'", name=op.f('zone_area_code')),
    sa.CheckConstraint("law_status <> 'approved' or valid_from is not null", name=op.f('zone_approved_has_date')),
    sa.CheckConstraint("law_status in ('draft', 'in_review', 'approved', 'withdrawn')", name=op.f('zone_law_status')),
    sa.CheckConstraint("layer <> '' and coalesce(grade, ' ') <> ''", name=op.f('zone_layer_named')),
    sa.CheckConstraint('boundary_accuracy_m >= 0 and boundary_accuracy_m <= 1e6', name=op.f('zone_boundary_accuracy')),
    sa.CheckConstraint('st_isvalid(geom) and not st_isempty(geom)', name=op.f('zone_valid_geometry')),
    sa.CheckConstraint('valid_to is null or valid_to >= valid_from', name=op.f('zone_validity')),
    sa.PrimaryKeyConstraint('zone_id', 'version', name=op.f('zone_pkey')),
    schema='gis'
    )
    op.create_index('zone_batch_id', 'zone', ['batch_id'], unique=False, schema='gis', postgresql_where=sa.text('batch_id is not null'))
    op.create_geospatial_index('zone_geom', 'zone', ['geom'], unique=False, schema='gis', postgresql_using='gist', postgresql_ops={})
    op.create_geospatial_index('zone_geom_web', 'zone', ['geom_web'], unique=False, schema='gis', postgresql_using='gist', postgresql_ops={})
    op.create_index('zone_layer', 'zone', ['layer', 'valid_from'], unique=False, schema='gis')
    op.create_geospatial_table('zone_edge',
    sa.Column('zone_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('geom', Geometry(geometry_type='LINESTRING', srid=3395, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    schema='gis'
    )
    op.create_index('zone_edge_nearest', 'zone_edge', ['zone_id', 'geom'], unique=False, schema='gis', postgresql_using='gist')
    op.create_geospatial_table('zone_part',
    sa.Column('zone_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('live', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('boundary_accuracy_m', sa.Double(), nullable=False),
    sa.Column('geom', Geometry(geometry_type='POLYGON', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('reach', Geometry(geometry_type='POLYGON', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    schema='gis'
    )
    op.create_geospatial_index('zone_part_reach', 'zone_part', ['reach'], unique=False, schema='gis', postgresql_using='gist', postgresql_where=sa.text('live'), postgresql_ops={})
    op.create_index('zone_part_zone_id_version', 'zone_part', ['zone_id', 'version'], unique=False, schema='gis')
    op.create_table('batch_problem',
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('row_no', sa.Integer(), nullable=True),
    sa.Column('column_name', sa.Text(), nullable=True),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('zh', sa.Text(), nullable=False),
    sa.Column('en', sa.Text(), nullable=False),
    sa.Column('label', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['gis.batch.batch_id'], name=op.f('batch_problem_batch_id_fkey'), ondelete='CASCADE'),
    schema='gis'
    )
    op.create_index('batch_problem_batch_id_row_no', 'batch_problem', ['batch_id', 'row_no'], unique=False, schema='gis')
    op.create_geospatial_table('finding',
    sa.Column('finding_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('ledger', sa.Text(), nullable=False),
    sa.Column('well_id', sa.BigInteger(), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('instrument', sa.Text(), nullable=False),
    sa.Column('clause', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('layer', sa.Text(), nullable=True),
    sa.Column('zone_id', sa.BigInteger(), nullable=True),
    sa.Column('zone_version', sa.Integer(), nullable=True),
    sa.Column('zone_name', sa.Text(), nullable=True),
    sa.Column('edge_m', sa.Double(), nullable=True),
    sa.Column('tolerance_m', sa.Double(), nullable=True),
    sa.Column('joint', sa.Boolean(), server_default='false', nullable=False),
    sa.Column('missing', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
    sa.Column('exemption', sa.Text(), nullable=True),
    sa.Column('inputs', postgresql.JSONB(astext_type=sa.Text()), server_default='{}', nullable=False),
    sa.Column('digest', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('geom', Geometry(geometry_type='POINT', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('opened_run', sa.BigInteger(), nullable=False),
    sa.Column('closed_run', sa.BigInteger(), nullable=True),
    sa.Column('closed_cause', sa.Text(), nullable=True),
    sa.CheckConstraint("answer in ('applies', 'indeterminate', 'exempt')", name=op.f('finding_answer')),
    sa.CheckConstraint('(closed_run is null) = (closed_cause is null)', name=op.f('finding_closed_has_cause')),
    sa.ForeignKeyConstraint(['closed_run'], ['gis.audit_run.run_id'], name=op.f('finding_closed_run_fkey')),
    sa.ForeignKeyConstraint(['opened_run'], ['gis.audit_run.run_id'], name=op.f('finding_opened_run_fkey')),
    sa.PrimaryKeyConstraint('finding_id', name=op.f('finding_pkey')),
    schema='gis'
    )
    op.create_index('finding_closed_run', 'finding', ['closed_run'], unique=False, schema='gis')
    op.create_index('finding_open', 'finding', ['ledger', 'well_id', 'rule', sa.literal_column('coalesce(zone_id, 0)')], unique=True, schema='gis', postgresql_where=sa.text('closed_run is null'))
    op.create_index('finding_opened_run', 'finding', ['opened_run'], unique=False, schema='gis')
    op.create_index('finding_well_id', 'finding', ['well_id'], unique=False, schema='gis')
    op.create_index('finding_zone_id', 'finding', ['zone_id'], unique=False, schema='gis')
    op.create_geospatial_table('well',
    sa.Column('well_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('township', sa.Text(), nullable=True),
    sa.Column('village', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('owner_id', sa.BigInteger(), nullable=True),
    sa.Column('self_supply', sa.Boolean(), nullable=True),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('well_type', sa.Text(), nullable=True),
    sa.Column('use', sa.Text(), nullable=True),
    sa.Column('industry', sa.Text(), nullable=True),
    sa.Column('permit_state', sa.Text(), server_default='unknown', nullable=False),
    sa.Column('permit_number', sa.Text(), nullable=True),
    sa.Column('annual_permitted_m3', sa.Double(), nullable=True),
    sa.Column('prior_permitted_m3', sa.Double(), nullable=True),
    sa.Column('annual_reported_m3', sa.Double(), nullable=True),
    sa.Column('volume_method', sa.Text(), nullable=True),
    sa.Column('exemption_kind', sa.Text(), nullable=True),
    sa.Column('exemption_until', sa.Date(), nullable=True),
    sa.Column('completed_on', sa.Date(), nullable=True),
    sa.Column('depth_m', sa.Double(), nullable=True),
    sa.Column('water_depth_m', sa.Double(), nullable=True),
    sa.Column('screen_top_m', sa.Double(), nullable=True),
    sa.Column('screen_bottom_m', sa.Double(), nullable=True),
    sa.Column('diameter_mm', sa.Double(), nullable=True),
    sa.Column('casing_material', sa.Text(), nullable=True),
    sa.Column('aquifer', sa.Text(), nullable=True),
    sa.Column('source_type', sa.Text(), nullable=True),
    sa.Column('landform', sa.Text(), nullable=True),
    sa.Column('water_region', sa.Text(), nullable=True),
    sa.Column('pump_fitted', sa.Boolean(), nullable=True),
    sa.Column('pump_model', sa.Text(), nullable=True),
    sa.Column('meter_state', sa.Text(), nullable=True),
    sa.Column('meter_type', sa.Text(), nullable=True),
    sa.Column('above_scale_source', sa.Boolean(), nullable=True),
    sa.Column('coord_method', sa.Text(), nullable=True),
    sa.Column('position_accuracy_m', sa.Double(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('geom', Geometry(geometry_type='POINT', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('geom_web', Geometry(geometry_type='POINT', srid=3857, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry'), sa.Computed('st_transform(geom, 3857)', persisted=True), nullable=True),
    sa.Column('uncertainty_m', sa.Double(), sa.Computed('gis.uncertainty_m(position_accuracy_m, coord_method)', persisted=True), nullable=False),
    sa.Column('reach', Geometry(geometry_type='POLYGON', srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry'), sa.Computed('gis.reach(geom, gis.uncertainty_m(position_accuracy_m, coord_method))', persisted=True), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("area_code ~ '^[0-9]{2,12}$'", name=op.f('well_area_code')),
    sa.CheckConstraint("coord_method in ('rtk', 'total_station', 'image_1m', 'gnss_handheld', 'phone', 'map_5k', 'map_10k', 'map_50k', 'village_centroid', 'permit_text', 'unknown')", name=op.f('well_coord_method')),
    sa.CheckConstraint("exemption_kind in ('engineering_emergency', 'public_safety_emergency', 'none')", name=op.f('well_exemption_kind')),
    sa.CheckConstraint("meter_state in ('none', 'online', 'offline', 'fault', 'calibration_due', 'indirect_kwh', 'unknown')", name=op.f('well_meter_state')),
    sa.CheckConstraint("permit_state in ('held', 'none', 'unknown')", name=op.f('well_permit_state')),
    sa.CheckConstraint("status in ('proposed', 'approved', 'under_construction', 'trial', 'active', 'paused', 'emergency_only', 'ordered_to_close', 'closed', 'sealed', 'backfilled', 'abandoned', 'unfinished', 'exploration_done')", name=op.f('well_status')),
    sa.CheckConstraint("use in ('public_supply', 'domestic_urban', 'domestic_rural', 'industry', 'service', 'special_service', 'irrigation', 'livestock', 'forestry_grass', 'ecology', 'heating_makeup', 'waterscape', 'water_recreation', 'snowmaking', 'dewatering', 'monitoring_test', 'emergency')", name=op.f('well_use')),
    sa.CheckConstraint("well_type in ('tube_well', 'dug_well', 'radial', 'gallery', 'collecting_pool', 'infiltration_channel', 'spring_capture', 'injection', 'geothermal_pump', 'geothermal_reinject', 'monitoring', 'exploration', 'dewatering', 'emergency_backup', 'public_supply', 'mine_shaft')", name=op.f('well_well_type')),
    sa.CheckConstraint('position_accuracy_m >= 0 and position_accuracy_m <= 1e6', name=op.f('well_position_accuracy')),
    sa.CheckConstraint('st_x(geom) between -180 and 180 and st_y(geom) between -85 and 85', name=op.f('well_on_earth')),
    sa.ForeignKeyConstraint(['owner_id'], ['gis.party.party_id'], name=op.f('well_owner_id_fkey')),
    sa.PrimaryKeyConstraint('well_id', name=op.f('well_pkey')),
    sa.UniqueConstraint('code', name=op.f('well_code_key')),
    schema='gis'
    )
    op.create_index('well_batch_id', 'well', ['batch_id'], unique=False, schema='gis', postgresql_where=sa.text('batch_id is not null'))
    op.create_geospatial_index('well_geom', 'well', ['geom'], unique=False, schema='gis', postgresql_using='gist', postgresql_ops={})
    op.create_geospatial_index('well_geom_web', 'well', ['geom_web'], unique=False, schema='gis', postgresql_using='gist', postgresql_ops={})
    op.create_index(op.f('well_owner_id'), 'well', ['owner_id'], unique=False, schema='gis')
    op.create_geospatial_index('well_reach', 'well', ['reach'], unique=False, schema='gis', postgresql_using='gist', postgresql_ops={})


def downgrade() -> None:
    op.execute('drop schema gis cascade')
