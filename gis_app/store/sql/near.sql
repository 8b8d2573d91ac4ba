-- Wells within :within_m geodesic metres of a point, nearest first, at most :limit: one row a well.
-- One index answers, nearest first (`<->`) and only within a box that surely holds the circle: both
-- in 3857, or a box of another column's index would be read and sorted whole. The metres are
-- geodesic, and the order is mended by them at the end: hence the larger inner limit. Box and place
-- are worked out before: as values they reach the index under row-level security, as joins they do not.
with here as (
  select st_setsrid(st_makepoint(:lon, :lat), 4490) as geom
), candidate as (
  select w.well_id, w.code, w.name, w.status, w.use, w.geom,
         coalesce(f.flag, 'unassessed') as flag, f.rule
  from gis.well w
  left join gis.well_flag f on f.well_id = w.well_id
  where w.geom_web && (
    select st_transform(st_expand(geom, gis.degrees(:within_m, geom)), 3857) from here
  )
    and (cast(:flags as text[]) is null or coalesce(f.flag, 'unassessed') = any (:flags))
  order by (select st_transform(geom, 3857) from here) <-> w.geom_web
  limit 2 * :limit + 50
)
select c.well_id, c.code, c.name, c.status, c.use, st_x(c.geom) as lon, st_y(c.geom) as lat,
       st_distance(c.geom::geography, here.geom::geography) as distance_m,
       coalesce(degrees(st_azimuth(here.geom::geography, c.geom::geography)), 0) as bearing_deg,
       c.flag, c.rule
from candidate c, here
where st_distance(c.geom::geography, here.geom::geography) <= :within_m
order by distance_m, c.code
limit :limit
