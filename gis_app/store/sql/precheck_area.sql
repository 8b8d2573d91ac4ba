-- The area that holds the place asked about, from the districts in `incidence`: its code and name;
-- where several districts hold it only together (a parcel across their border), what their codes
-- begin with alike and all their names; no row where none surely holds it.
with touched as (
  select z.area_code, z.name, z.geom, i.tolerance_m,
         i.inside and i.edge_m >= i.tolerance_m as surely
  from incidence i
  join gis.zone z on z.zone_id = i.zone_id and z.version = i.version
  where i.layer = :district
), together as (
  select array_agg(distinct area_code) as codes, string_agg(distinct name, '、') as name,
         bool_and(area_code is not null) as coded, max(tolerance_m) as tolerance_m,
         st_union(geom) as ground
  from touched
  having count(*) > 1 and not bool_or(surely)
)
select area_code, name
from touched
where surely
union all
select (select max(left(t.codes[1], n))
        from generate_series(2, length(t.codes[1]), 2) n
        where left(t.codes[1], n) = all (select left(c, n) from unnest(t.codes) c)), t.name
from together t, pg_temp.precheck p
where t.coded and gis.depth(p.geom, t.ground, false) >= t.tolerance_m and st_covers(t.ground, p.geom)
order by area_code
limit 1
