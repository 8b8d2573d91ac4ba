-- Wells within :within_m geodesic metres of a point, nearest first, at most :limit, each with its
-- flag and the open finding that makes it (of the ledger shown): one row a well.
-- One index answers, in 3857: a box of another column's index would be read and sorted whole. A
-- metre of 3857 is not one on the ground, so as far as the nearest in the plane lie, times what two
-- of its metres may differ there (`stretch`), lie all that can be nearest on the ground. Boxes and
-- places are worked out before: as values they reach the index under row-level security, as joins
-- they do not.
with here as (
  select geom, st_transform(geom, 3857) as web,
         st_transform(st_expand(geom, gis.degrees(:within_m, geom)), 3857) as box,
         -- north and south against east and west, then by latitude
         1.0068 * cosd(greatest(abs(:lat) - :within_m / 110000, 0))
           / cosd(abs(:lat) + :within_m / 110000) as stretch,
         cast(:flags as text[]) as flags
  from (select st_setsrid(st_makepoint(:lon, :lat), 4490)) given (geom)
), nearest as (
  select w.geom_web <-> (select web from here) as far
  from gis.well w
  where w.geom_web && (select box from here)
    and ((select flags from here) is null or coalesce(
      (select f.flag from gis.well_flag f where f.well_id = w.well_id), 'unassessed'
    ) = any ((select flags from here)::text[]))
  order by (select web from here) <-> w.geom_web
  limit :limit
), candidate as materialized (
  select w.well_id, w.code, w.name, w.status, w.use, w.geom,
         coalesce(f.flag, 'unassessed') as flag, f.rule,
         st_distance(w.geom::geography, (select geom::geography from here)) as distance_m
  from gis.well w
  left join gis.well_flag f on f.well_id = w.well_id
  where w.geom_web && (select st_expand(web, stretch * (select max(far) from nearest)) from here)
    and ((select flags from here) is null
      or coalesce(f.flag, 'unassessed') = any ((select flags from here)::text[]))
), told as (
  select * from candidate
  where distance_m <= :within_m
  order by distance_m, code
  limit :limit
)
select t.code, t.name, t.status, t.use, st_x(t.geom) as lon, st_y(t.geom) as lat, t.distance_m,
       coalesce(degrees(
         st_azimuth((select geom::geography from here), t.geom::geography)), 0) as bearing_deg,
       t.flag, n.rule, n.answer, n.verdict, n.layer, n.zone_name, n.edge_m, n.tolerance_m, n.joint,
       n.missing, n.exemption, 'well' as subject, t.code as subject_code
from told t
left join lateral (
  select * from gis.finding n
  where n.ledger = (select gis.shown_ledger()) and n.closed_run is null
    and n.subject = 'well' and n.subject_id = t.well_id and n.rule = t.rule
  order by gis.gravity(n.answer, n.verdict), n.edge_m desc nulls last, n.zone_id
  limit 1
) n on true
order by t.distance_m, t.code
