-- One row per unit: its entry of the day's year, else of the year before. The place is that of the
-- management unit or district of that code, if one is in force.
select u.unit_year_id as subject_id, u.unit_code || ' ' || u.year as code, z.geom,
       0::float8 as uncertainty_m, coalesce(u.area_code, z.area_code) as area_code,
       coalesce(u.unit_level, 'unit') as unit_level, u.quota_m3 as unit_quota_m3,
       u.cap_m3 as unit_cap_m3, u.permitted_m3 as unit_permitted_m3, u.taken_m3 as unit_taken_m3,
       u.taken_quota_m3 as unit_taken_quota_m3,
       u.allowable_m3 as unit_allowable_m3, u.level_m as unit_level_m,
       u.control_level_m as unit_control_level_m, u.measure_taken
from gis.units_on({day}) u
left join lateral (
  select st_pointonsurface(z.geom) as geom, z.area_code
  from {zones} z
  where z.layer in ('management_unit', 'district')
    and (z.code = u.unit_code or z.layer = 'district' and z.area_code = u.unit_code)
    and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})
  order by z.layer desc, z.version desc limit 1
) z on true
