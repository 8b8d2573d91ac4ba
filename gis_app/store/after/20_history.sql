-- The append-only history: one row per changed row, written by the database for every door.
-- Geometry is kept as hex EWKB, so that a state can be put back to the last bit.
create or replace function gis.well_image(w gis.well) returns jsonb language sql immutable as
$$
  select jsonb_strip_nulls(to_jsonb(r)) || jsonb_build_object('geom', (w.geom)::text)
  from (select w.well_id, w.code, w.name, w.area_code, w.township, w.village, w.address,
               w.owner_id, w.self_supply, w.status, w.well_type, w.use, w.industry,
               w.industry_class,
               w.permit_state, w.permit_number, w.annual_permitted_m3, w.prior_permitted_m3,
               w.annual_reported_m3, w.volume_method, w.exemption_kind, w.exemption_until,
               w.completed_on, w.works_started_on, w.filing_state,
               w.filed_on, w.no_alternative_source, w.risk_class, w.depth_m, w.water_depth_m, w.screen_top_m, w.screen_bottom_m,
               w.diameter_mm, w.casing_material, w.aquifer,
               w.aquifer_renewal, w.aquifer_depth, w.source_type, w.landform, w.water_region,
               w.pump_fitted, w.pump_model, w.meter_state, w.meter_type, w.above_scale_source,
               w.coord_method, w.position_accuracy_m, w.remark, w.batch_id, w.recorded_at) r
$$;

create or replace function gis.zone_image(z gis.zone) returns jsonb language sql immutable as
$$
  select jsonb_strip_nulls(to_jsonb(r)) || jsonb_build_object('geom', (z.geom)::text)
  from (select z.zone_id, z.version, z.layer, z.grade, z.code, z.name, z.law_status,
               z.instrument, z.clause, z.authority, z.area_code, z.valid_from, z.valid_to,
               z.boundary_accuracy_m, z.source, z.attrs, z.batch_id, z.recorded_at,
               z.recorded_by) r
$$;

create or replace function gis.refuse_rewriting_history() returns trigger language plpgsql as
$$
begin
  raise exception 'gis.%: 历史记录只增不改 / the history is append-only', tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

create or replace trigger change_is_append_only
  before update or delete or truncate on gis.change
  for each statement execute function gis.refuse_rewriting_history();

create or replace trigger law_parameter_is_append_only
  before update or delete or truncate on gis.law_parameter
  for each statement execute function gis.refuse_rewriting_history();

-- A layer's data have changed: tiles and clients see it by a number that grows with every commit.
-- Rows are only added, so that writers never wait for one another; `compact_versions` sums them up.
create or replace function gis.bump(layers text[]) returns void language sql as
$$
  insert into gis.layer_version (layer) select distinct l from unnest(layers) l where l is not null
$$;

create or replace function gis.compact_versions() returns void language sql as
$$
  with gone as (delete from gis.layer_version returning layer, changes)
  insert into gis.layer_version (layer, changes) select layer, sum(changes) from gone group by layer;
  with gone as (delete from gis.cell_version returning layer, x, y, changes)
  insert into gis.cell_version (layer, x, y, changes)
  select layer, x, y, sum(changes) from gone group by layer, x, y
$$;

-- The part of a finding's inputs that comes from the register, not from the zones.
create or replace function gis.of_register(inputs jsonb) returns jsonb language sql immutable as
$$
  select jsonb_object_agg(key, value) from jsonb_each(inputs)
  where not starts_with(key, 'in__') and not starts_with(key, 'since__')
$$;
