-- Per layer the nearest boundary of a zone in force on :on, within :within_m geodesic metres of the
-- place asked about: one row a layer, nearest first. A zone's boundary lies between the distance to
-- its box and that plus the box's diagonal (`most`); only zones that may be the nearest of their
-- layer are looked at, and beyond :close_m only those of layers that have no boundary nearer (reading
-- the boxes of 5,000 large zones alone takes 50 ms). Boundary pieces are found in 3395, which is
-- conformal; the metres and the bearing are geodesic, and the order is mended by them.
with here as (
  select geom, st_transform(geom, 3857) as web,
         st_transform(st_segmentize(geom, 0.005), 3395) as conformal
  from pg_temp.precheck
), close as (
  select z.zone_id, z.version, z.layer, st_distance(b.box, h.web) as least,
         st_distance(b.box, h.web) + st_length(st_boundingdiagonal(b.box)) as most
  from here h
  join gis.zone z on z.geom && gis.reach(h.geom, :close_m)
  cross join lateral (select st_setsrid(box2d(z.geom_web)::geometry, 3857) as box offset 0) b
  where gis.binds(z.law_status, z.valid_from, z.valid_to, :on)
), settled as (
  -- a distance on the web map is never shorter than on the ground
  select layer from close group by layer having min(most) * 1.02 <= :close_m
), near as (
  select * from close where layer in (select layer from settled)
  union all
  select z.zone_id, z.version, z.layer, st_distance(b.box, h.web),
         st_distance(b.box, h.web) + st_length(st_boundingdiagonal(b.box))
  from here h
  join gis.zone z on z.geom && gis.reach(h.geom, :within_m)
  cross join lateral (select st_setsrid(box2d(z.geom_web)::geometry, 3857) as box offset 0) b
  where gis.binds(z.law_status, z.valid_from, z.valid_to, :on)
    and z.layer not in (select layer from settled)
), candidate as (
  select zone_id, version, layer, least, min(most) over (partition by layer) as surely_within
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
  where c.least <= 1.02 * c.surely_within -- metres of the web map are not of one length
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
