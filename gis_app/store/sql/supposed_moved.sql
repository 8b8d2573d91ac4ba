-- Which findings an audit would open (gained) and close (lost) where those of `found_before` become those
-- of `found_after`: the rows that supposed_moves.sql counts, with the place of the subject (EPSG:4490).
select case when a.rule is null then 'lost' else 'gained' end as change, f.*,
       st_x(p.at) as lon, st_y(p.at) as lat
from pg_temp.found_before b
full join pg_temp.found_after a
  on a.subject_id = b.subject_id and a.rule = b.rule and a.answer = b.answer
 and a.verdict = b.verdict and coalesce(a.zone_id, 0) = coalesce(b.zone_id, 0)
 and coalesce(a.exemption, '') = coalesce(b.exemption, '')
cross join lateral (
  select coalesce(a.subject_code, b.subject_code) as subject_code,
         coalesce(a.area_code, b.area_code) as area_code, coalesce(a.rule, b.rule) as rule,
         coalesce(a.instrument, b.instrument) as instrument, coalesce(a.clause, b.clause) as clause,
         coalesce(a.answer, b.answer) as answer, coalesce(a.verdict, b.verdict) as verdict,
         coalesce(a.layer, b.layer) as layer,
         case when a.rule is null then b.zone_id else nullif(a.zone_id, :new) end as zone_id,
         coalesce(a.zone_name, b.zone_name) as zone_name, coalesce(a.edge_m, b.edge_m) as edge_m,
         coalesce(a.tolerance_m, b.tolerance_m) as tolerance_m, coalesce(a.joint, b.joint) as joint,
         coalesce(a.missing, b.missing) as missing, coalesce(a.exemption, b.exemption) as exemption,
         coalesce(a.geom, b.geom) as geom
) f
cross join lateral (select st_pointonsurface(f.geom) as at) p
where a.rule is null or b.rule is null
order by f.rule, f.subject_code, 1
