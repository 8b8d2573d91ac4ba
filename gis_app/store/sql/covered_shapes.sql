-- The temporary table `covered` for subjects other than wells: questions of place that several
-- zones settle together, answered by their union. A parcel that lies across the union's edge is not
-- settled by it, however exact both are: no row.
create temp table covered on commit drop as
select u.ask, u.subject_id, u.tolerance_m, gis.depth(u.shape, u.ground, {footprint}) as edge_m
from (
  select a.ask, i.subject_id, max(i.tolerance_m) as tolerance_m, st_union(z.geom) as ground,
         (array_agg(b.geom))[1] as shape
  from {asked} a
  join incidence i on i.layer = a.layer and (a.grade is null or i.grade = a.grade)
  join {zones} z on z.zone_id = i.zone_id and z.version = i.version
  join (
{base}
  ) b on b.subject_id = i.subject_id
  group by a.ask, i.subject_id
  having count(*) > 1
) u
where {footprint} or st_covers(u.ground, u.shape)
