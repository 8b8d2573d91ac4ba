-- The temporary table `decided`: one row per finding of this run, with the zone that decides it
-- (the one the well lies deepest in, or is nearest to) and the distance that was compared.
-- `found` holds the rules' answers; `placed` says which rule looks at which layer and grade first.
create temp table decided on commit drop as
select f.well_id, w.code as well_code, x.area_code, f.rule, p.instrument, p.clause, f.answer,
       f.verdict, p.layer, i.zone_id, i.version as zone_version, z.name as zone_name,
       coalesce(c.edge_m, i.edge_m) as edge_m, coalesce(c.tolerance_m, i.tolerance_m) as tolerance_m,
       case when f.answer = 'indeterminate'
            then array_remove(string_to_array(f.missing, ','), '') else '{{}}'::text[] end as missing,
       f.exemption, w.geom
from found f
join placed p on p.rule = f.rule
join gis.well w on w.well_id = f.well_id
join facts x on x.well_id = f.well_id
left join lateral (
  select * from incidence i
  where i.well_id = f.well_id and i.layer = p.layer and (p.grade is null or i.grade = p.grade)
  order by i.edge_m desc, i.zone_id
  limit 1
) i on p.layer is not null
left join gis.zone z on z.zone_id = i.zone_id and z.version = i.version
left join covered c on c.well_id = f.well_id and c.ask = p.ask
