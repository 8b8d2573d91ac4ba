-- The temporary table `covered`: questions of place that no single zone settles, for the wells
-- that ask them: the point lies inside, the disc reaches over that zone's edge, and other zones of
-- the layer (of the grade) touch the disc as well. edge_m: geodesic metres from the well to the
-- nearest ground near it that no zone covers (twice the tolerance where there is none). Zones are
-- clipped whole, not by their parts: cutting lines would leave hairline gaps along shared borders.
create temp table covered on commit drop as
with doubt as (
  select a.ask, a.layer, a.grade, i.subject_id, max(i.tolerance_m) as tolerance_m
  from {asked} a
  join incidence i on i.layer = a.layer and (a.grade is null or i.grade = a.grade)
  group by a.ask, a.layer, a.grade, i.subject_id
  having count(*) > 1 and bool_or(i.inside)
     and not bool_or(i.inside and i.edge_m >= i.tolerance_m)
)
select d.ask, d.subject_id, d.tolerance_m,
       coalesce(st_distance(w.geom::geography, gap.geom::geography), 2 * d.tolerance_m) as edge_m
from doubt d
join gis.well w on w.well_id = d.subject_id
cross join lateral (
  select st_expand(w.geom, gis.degrees(2 * d.tolerance_m, w.geom)) as geom offset 0
) box
cross join lateral (
  select case when st_isempty(open.geom) then null else open.geom end as geom
  from (
    select st_difference(box.geom, st_union(st_intersection(z.geom, box.geom))) as geom
    from incidence i
    join {zones} z on z.zone_id = i.zone_id and z.version = i.version
    where i.subject_id = d.subject_id and i.layer = d.layer and (d.grade is null or i.grade = d.grade)
  ) open
) gap
