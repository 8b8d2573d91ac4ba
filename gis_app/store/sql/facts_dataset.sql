-- One row per committed import with the coordinate system its file had.
select b.batch_id as subject_id, b.batch_id::text as code, null::geometry as geom,
       0::float8 as uncertainty_m, null::text as area_code,
       gis.coordinate_system(b.report ->> 'crs') as coordinate_system,
       (b.report ->> 'local_system_approved')::boolean as local_system_approved
from gis.batch b
where b.state = 'committed' and (b.committed_at at time zone 'Asia/Shanghai')::date <= {day}
  and b.report ? 'crs'
