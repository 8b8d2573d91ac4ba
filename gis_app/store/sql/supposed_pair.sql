-- The temporary table `supposed_pair`: the pairs of wells and the supposed zone, as gis.meet would
-- find them once it is law; rows as gis.well_zone. Reads `supposed`, `supposed_part`,
-- `supposed_edge`.
create temp table supposed_pair on commit drop as
select t.well_id, d.zone_id, d.version, d.layer, d.grade, t.inside,
       case when t.inside then e.metres else -e.metres end as edge_m,
       w.uncertainty_m + d.boundary_accuracy_m as tolerance_m
from pg_temp.supposed d
cross join (
  select w.well_id, bool_or(w.inside) as inside
  from pg_temp.supposed_part p
  cross join lateral (
    select w.well_id, w.geom, w.uncertainty_m, st_intersects(p.geom, w.geom) as inside
    from gis.well w
    where gis.reach(w.geom, w.uncertainty_m) && p.reach
    offset 0
  ) w
  where w.inside
     or st_dwithin(p.geom, w.geom, gis.degrees(w.uncertainty_m + p.boundary_accuracy_m, w.geom))
  group by w.well_id
) t
cross join lateral (
  select w.geom, w.uncertainty_m, st_transform(w.geom, 3395) as conformal
  from gis.well w
  where w.well_id = t.well_id
  offset 0
) w
cross join lateral (
  select gis.metres_to(e.geom, w.conformal, w.geom) as metres
  from pg_temp.supposed_edge e
  order by e.geom <-> w.conformal
  limit 1
) e
where t.inside or e.metres < w.uncertainty_m + d.boundary_accuracy_m
