-- One row on two versions (:one, :other) of a zone: area of each (geodesic m²), ground added and
-- removed (GeoJSON in EPSG:4490, null where there is none), and wells that come in and go out by where
-- their point lies: how many, and the first :most codes.
with shape as materialized (
  select a.geom as one, b.geom as other
  from gis.zone a, gis.zone b
  where a.zone_id = :zone_id and a.version = :one and b.zone_id = :zone_id and b.version = :other
), entering as (
  select w.code from shape s
  join gis.well w on w.geom && s.other and st_intersects(s.other, w.geom)
  where not st_intersects(s.one, w.geom)
), leaving as (
  select w.code from shape s
  join gis.well w on w.geom && s.one and st_intersects(s.one, w.geom)
  where not st_intersects(s.other, w.geom)
)
select st_area(s.one::geography) as one_m2, st_area(s.other::geography) as other_m2,
       case when not st_isempty(d.added) then st_asgeojson(d.added, 9, 0) end as added,
       case when not st_isempty(d.removed) then st_asgeojson(d.removed, 9, 0) end as removed,
       (select count(*) from entering) as entering_count,
       array(select code from entering order by code limit :most) as entering,
       (select count(*) from leaving) as leaving_count,
       array(select code from leaving order by code limit :most) as leaving
from shape s
cross join lateral (
  select st_multi(st_collectionextract(st_difference(s.other, s.one), 3)) as added,
         st_multi(st_collectionextract(st_difference(s.one, s.other), 3)) as removed
) d
