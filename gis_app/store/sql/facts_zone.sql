-- One row per zone in force on {day} of the layers that rules speak of as such.
select z.zone_id as subject_id, coalesce(z.code, z.name) as code, z.geom,
       z.boundary_accuracy_m as uncertainty_m,
       coalesce(z.area_code, (
         select min(d.area_code) from {zones} d
         where d.layer = 'district' and gis.binds(d.law_status, d.valid_from, d.valid_to, {day})
           and d.geom && z.geom and st_covers(d.geom, st_pointonsurface(z.geom)))) as area_code,
       z.layer, z.grade, (z.attrs ->> 'alternative_solved')::boolean as alternative_solved,
       z.attrs ->> 'plan_state' as plan_state, z.attrs ->> 'source_level' as source_level,
       z.attrs ->> 'water_type' = 'groundwater' and (z.attrs ->> 'centralised')::boolean
         as centralised_groundwater,
       (z.attrs ->> 'quasi_delimited')::boolean as quasi_delimited,
       (z.attrs ->> 'source_at_risk')::boolean as source_at_risk
from {zones} z
where z.layer = any ({zone_layers})
  and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})
