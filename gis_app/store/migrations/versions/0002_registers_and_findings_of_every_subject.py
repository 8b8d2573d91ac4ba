"""Registers beside the wells; findings of every kind of subject."""

import geoalchemy2
import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

STATUS_BEFORE = "'proposed', 'approved', 'under_construction', 'trial', 'active', 'paused', 'emergency_only', 'ordered_to_close', 'closed', 'sealed', 'backfilled', 'abandoned', 'unfinished', 'exploration_done'"
CHECKS = {
    "status": "'proposed', 'approved', 'under_construction', 'trial', 'active', 'paused', 'emergency_only', 'ordered_to_close', 'closed', 'sealed', 'backfilled', 'abandoned', 'unfinished', 'exploration_done', 'denied', 'lapsed'",
    "industry_class": "'thermal_power', 'textile', 'petrochemical', 'chemical', 'coal_chemical', 'steel', 'coking', 'coal', 'paper', 'food', 'fermentation', 'building_materials', 'other'",
    "filing_state": "'filed', 'none'",
    "risk_class": "'high', 'medium', 'low'",
    "aquifer_renewal": "'normal', 'hard'",
    "aquifer_depth": "'shallow', 'deep'",
}


def upgrade() -> None:
    op.create_table('annual_report',
    sa.Column('annual_report_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('permit_number', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("state in ('filed', 'none')", name=op.f('annual_report_state')),
    sa.CheckConstraint('year between 1990 and 2100', name=op.f('annual_report_year')),
    sa.PrimaryKeyConstraint('annual_report_id', name=op.f('annual_report_pkey')),
    schema='gis'
    )
    op.create_index('annual_report_key', 'annual_report', ['permit_number', 'year'], unique=True, schema='gis')
    op.create_geospatial_table('application',
    sa.Column('application_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('applicant', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('applied_on', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('self_supply', sa.Boolean(), nullable=True),
    sa.Column('construction_project', sa.Boolean(), nullable=True),
    sa.Column('build_type', sa.Text(), nullable=True),
    sa.Column('use', sa.Text(), nullable=True),
    sa.Column('industry_class', sa.Text(), nullable=True),
    sa.Column('well_type', sa.Text(), nullable=True),
    sa.Column('depth_m', sa.Double(), nullable=True),
    sa.Column('aquifer_renewal', sa.Text(), nullable=True),
    sa.Column('aquifer_depth', sa.Text(), nullable=True),
    sa.Column('annual_m3', sa.Double(), nullable=True),
    sa.Column('held_m3', sa.Double(), nullable=True),
    sa.Column('product', sa.Text(), nullable=True),
    sa.Column('output_quantity', sa.Double(), nullable=True),
    sa.Column('high_consumption', sa.Boolean(), nullable=True),
    sa.Column('obsolete_process', sa.Boolean(), nullable=True),
    sa.Column('against_policy', sa.Boolean(), nullable=True),
    sa.Column('illegal_reclamation', sa.Boolean(), nullable=True),
    sa.Column('standards_met', sa.Boolean(), nullable=True),
    sa.Column('network_can_meet', sa.Boolean(), nullable=True),
    sa.Column('reclaimed_usable', sa.Boolean(), nullable=True),
    sa.Column('reclaimed_used', sa.Boolean(), nullable=True),
    sa.Column('surface_usable', sa.Boolean(), nullable=True),
    sa.Column('review_passed', sa.Boolean(), nullable=True),
    sa.Column('endangers_works', sa.Boolean(), nullable=True),
    sa.Column('no_alternative_source', sa.Boolean(), nullable=True),
    sa.Column('position_accuracy_m', sa.Double(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('geom', Geometry(srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('applied_on <= decided_on', name=op.f('application_decided_on_not_before_applied_on')),
    sa.CheckConstraint("aquifer_depth in ('shallow', 'deep')", name=op.f('application_aquifer_depth')),
    sa.CheckConstraint("aquifer_renewal in ('normal', 'hard')", name=op.f('application_aquifer_renewal')),
    sa.CheckConstraint("build_type in ('new', 'rebuild', 'expand', 'existing')", name=op.f('application_build_type')),
    sa.CheckConstraint("industry_class in ('thermal_power', 'textile', 'petrochemical', 'chemical', 'coal_chemical', 'steel', 'coking', 'coal', 'paper', 'food', 'fermentation', 'building_materials', 'other')", name=op.f('application_industry_class')),
    sa.CheckConstraint("kind in ('new', 'replacement', 'renewal', 'increase')", name=op.f('application_kind')),
    sa.CheckConstraint("use in ('public_supply', 'domestic_urban', 'domestic_rural', 'industry', 'service', 'special_service', 'irrigation', 'livestock', 'forestry_grass', 'ecology', 'heating_makeup', 'waterscape', 'water_recreation', 'snowmaking', 'dewatering', 'monitoring_test', 'emergency')", name=op.f('application_use')),
    sa.CheckConstraint("well_type in ('tube_well', 'dug_well', 'radial', 'gallery', 'collecting_pool', 'infiltration_channel', 'spring_capture', 'injection', 'geothermal_pump', 'geothermal_reinject', 'monitoring', 'exploration', 'dewatering', 'emergency_backup', 'public_supply', 'mine_shaft')", name=op.f('application_well_type')),
    sa.CheckConstraint('annual_m3 between 0 and 1e+11', name=op.f('application_annual_m3')),
    sa.CheckConstraint('depth_m between 0 and 6000', name=op.f('application_depth_m')),
    sa.CheckConstraint('held_m3 between 0 and 1e+11', name=op.f('application_held_m3')),
    sa.CheckConstraint('output_quantity between 0 and 1e15', name=op.f('application_output_quantity')),
    sa.CheckConstraint('position_accuracy_m between 0 and 100000', name=op.f('application_position_accuracy_m')),
    sa.PrimaryKeyConstraint('application_id', name=op.f('application_pkey')),
    schema='gis'
    )
    op.create_geospatial_index('application_geom', 'application', ['geom'], unique=False, schema='gis', postgresql_using='gist', postgresql_ops={})
    op.create_index('application_key', 'application', ['code'], unique=True, schema='gis')
    op.create_table('day_off',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('worked', sa.Boolean(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('day', name=op.f('day_off_pkey')),
    schema='gis'
    )
    op.create_table('document',
    sa.Column('document_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('document_id', name=op.f('document_pkey')),
    schema='gis'
    )
    op.create_index('document_key', 'document', ['number'], unique=True, schema='gis')
    op.create_table('electricity_coefficient',
    sa.Column('electricity_coefficient_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('well_code', sa.Text(), nullable=True),
    sa.Column('m3_per_kwh', sa.Double(), nullable=False),
    sa.Column('error_pct', sa.Double(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('from_on <= to_on', name=op.f('electricity_coefficient_to_on_not_before_from_on')),
    sa.CheckConstraint('error_pct between 0 and 100', name=op.f('electricity_coefficient_error_pct')),
    sa.CheckConstraint('m3_per_kwh between 0 and 1000', name=op.f('electricity_coefficient_m3_per_kwh')),
    sa.PrimaryKeyConstraint('electricity_coefficient_id', name=op.f('electricity_coefficient_pkey')),
    schema='gis'
    )
    op.create_index('electricity_coefficient_key', 'electricity_coefficient', [sa.literal_column("coalesce(area_code, '')"), sa.literal_column("coalesce(well_code, '')"), 'from_on'], unique=True, schema='gis')
    op.create_table('exemption_grant',
    sa.Column('exemption_grant_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('subject_code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('filing_state', sa.Text(), nullable=True),
    sa.Column('filed_on', sa.Date(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('from_on <= until_on', name=op.f('exemption_grant_until_on_not_before_from_on')),
    sa.CheckConstraint("filing_state in ('filed', 'none')", name=op.f('exemption_grant_filing_state')),
    sa.CheckConstraint("kind in ('engineering_emergency', 'public_safety_emergency', 'drought_emergency', 'permit_kept', 'reopening', 'relocation')", name=op.f('exemption_grant_kind')),
    sa.CheckConstraint("subject in ('well', 'application', 'site')", name=op.f('exemption_grant_subject')),
    sa.PrimaryKeyConstraint('exemption_grant_id', name=op.f('exemption_grant_pkey')),
    schema='gis'
    )
    op.create_index('exemption_grant_key', 'exemption_grant', ['subject', 'subject_code', 'kind', 'from_on'], unique=True, schema='gis')
    op.create_table('permit',
    sa.Column('permit_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('holder', sa.Text(), nullable=True),
    sa.Column('holder_uscc', sa.Text(), nullable=True),
    sa.Column('authority', sa.Text(), nullable=True),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('renewal_applied_on', sa.Date(), nullable=True),
    sa.Column('annual_m3', sa.Double(), nullable=True),
    sa.Column('place_lon', sa.Double(), nullable=True),
    sa.Column('place_lat', sa.Double(), nullable=True),
    sa.Column('place_accuracy_m', sa.Double(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('valid_from <= valid_to', name=op.f('permit_valid_to_not_before_valid_from')),
    sa.CheckConstraint("state in ('applied', 'accepted', 'supplement', 'reviewing', 'approved', 'denied', 'issued', 'amended', 'transferred', 'renew_pending', 'expired', 'cancelled', 'revoked', 'lapsed')", name=op.f('permit_state')),
    sa.CheckConstraint('annual_m3 between 0 and 1e+11', name=op.f('permit_annual_m3')),
    sa.CheckConstraint('place_accuracy_m between 0 and 100000', name=op.f('permit_place_accuracy_m')),
    sa.CheckConstraint('place_lat between -85 and 85', name=op.f('permit_place_lat')),
    sa.CheckConstraint('place_lon between -180 and 180', name=op.f('permit_place_lon')),
    sa.PrimaryKeyConstraint('permit_id', name=op.f('permit_pkey')),
    schema='gis'
    )
    op.create_index('permit_key', 'permit', ['number', sa.literal_column("coalesce(changed_on, '-infinity'::date)")], unique=True, schema='gis')
    op.create_table('permit_purpose',
    sa.Column('permit_purpose_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('permit_number', sa.Text(), nullable=False),
    sa.Column('use', sa.Text(), nullable=False),
    sa.Column('industry_class', sa.Text(), nullable=True),
    sa.Column('annual_m3', sa.Double(), nullable=True),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('from_on <= to_on', name=op.f('permit_purpose_to_on_not_before_from_on')),
    sa.CheckConstraint("industry_class in ('thermal_power', 'textile', 'petrochemical', 'chemical', 'coal_chemical', 'steel', 'coking', 'coal', 'paper', 'food', 'fermentation', 'building_materials', 'other')", name=op.f('permit_purpose_industry_class')),
    sa.CheckConstraint("use in ('public_supply', 'domestic_urban', 'domestic_rural', 'industry', 'service', 'special_service', 'irrigation', 'livestock', 'forestry_grass', 'ecology', 'heating_makeup', 'waterscape', 'water_recreation', 'snowmaking', 'dewatering', 'monitoring_test', 'emergency')", name=op.f('permit_purpose_use')),
    sa.CheckConstraint('annual_m3 between 0 and 1e+11', name=op.f('permit_purpose_annual_m3')),
    sa.PrimaryKeyConstraint('permit_purpose_id', name=op.f('permit_purpose_pkey')),
    schema='gis'
    )
    op.create_index('permit_purpose_key', 'permit_purpose', ['permit_number', 'use', sa.literal_column("coalesce(from_on, '-infinity'::date)")], unique=True, schema='gis')
    op.create_geospatial_table('site',
    sa.Column('site_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('build_type', sa.Text(), nullable=True),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('industry_class', sa.Text(), nullable=True),
    sa.Column('high_consumption', sa.Boolean(), nullable=True),
    sa.Column('against_policy', sa.Boolean(), nullable=True),
    sa.Column('obsolete_process', sa.Boolean(), nullable=True),
    sa.Column('pollution_risk', sa.Boolean(), nullable=True),
    sa.Column('discharges', sa.Boolean(), nullable=True),
    sa.Column('heavy_polluter', sa.Boolean(), nullable=True),
    sa.Column('discharge_increases', sa.Boolean(), nullable=True),
    sa.Column('serves_supply', sa.Boolean(), nullable=True),
    sa.Column('open_loop', sa.Boolean(), nullable=True),
    sa.Column('aquifer_renewal', sa.Text(), nullable=True),
    sa.Column('abstracted_m3', sa.Double(), nullable=True),
    sa.Column('reinjected_m3', sa.Double(), nullable=True),
    sa.Column('dewatering_m3', sa.Double(), nullable=True),
    sa.Column('permit_state', sa.Text(), nullable=True),
    sa.Column('monitoring_wells', sa.Integer(), nullable=True),
    sa.Column('mine_reuse_ratio', sa.Double(), nullable=True),
    sa.Column('water_area_change_m2', sa.Double(), nullable=True),
    sa.Column('key_unit', sa.Boolean(), nullable=True),
    sa.Column('monitored_on', sa.Date(), nullable=True),
    sa.Column('geothermal_assessed', sa.Boolean(), nullable=True),
    sa.Column('geothermal_isolated', sa.Boolean(), nullable=True),
    sa.Column('geothermal_reinjects', sa.Boolean(), nullable=True),
    sa.Column('position_accuracy_m', sa.Double(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('geom', Geometry(srid=4490, dimension=2, spatial_index=False, from_text='ST_GeomFromEWKT', name='geometry', nullable=False), nullable=False),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("aquifer_renewal in ('normal', 'hard')", name=op.f('site_aquifer_renewal')),
    sa.CheckConstraint("build_type in ('new', 'rebuild', 'expand', 'existing')", name=op.f('site_build_type')),
    sa.CheckConstraint("industry_class in ('thermal_power', 'textile', 'petrochemical', 'chemical', 'coal_chemical', 'steel', 'coking', 'coal', 'paper', 'food', 'fermentation', 'building_materials', 'other')", name=op.f('site_industry_class')),
    sa.CheckConstraint("kind in ('construction', 'industrial_park', 'chemical_plant', 'mine', 'tailings', 'hazardous_waste', 'landfill', 'gas_station', 'underground_works', 'geothermal', 'outfall', 'other')", name=op.f('site_kind')),
    sa.CheckConstraint("permit_state in ('held', 'none', 'unknown')", name=op.f('site_permit_state')),
    sa.CheckConstraint('abstracted_m3 between 0 and 1e+11', name=op.f('site_abstracted_m3')),
    sa.CheckConstraint('dewatering_m3 between 0 and 1e+11', name=op.f('site_dewatering_m3')),
    sa.CheckConstraint('mine_reuse_ratio between 0 and 1', name=op.f('site_mine_reuse_ratio')),
    sa.CheckConstraint('monitoring_wells between 0 and 1e15', name=op.f('site_monitoring_wells')),
    sa.CheckConstraint('position_accuracy_m between 0 and 100000', name=op.f('site_position_accuracy_m')),
    sa.CheckConstraint('reinjected_m3 between 0 and 1e+11', name=op.f('site_reinjected_m3')),
    sa.CheckConstraint('water_area_change_m2 between -1e15 and 1e15', name=op.f('site_water_area_change_m2')),
    sa.PrimaryKeyConstraint('site_id', name=op.f('site_pkey')),
    schema='gis'
    )
    op.create_geospatial_index('site_geom', 'site', ['geom'], unique=False, schema='gis', postgresql_using='gist', postgresql_ops={})
    op.create_index('site_key', 'site', ['code'], unique=True, schema='gis')
    op.create_table('unit_year',
    sa.Column('unit_year_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('unit_code', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sector', sa.Text(), nullable=False),
    sa.Column('unit_level', sa.Text(), nullable=True),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('quota_m3', sa.Double(), nullable=True),
    sa.Column('cap_m3', sa.Double(), nullable=True),
    sa.Column('permitted_m3', sa.Double(), nullable=True),
    sa.Column('taken_m3', sa.Double(), nullable=True),
    sa.Column('allowable_m3', sa.Double(), nullable=True),
    sa.Column('control_level_m', sa.Double(), nullable=True),
    sa.Column('measure_taken', sa.Boolean(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("sector in ('total', 'domestic', 'industry', 'agriculture', 'ecology')", name=op.f('unit_year_sector')),
    sa.CheckConstraint("unit_level in ('unit', 'county', 'city')", name=op.f('unit_year_unit_level')),
    sa.CheckConstraint('allowable_m3 between 0 and 1e+11', name=op.f('unit_year_allowable_m3')),
    sa.CheckConstraint('cap_m3 between 0 and 1e+11', name=op.f('unit_year_cap_m3')),
    sa.CheckConstraint('control_level_m between -1e15 and 1e15', name=op.f('unit_year_control_level_m')),
    sa.CheckConstraint('permitted_m3 between 0 and 1e+11', name=op.f('unit_year_permitted_m3')),
    sa.CheckConstraint('quota_m3 between 0 and 1e+11', name=op.f('unit_year_quota_m3')),
    sa.CheckConstraint('taken_m3 between 0 and 1e+11', name=op.f('unit_year_taken_m3')),
    sa.CheckConstraint('year between 1990 and 2100', name=op.f('unit_year_year')),
    sa.PrimaryKeyConstraint('unit_year_id', name=op.f('unit_year_pkey')),
    schema='gis'
    )
    op.create_index('unit_year_key', 'unit_year', ['unit_code', 'year', 'sector'], unique=True, schema='gis')
    op.create_table('water_level',
    sa.Column('water_level_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('unit_code', sa.Text(), nullable=False),
    sa.Column('measured_on', sa.Date(), nullable=False),
    sa.Column('level_m', sa.Double(), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('level_m between -500 and 9000', name=op.f('water_level_level_m')),
    sa.PrimaryKeyConstraint('water_level_id', name=op.f('water_level_pkey')),
    schema='gis'
    )
    op.create_index('water_level_key', 'water_level', ['unit_code', 'measured_on'], unique=True, schema='gis')
    op.create_table('water_norm',
    sa.Column('water_norm_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('area_code', sa.Text(), nullable=True),
    sa.Column('product', sa.Text(), nullable=False),
    sa.Column('per', sa.Text(), nullable=True),
    sa.Column('m3_per_output', sa.Double(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('from_on <= to_on', name=op.f('water_norm_to_on_not_before_from_on')),
    sa.CheckConstraint('m3_per_output between 0 and 1e15', name=op.f('water_norm_m3_per_output')),
    sa.PrimaryKeyConstraint('water_norm_id', name=op.f('water_norm_pkey')),
    schema='gis'
    )
    op.create_index('water_norm_key', 'water_norm', [sa.literal_column("coalesce(area_code, '')"), 'product', 'from_on'], unique=True, schema='gis')
    op.create_table('water_user',
    sa.Column('water_user_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('owner_uscc', sa.Text(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('annual_use_m3', sa.Double(), nullable=True),
    sa.Column('industry_class', sa.Text(), nullable=True),
    sa.Column('key_monitored', sa.Boolean(), nullable=True),
    sa.Column('water_manager', sa.Boolean(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("industry_class in ('thermal_power', 'textile', 'petrochemical', 'chemical', 'coal_chemical', 'steel', 'coking', 'coal', 'paper', 'food', 'fermentation', 'building_materials', 'other')", name=op.f('water_user_industry_class')),
    sa.CheckConstraint('annual_use_m3 between 0 and 1e+11', name=op.f('water_user_annual_use_m3')),
    sa.CheckConstraint('year between 1990 and 2100', name=op.f('water_user_year')),
    sa.PrimaryKeyConstraint('water_user_id', name=op.f('water_user_pkey')),
    schema='gis'
    )
    op.create_index('water_user_key', 'water_user', ['owner', sa.literal_column("coalesce(owner_uscc, '')"), 'year'], unique=True, schema='gis')
    op.create_table('calibration',
    sa.Column('calibration_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('serial', sa.Text(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('result', sa.Text(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('checked_on <= due_on', name=op.f('calibration_due_on_not_before_checked_on')),
    sa.CheckConstraint("result in ('passed', 'failed')", name=op.f('calibration_result')),
    sa.ForeignKeyConstraint(['well_code'], ['gis.well.code'], name=op.f('calibration_well_code_fkey'), onupdate='CASCADE'),
    sa.PrimaryKeyConstraint('calibration_id', name=op.f('calibration_pkey')),
    schema='gis'
    )
    op.create_index('calibration_key', 'calibration', ['well_code', 'serial', 'checked_on'], unique=True, schema='gis')
    op.create_table('correction_order',
    sa.Column('correction_order_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('ordered_on <= done_on', name=op.f('correction_order_done_on_not_before_ordered_on')),
    sa.CheckConstraint('ordered_on <= due_on', name=op.f('correction_order_due_on_not_before_ordered_on')),
    sa.CheckConstraint("kind in ('fit_meter', 'repair_meter', 'close', 'seal')", name=op.f('correction_order_kind')),
    sa.ForeignKeyConstraint(['well_code'], ['gis.well.code'], name=op.f('correction_order_well_code_fkey'), onupdate='CASCADE'),
    sa.PrimaryKeyConstraint('correction_order_id', name=op.f('correction_order_pkey')),
    schema='gis'
    )
    op.create_index('correction_order_key', 'correction_order', ['well_code', 'kind', 'ordered_on'], unique=True, schema='gis')
    op.create_table('meter',
    sa.Column('meter_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('serial', sa.Text(), nullable=False),
    sa.Column('model', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('fitted_on', sa.Date(), nullable=True),
    sa.Column('removed_on', sa.Date(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('fitted_on <= removed_on', name=op.f('meter_removed_on_not_before_fitted_on')),
    sa.CheckConstraint("state in ('online', 'offline', 'fault', 'calibration_due', 'indirect_kwh')", name=op.f('meter_state')),
    sa.ForeignKeyConstraint(['well_code'], ['gis.well.code'], name=op.f('meter_well_code_fkey'), onupdate='CASCADE'),
    sa.PrimaryKeyConstraint('meter_id', name=op.f('meter_pkey')),
    schema='gis'
    )
    op.create_index('meter_key', 'meter', ['well_code', 'serial', sa.literal_column("coalesce(fitted_on, '-infinity'::date)")], unique=True, schema='gis')
    op.create_table('permit_well',
    sa.Column('permit_well_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('permit_number', sa.Text(), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('to_on', sa.Date(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['well_code'], ['gis.well.code'], name=op.f('permit_well_well_code_fkey'), onupdate='CASCADE'),
    sa.CheckConstraint('from_on <= to_on', name=op.f('permit_well_to_on_not_before_from_on')),
    sa.PrimaryKeyConstraint('permit_well_id', name=op.f('permit_well_pkey')),
    schema='gis'
    )
    op.create_index('permit_well_key', 'permit_well', ['permit_number', 'well_code', sa.literal_column("coalesce(from_on, '-infinity'::date)")], unique=True, schema='gis')
    op.create_index('permit_well_well_code', 'permit_well', ['well_code'], unique=False, schema='gis')
    op.create_table('screen',
    sa.Column('screen_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('top_m', sa.Double(), nullable=False),
    sa.Column('bottom_m', sa.Double(), nullable=False),
    sa.Column('aquifer', sa.Text(), nullable=False),
    sa.Column('quality_class', sa.Integer(), nullable=True),
    sa.Column('polluted', sa.Boolean(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('top_m <= bottom_m', name=op.f('screen_bottom_m_not_before_top_m')),
    sa.CheckConstraint('bottom_m between 0 and 6000', name=op.f('screen_bottom_m')),
    sa.CheckConstraint('quality_class between 1 and 5', name=op.f('screen_quality_class')),
    sa.CheckConstraint('top_m between 0 and 6000', name=op.f('screen_top_m')),
    sa.ForeignKeyConstraint(['well_code'], ['gis.well.code'], name=op.f('screen_well_code_fkey'), onupdate='CASCADE'),
    sa.PrimaryKeyConstraint('screen_id', name=op.f('screen_pkey')),
    schema='gis'
    )
    op.create_index('screen_key', 'screen', ['well_code', 'top_m'], unique=True, schema='gis')
    op.create_table('violation',
    sa.Column('violation_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('found_on <= settled_on', name=op.f('violation_settled_on_not_before_found_on')),
    sa.CheckConstraint("kind in ('resale', 'data_refused', 'data_false', 'tax_unpaid', 'over_plan')", name=op.f('violation_kind')),
    sa.ForeignKeyConstraint(['well_code'], ['gis.well.code'], name=op.f('violation_well_code_fkey'), onupdate='CASCADE'),
    sa.PrimaryKeyConstraint('violation_id', name=op.f('violation_pkey')),
    schema='gis'
    )
    op.create_index('violation_key', 'violation', ['well_code', 'kind', 'found_on'], unique=True, schema='gis')
    op.create_table('withdrawal',
    sa.Column('withdrawal_id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('well_code', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('to_on', sa.Date(), nullable=False),
    sa.Column('m3', sa.Double(), nullable=True),
    sa.Column('kwh', sa.Double(), nullable=True),
    sa.Column('m3_per_kwh', sa.Double(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('batch_id', sa.BigInteger(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint('from_on <= to_on', name=op.f('withdrawal_to_on_not_before_from_on')),
    sa.CheckConstraint("method in ('metered', 'electricity', 'estimated', 'billed')", name=op.f('withdrawal_method')),
    sa.CheckConstraint('kwh between 0 and 1e+09', name=op.f('withdrawal_kwh')),
    sa.CheckConstraint('m3 between 0 and 1e+11', name=op.f('withdrawal_m3')),
    sa.CheckConstraint('m3_per_kwh between 0 and 1000', name=op.f('withdrawal_m3_per_kwh')),
    sa.ForeignKeyConstraint(['well_code'], ['gis.well.code'], name=op.f('withdrawal_well_code_fkey'), onupdate='CASCADE'),
    sa.PrimaryKeyConstraint('withdrawal_id', name=op.f('withdrawal_pkey')),
    schema='gis'
    )
    op.create_index('withdrawal_key', 'withdrawal', ['well_code', 'method', 'from_on', 'to_on'], unique=True, schema='gis')
    op.create_table('unrecorded',
    sa.Column('area_code', sa.Text(), nullable=False),
    sa.Column('facts', sa.ARRAY(sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('area_code', name=op.f('unrecorded_pkey')),
    schema='gis'
    )
    op.add_column('finding', sa.Column('subject', sa.Text(), nullable=False, server_default='well'), schema='gis')
    op.alter_column('finding', 'subject', server_default=None, schema='gis')
    op.alter_column('finding', 'well_id', new_column_name='subject_id', schema='gis')
    op.alter_column('finding', 'well_code', new_column_name='subject_code', schema='gis')
    op.execute('alter table gis.finding alter column geom type geometry(geometry, 4490), alter column geom drop not null')
    op.execute("update gis.finding set closed_cause = substr(closed_cause, 6) where closed_cause in ('well_removed', 'well_moved')")
    op.execute("""
        update gis.audit_run set counts = jsonb_set(
          counts, '{findings}', replace((counts -> 'findings')::text, '"wells"', '"subjects"')::jsonb)
        where counts ? 'findings'
    """)
    op.drop_index('finding_well_id', table_name='finding', schema='gis')
    op.drop_index('finding_open', table_name='finding', schema='gis')
    op.create_index('finding_open', 'finding', ['ledger', 'subject', 'subject_id', 'rule', sa.literal_column('coalesce(zone_id, 0)')], unique=True, schema='gis', postgresql_where=sa.text('closed_run is null'))
    op.create_index('finding_subject', 'finding', ['subject', 'subject_id'], unique=False, schema='gis')
    op.add_column('well', sa.Column('industry_class', sa.Text(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('works_started_on', sa.Date(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('filing_state', sa.Text(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('filed_on', sa.Date(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('no_alternative_source', sa.Boolean(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('risk_class', sa.Text(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('aquifer_renewal', sa.Text(), nullable=True), schema='gis')
    op.add_column('well', sa.Column('aquifer_depth', sa.Text(), nullable=True), schema='gis')
    op.create_index('well_permit_number', 'well', ['permit_number'], unique=False, schema='gis')
    op.drop_constraint('well_status', 'well', schema='gis')
    for name, values in CHECKS.items():
        op.create_check_constraint(op.f(f'well_{name}'), 'well', f"{name} in ({values})", schema='gis')


def downgrade() -> None:
    op.drop_index('well_permit_number', table_name='well', schema='gis')
    op.drop_constraint('well_status', 'well', schema='gis')
    op.create_check_constraint(op.f('well_status'), 'well', f"status in ({STATUS_BEFORE})", schema='gis')
    op.drop_column('well', 'aquifer_depth', schema='gis')
    op.drop_column('well', 'aquifer_renewal', schema='gis')
    op.drop_column('well', 'risk_class', schema='gis')
    op.drop_column('well', 'no_alternative_source', schema='gis')
    op.drop_column('well', 'filed_on', schema='gis')
    op.drop_column('well', 'filing_state', schema='gis')
    op.drop_column('well', 'works_started_on', schema='gis')
    op.drop_column('well', 'industry_class', schema='gis')
    op.drop_index('finding_subject', table_name='finding', schema='gis')
    op.drop_index('finding_open', table_name='finding', schema='gis')
    op.execute("delete from gis.finding where subject <> 'well'")
    op.execute('alter table gis.finding alter column geom type geometry(point, 4490), alter column geom set not null')
    op.execute("update gis.finding set closed_cause = 'well_' || closed_cause where closed_cause in ('removed', 'moved')")
    op.execute("""
        update gis.audit_run set counts = jsonb_set(
          counts, '{findings}', replace((counts -> 'findings')::text, '"subjects"', '"wells"')::jsonb)
        where counts ? 'findings'
    """)
    op.drop_column('finding', 'subject', schema='gis')
    op.alter_column('finding', 'subject_id', new_column_name='well_id', schema='gis')
    op.alter_column('finding', 'subject_code', new_column_name='well_code', schema='gis')
    op.create_index('finding_open', 'finding', ['ledger', 'well_id', 'rule', sa.literal_column('coalesce(zone_id, 0)')], unique=True, schema='gis', postgresql_where=sa.text('closed_run is null'))
    op.create_index('finding_well_id', 'finding', ['well_id'], unique=False, schema='gis')
    op.drop_table('unrecorded', schema='gis')
    op.drop_index('withdrawal_key', table_name='withdrawal', schema='gis')
    op.drop_table('withdrawal', schema='gis')
    op.drop_index('violation_key', table_name='violation', schema='gis')
    op.drop_table('violation', schema='gis')
    op.drop_index('screen_key', table_name='screen', schema='gis')
    op.drop_table('screen', schema='gis')
    op.drop_index('permit_well_well_code', table_name='permit_well', schema='gis')
    op.drop_index('permit_well_key', table_name='permit_well', schema='gis')
    op.drop_table('permit_well', schema='gis')
    op.drop_index('meter_key', table_name='meter', schema='gis')
    op.drop_table('meter', schema='gis')
    op.drop_index('correction_order_key', table_name='correction_order', schema='gis')
    op.drop_table('correction_order', schema='gis')
    op.drop_index('calibration_key', table_name='calibration', schema='gis')
    op.drop_table('calibration', schema='gis')
    op.drop_index('water_user_key', table_name='water_user', schema='gis')
    op.drop_table('water_user', schema='gis')
    op.drop_index('water_norm_key', table_name='water_norm', schema='gis')
    op.drop_table('water_norm', schema='gis')
    op.drop_index('water_level_key', table_name='water_level', schema='gis')
    op.drop_table('water_level', schema='gis')
    op.drop_index('unit_year_key', table_name='unit_year', schema='gis')
    op.drop_table('unit_year', schema='gis')
    op.drop_index('site_key', table_name='site', schema='gis')
    op.drop_geospatial_index('site_geom', table_name='site', schema='gis', postgresql_using='gist', column_name='geom')
    op.drop_geospatial_table('site', schema='gis')
    op.drop_index('permit_purpose_key', table_name='permit_purpose', schema='gis')
    op.drop_table('permit_purpose', schema='gis')
    op.drop_index('permit_key', table_name='permit', schema='gis')
    op.drop_table('permit', schema='gis')
    op.drop_index('exemption_grant_key', table_name='exemption_grant', schema='gis')
    op.drop_table('exemption_grant', schema='gis')
    op.drop_index('electricity_coefficient_key', table_name='electricity_coefficient', schema='gis')
    op.drop_table('electricity_coefficient', schema='gis')
    op.drop_index('document_key', table_name='document', schema='gis')
    op.drop_table('document', schema='gis')
    op.drop_table('day_off', schema='gis')
    op.drop_index('application_key', table_name='application', schema='gis')
    op.drop_geospatial_index('application_geom', table_name='application', schema='gis', postgresql_using='gist', column_name='geom')
    op.drop_geospatial_table('application', schema='gis')
    op.drop_index('annual_report_key', table_name='annual_report', schema='gis')
    op.drop_table('annual_report', schema='gis')
