-- The temporary table `facts`: one row per subject, what the rules read of it on a day: subject_id,
-- code, geom, uncertainty_m, area_code, the columns of facts_<subject>.sql that are read, in__…
-- (null: cannot be known), since__… and param__… (delegated numbers, of the narrowest area).
-- area_code: the district that surely holds it, else the registered one. Wells that were not drilled
-- yet have no row.
create temp table facts on commit drop as
select w.*{parameters}{gaps}
from (
  select b.subject_id, b.code, b.geom, b.uncertainty_m, coalesce(t.district, b.area_code)
           as area_code{own}{columns}
  from (
{base}
  ) b
  left join (
    select i.subject_id,
           min(d.area_code) filter (
             where i.layer = {district} and i.inside and i.edge_m >= i.tolerance_m) as district{touches}
    from incidence i
    left join {zones} d on i.layer = {district} and d.zone_id = i.zone_id and d.version = i.version
    group by i.subject_id
  ) t on t.subject_id = b.subject_id
{joins}
) w
{unrecorded}
where {subjects} and ({area} = '' or starts_with(area_code, {area})) and {there}
