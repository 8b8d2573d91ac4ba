-- The temporary view `supposed_zone`: gis.zone as it would be with the supposed version published:
-- one row more, and what was law of that zone until then ends on its first day.
create temp view supposed_zone as
select z.zone_id, z.version, z.layer, z.grade, z.code, z.name, z.law_status, z.area_code,
       z.valid_from,
       case when z.zone_id = {zone_id} and z.law_status = 'approved' and z.valid_from < {since}
                 and (z.valid_to is null or z.valid_to > {since})
            then {since} else z.valid_to end as valid_to,
       z.boundary_accuracy_m, z.attrs, z.geom
from gis.zone z
union all
select d.zone_id, d.version, d.layer, d.grade, d.code, d.name, d.law_status, d.area_code,
       d.valid_from, d.valid_to, d.boundary_accuracy_m, d.attrs, d.geom
from pg_temp.supposed d
