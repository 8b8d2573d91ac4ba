-- The unit that would bear what is asked for, with its figures of the year on :on and what of its
-- quota is left; no row where it cannot be told which unit that is.
select at.code, named.name, u.year, u.quota_m3, u.cap_m3, u.permitted_m3, u.taken_m3,
       u.quota_m3 - u.permitted_m3 as remaining_m3, u.level_m, u.control_level_m
from pg_temp.precheck p
cross join lateral (
  select min(a.unit_code) as code
  from gis.units_at(p.geom, p.area_code, :on, p.position_accuracy_m) a
  having count(*) = 1
) at
left join gis.units_on(:on) u on u.unit_code = at.code
left join lateral (
  select z.name from gis.zone z
  where (z.layer = 'management_unit' and z.code = at.code
         or z.layer = 'district' and z.area_code = at.code)
    and gis.binds(z.law_status, z.valid_from, z.valid_to, :on)
  order by z.layer desc, z.zone_id
  limit 1
) named on true
where at.code is not null
