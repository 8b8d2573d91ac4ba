-- Ids of the other zones, the sites or the applications ({table}, {key}) that are so near to the
-- supposed zone or the version it amends that they may meet it; {accuracy}: of their places.
-- {near}: the condition by which the candidates are found.
select k.{key}
from pg_temp.supposed d
left join gis.zone a on a.zone_id = d.zone_id and a.version = d.amended
cross join lateral (
  select st_envelope(st_collect(d.geom, coalesce(a.geom, d.geom))) as box,
         greatest(d.boundary_accuracy_m, a.boundary_accuracy_m) as accuracy_m
) b
join {table} k on {near}
cross join lateral (select {accuracy} + b.accuracy_m as metres) t
where {others}
  and (st_dwithin(k.geom, d.geom, gis.degrees(t.metres, b.box))
       or st_dwithin(k.geom, a.geom, gis.degrees(t.metres, b.box)))
group by 1
