-- What is registered of the volumes (m³) of some wells, permits and units: whose, how much, over how many
-- days where it is not that of a year, and by which register.
with links as (
  select l.well_code, l.permit_number from gis.permit_well l
  union
  select w.code, w.permit_number from gis.well w where w.permit_number is not null
), wells as (
  select w.code, v.m3
  from gis.well w
  cross join lateral (values (w.annual_permitted_m3), (w.prior_permitted_m3),
                             (w.annual_reported_m3)) v (m3)
)
select * from (
  select distinct 'well' as kind, v.code as object, v.m3, null::int as days, 'well' as source
  from wells v where v.code = any (:wells)
  union
  select 'well', r.well_code, r.m3, r.to_on - r.from_on + 1, 'withdrawal'
  from gis.withdrawal r where r.well_code = any (:wells)
  union
  select 'well', l.well_code, p.annual_m3, null, 'permit'
  from links l join gis.permit p on p.number = l.permit_number
  where l.well_code = any (:wells)
  union
  select 'permit', p.number, p.annual_m3, null, 'permit'
  from gis.permit p where p.number = any (:permits)
  union
  select 'permit', u.permit_number, u.annual_m3, null, 'permit_purpose'
  from gis.permit_purpose u where u.permit_number = any (:permits)
  union
  select 'permit', l.permit_number, v.m3, null, 'well'
  from links l join wells v on v.code = l.well_code
  where l.permit_number = any (:permits)
  union
  select 'unit', u.unit_code || ' ' || u.sector, v.m3, null, 'unit_year'
  from gis.unit_year u
  cross join lateral (values (u.quota_m3), (u.cap_m3), (u.permitted_m3), (u.taken_m3),
                             (u.allowable_m3)) v (m3)
  where u.unit_code = any (:units)
  union
  select 'unit', z.code || ' total', (z.attrs ->> 'quota_m3')::float8, null, 'management_unit'
  from gis.zone z
  where z.layer = 'management_unit' and z.law_status <> 'withdrawn' and z.code = any (:units)
) v
where v.m3 between 1e-6 and 1e15
