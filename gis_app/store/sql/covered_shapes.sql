-- The temporary table `covered` for subjects other than wells: questions of place that no single
-- zone settles, but several together may, answered by their union. A parcel that lies across the
-- union's edge is not settled by it, however exact both are: no row.
create temp table covered on commit drop as
with doubt as materialized (
  select a.ask, a.layer, a.grade, i.subject_id, max(i.tolerance_m) as tolerance_m
  from {asked} a
  join incidence i on i.layer = a.layer and (a.grade is null or i.grade = a.grade)
  group by a.ask, a.layer, a.grade, i.subject_id
  having count(*) > 1 and not bool_or(i.inside and i.edge_m >= i.tolerance_m)
)
select u.ask, u.subject_id, u.tolerance_m, gis.depth(u.shape, u.ground, {footprint}) as edge_m
from (
  select d.ask, d.subject_id, d.tolerance_m, g.ground, b.geom as shape
  from doubt d
  join (
{base}
  ) b on b.subject_id = d.subject_id
  cross join lateral (
    select st_union(z.geom) as ground
    from incidence i
    join {zones} z on z.zone_id = i.zone_id and z.version = i.version
    where i.subject_id = d.subject_id and i.layer = d.layer and (d.grade is null or i.grade = d.grade)
    offset 0
  ) g
) u
where {footprint} or st_covers(u.ground, u.shape)
