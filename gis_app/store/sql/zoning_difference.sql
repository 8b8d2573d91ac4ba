-- One row per grade on the zones of two batches (:former, :now), each zone in its latest version that is
-- not withdrawn, as it is after whatever editing: geodesic m² of both, and the ground that enters
-- and leaves the grade, in m² and as GeoJSON in EPSG:4490 (null where there is none).
with zones as (
  select distinct on (run.which, z.zone_id) run.which, coalesce(z.grade, '') as grade, z.geom
  from (values ('former', cast(:former as bigint)), ('now', cast(:now as bigint))) run (which, batch_id)
  join gis.zone brought on brought.batch_id = run.batch_id
  join gis.zone z on z.zone_id = brought.zone_id
  where z.law_status <> 'withdrawn'
  order by run.which, z.zone_id, z.version desc
), ground as materialized (
  select grade,
         coalesce(st_union(zones.geom) filter (where which = 'former'), nothing.geom) as was,
         coalesce(st_union(zones.geom) filter (where which = 'now'), nothing.geom) as now
  from zones
  cross join (select st_geomfromtext('MULTIPOLYGON EMPTY', 4490)) nothing (geom)
  group by grade, nothing.geom
)
select g.grade, st_area(g.was::geography) as former_m2, st_area(g.now::geography) as now_m2,
       st_area(d.entering::geography) as entering_m2, st_area(d.leaving::geography) as leaving_m2,
       case when not st_isempty(d.entering) then st_asgeojson(d.entering, 9, 0) end as entering,
       case when not st_isempty(d.leaving) then st_asgeojson(d.leaving, 9, 0) end as leaving
from ground g
cross join lateral (
  select st_multi(st_collectionextract(st_difference(g.now, g.was), 3)) as entering,
         st_multi(st_collectionextract(st_difference(g.was, g.now), 3)) as leaving
) d
order by g.grade
