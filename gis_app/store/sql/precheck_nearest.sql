-- Per layer the nearest boundary of a zone in force on :on, within :within_m geodesic metres of the
-- place asked about: one row a layer, nearest first. A zone's boundary lies between the distance to
-- its box and that plus the box's diagonal; only zones that may be the nearest of their layer are
-- looked at (5,000 zones: 12 ms instead of 150). Boundary pieces are found in 3395 (see gis.meet),
-- the metres and the bearing are geodesic; the order is mended by them.
with here as (
  select geom, st_transform(geom, 3857) as web,
         st_transform(st_segmentize(geom, 0.005), 3395) as conformal
  from pg_temp.precheck
), near as (
  select z.zone_id, z.version, z.layer, st_distance(b.box, h.web) as least,
         sqrt((st_xmax(b.box) - st_xmin(b.box)) ^ 2 + (st_ymax(b.box) - st_ymin(b.box)) ^ 2)
           as diagonal
  from here h
  join gis.zone z on z.geom && gis.reach(h.geom, :within_m)
  cross join lateral (
    select st_setsrid(box2d(z.geom_web)::geometry, 3857) as box offset 0 -- read once: zones are large
  ) b
  where gis.binds(z.law_status, z.valid_from, z.valid_to, :on)
), candidate as (
  select zone_id, version, layer, least,
         min(least + diagonal) over (partition by layer) as surely_within
  from near
), measured as (
  select c.layer, c.zone_id, c.version, st_startpoint(e.line)::geography as place,
         st_endpoint(e.line)::geography as boundary
  from candidate c
  cross join here h
  cross join lateral (
    select st_transform(st_shortestline(h.conformal, e.geom), 4490) as line
    from gis.zone_edge e
    where e.zone_id = c.zone_id and e.version = c.version
    order by e.geom <-> h.conformal
    limit 3
  ) e
  where c.least <= 1.02 * c.surely_within -- metres of the map are not of one length
), nearest as (
  select distinct on (m.layer)
         m.layer, m.zone_id, z.name, st_covers(z.geom, h.geom) as inside,
         st_distance(m.place, m.boundary) as distance_m,
         coalesce(degrees(st_azimuth(m.place, m.boundary)), 0) as bearing_deg
  from measured m
  join gis.zone z on z.zone_id = m.zone_id and z.version = m.version
  cross join here h
  order by m.layer, distance_m, inside desc, m.zone_id
)
select layer, zone_id, name, inside, distance_m, bearing_deg
from nearest
where distance_m <= :within_m
order by distance_m, layer
