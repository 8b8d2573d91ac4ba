-- Zones of the layer of the supposed one, not ended by :on, as near as both accuracies together (at
-- least :least_m), with their shape near it (WKB) and that tolerance; not those of the same zone.
select z.zone_id, z.version, z.name, t.metres as tolerance_m,
       st_asbinary(st_clipbybox2d(z.geom, gis.reach(st_envelope(d.geom), 10 * t.metres))) as near
from pg_temp.supposed d
join gis.zone z on z.layer = d.layer and z.zone_id <> d.zone_id and z.law_status <> 'withdrawn'
 and (z.valid_to is null or z.valid_to > :on)
cross join lateral (
  select least(greatest(z.boundary_accuracy_m + d.boundary_accuracy_m, :least_m), :most_m) as metres
) t
where z.geom && gis.reach(st_envelope(d.geom), t.metres)
  and st_dwithin(z.geom, d.geom, gis.degrees(t.metres, d.geom))
