-- Zones of some layers (:layers) that share at least :least_m2 of ground with the supposed one and are
-- not ended by :on, drafts too; not those of the same zone. `shared`: the shared ground (WKB).
select z.layer, z.grade, z.zone_id, z.version, z.name, z.law_status, a.m2 as area_m2,
       st_asbinary(s.shared) as shared
from pg_temp.supposed d
join gis.zone z on z.geom && d.geom and z.layer = any (:layers) and z.zone_id <> d.zone_id
 and z.law_status <> 'withdrawn' and (z.valid_to is null or z.valid_to > :on)
 and st_intersects(z.geom, d.geom)
cross join lateral (
  select st_collectionextract(st_intersection(z.geom, d.geom), 3) as shared offset 0
) s
cross join lateral (select st_area(s.shared::geography) as m2 offset 0) a
where a.m2 >= :least_m2
order by a.m2 desc
