-- Zones of :layers that are law and share at least :least_m2 with a version (:zone_id, :version) on
-- some day that it is law too: (layer, zone_id, name, m2). Not those of which a next version that
-- leaves the ground free is in review or approved: moved borders become law one after the other.
select z.layer, z.zone_id, z.name, a.m2
from gis.zone d
join gis.zone z on z.geom && d.geom and z.zone_id <> d.zone_id and z.layer = any (:layers)
  and z.law_status = 'approved' and st_intersects(z.geom, d.geom) and not st_touches(z.geom, d.geom)
  and daterange(z.valid_from, z.valid_to) && daterange(d.valid_from, d.valid_to)
  and (z.valid_to is null or z.valid_to > gis.today())
cross join lateral (select st_area(st_intersection(z.geom, d.geom)::geography) as m2 offset 0) a
where d.zone_id = :zone_id and d.version = :version and a.m2 >= :least_m2
  and not exists (
    select from gis.zone n
    where n.zone_id = z.zone_id and n.version > z.version
      and n.law_status in ('in_review', 'approved')
      and st_area(st_intersection(n.geom, d.geom)::geography) < :least_m2)
order by a.m2 desc
