-- An expression: since when the ground of a subject (p.geom) has been in the zone of a pair (i); the
-- supposed version follows without a break the one it amends.
coalesce(
  (select case when st_intersects(a.geom, p.geom)
               then gis.zone_since(a.zone_id, a.version, p.geom) else d.valid_from end
   from pg_temp.supposed d
   left join gis.zone a on a.zone_id = d.zone_id and a.version = d.amended
   where d.zone_id = i.zone_id and d.version = i.version),
  gis.zone_since(i.zone_id, i.version, p.geom))
