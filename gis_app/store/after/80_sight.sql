-- Who sees what. The service reads for its callers as gis_reader, to whom the database shows only
-- the rows that the caller's sight holds (row-level security); without a sight, nothing but law.
-- A sight is set for a transaction by `store.engine.seeing`: per right the areas where it is held, as
-- patterns (140302%; % is everywhere). The owner of the tables – imports, audits, tiles, the
-- command line – is not bound by it.

-- && on an index is not asked before a policy unless it is trusted not to tell of hidden rows
-- (it raises nothing); without it a map's box reads every well. Needs a superuser, once.
do
$$
begin
  if not (select proleakproof from pg_proc
          where oid = 'geometry_overlaps(geometry, geometry)'::regprocedure) then
    alter function geometry_overlaps(geometry, geometry) leakproof;
  end if;
exception when insufficient_privilege then
  raise warning 'geometry_overlaps is not leakproof: have a superuser run: alter function geometry_overlaps(geometry, geometry) leakproof;';
end
$$;

-- Where the caller of this transaction holds a right, as patterns.
create or replace function gis.areas(held text) returns text[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('gis.' || held, true), '')::text[], '{}') $$;

create or replace function gis.everywhere(held text) returns boolean
language sql stable parallel safe as
$$ select '%' = any (gis.areas(held)) $$;

-- Who holds the sight; null: a visitor.
create or replace function gis.caller() returns text language sql stable parallel safe as
$$ select nullif(current_setting('gis.caller', true), '') $$;

-- Each table with what a row must satisfy to be seen. Subqueries that speak of the sight only are
-- worked out once a statement. What is not named here no caller reads.
create or replace function gis.sights() returns table (name text, sight text)
language sql immutable as
$$
  select name, sight from (values
    ('zone', $p$ law_status = 'approved' or (select gis.everywhere('read_drafts'))
      or area_code like any (array(select unnest(gis.areas('read_drafts')))) $p$),
    -- what a draft is made of is seen by whoever sees the drafts of its area
    ('zoning_run', $p$ (select gis.everywhere('read_drafts'))
      or area_code like any (array(select unnest(gis.areas('read_drafts')))) $p$),
    ('raster', $p$ withdrawn_at is null or (select gis.everywhere('read_drafts'))
      or area_code like any (array(select unnest(gis.areas('read_drafts')))) $p$),
    ('well', $p$ (select gis.everywhere('read'))
      or area_code like any (array(select unnest(gis.areas('read')))) $p$),
    ('finding', $p$ (select gis.everywhere('read'))
      or area_code like any (array(select unnest(gis.areas('read')))) $p$),
    ('unrecorded', $p$ (select gis.everywhere('read'))
      or area_code like any (array(select unnest(gis.areas('read')))) $p$),
    ('audit_run', $p$ (select gis.areas('read') <> '{}') $p$),
    ('party', $p$ (select gis.everywhere('read_registers')) or exists (
      select from gis.well w where w.owner_id = party_id
      and w.area_code like any (array(select unnest(gis.areas('read_registers'))))) $p$),
    -- many a permit is entered without its area: it is read with the wells that it covers
    ('permit', $p$ (select gis.everywhere('read_registers'))
      or area_code like any (array(select unnest(gis.areas('read_registers'))))
      or (select gis.areas('read_registers') <> '{}') and (
        exists (select from gis.permit_well l where l.permit_number = number)
        or exists (
          select from gis.well w where w.permit_number = number
          and w.area_code like any (array(select unnest(gis.areas('read_registers')))))) $p$),
    ('water_user', $p$ (select gis.everywhere('read_registers')) or exists (
      select from gis.party p where p.name = owner
      and coalesce(p.uscc, '') = coalesce(owner_uscc, '')) $p$),
    ('exemption_grant', $p$ (select gis.everywhere('read_registers'))
      or (select gis.areas('read_registers') <> '{}') and case subject
        when 'well' then exists (
          select from gis.well w where w.code = subject_code
          and w.area_code like any (array(select unnest(gis.areas('read_registers')))))
        when 'application' then exists (select from gis.application a where a.code = subject_code)
        when 'site' then exists (select from gis.site s where s.code = subject_code)
      end $p$),
    ('batch', $p$ (select gis.everywhere('read_registers')) or actor = (select gis.caller()) $p$),
    ('batch_problem', $p$ exists (select from gis.batch b where b.batch_id = batch_problem.batch_id) $p$),
    ('change', $p$ case table_name
      when 'zone' then (select gis.everywhere('read_drafts')) or coalesce(new, old) ->> 'area_code'
        like any (array(select unnest(gis.areas('read_drafts'))))
      else (select gis.everywhere('read_registers'))
        and table_name not in ('account', 'account_role', 'token') end $p$)
  ) own (name, sight)
  union all
  select name, $p$ (select gis.everywhere('read')) or exists (
      select from gis.well w where w.well_id = $p$ || name || $p$.well_id) $p$
  from unnest(array['well_state', 'well_flag', 'well_zone']) name
  union all
  select name, $p$ (select gis.everywhere('read_registers'))
      or area_code like any (array(select unnest(gis.areas('read_registers')))) $p$
  from unnest(array['application', 'site', 'unit_year', 'water_norm']) name
  union all
  select name, $p$ (select gis.everywhere('read_registers'))
      or (select gis.areas('read_registers') <> '{}') and exists (
      select from gis.well w where w.code = $p$ || name || $p$.well_code
      and w.area_code like any (array(select unnest(gis.areas('read_registers'))))) $p$
  from unnest(array['meter', 'calibration', 'withdrawal', 'violation', 'screen', 'permit_well',
                    'correction_order']) name
  union all
  select name, $p$ (select gis.everywhere('read_registers')) or exists (
      select from gis.permit p where p.number = $p$ || name || $p$.permit_number) $p$
  from unnest(array['permit_purpose', 'annual_report']) name
  union all
  -- of no division: whoever reads registers anywhere reads them
  select name, $p$ (select gis.areas('read_registers') <> '{}') $p$
  from unnest(array['water_level', 'document', 'electricity_coefficient']) name
$$;

-- What everybody may read: law and its days, versions, shapes of zones that are law.
create or replace function gis.open_tables() returns text[] language sql immutable as
$$
  select array['law_parameter', 'day_off', 'setting', 'layer_version', 'cell_version',
               'incidence_day', 'zone_part', 'zone_edge', 'zone_band', 'zone_mark', 'zone_fill',
               'zone_outline']
$$;

do
$$
declare
  each record;
begin
  grant usage on schema gis to gis_reader;
  for each in select * from gis.sights() loop
    execute format('alter table gis.%I enable row level security', each.name);
    execute format('drop policy if exists sight on gis.%I', each.name);
    execute format('create policy sight on gis.%I for select to gis_reader using (%s)',
                   each.name, each.sight);
    execute format('grant select on gis.%I to gis_reader', each.name);
  end loop;
  execute (select format('grant select on %s to gis_reader', string_agg(format('gis.%I', name), ', '))
           from unnest(gis.open_tables()) name);
  grant select on gis.zone_life to gis_reader;  -- as its reader, not as its owner
  grant select on public.alembic_version to gis_reader;  -- /healthz tells it
end
$$;
