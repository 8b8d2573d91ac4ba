-- The temporary table `decided`: one row per finding of this run. `found` holds the rules' answers,
-- `placed` says which question of place a rule asks first. `digest` tells whether anything that a
-- finding shows has changed, without building its inputs: what its rule read is hashed with the answer,
-- what all findings of a subject show once for all of them.
create temp table decided on commit drop as
with known as materialized (
  select x.subject_id, x.code, x.area_code, x.geom,
         hash_record_extended(row(x.code, x.area_code, x.geom::bytea, x.uncertainty_m), 0) as digest
  from facts x
)
select row_number() over () as n, f.subject_id, x.code as subject_code, x.area_code, f.rule,
       p.instrument, p.clause, f.answer, f.verdict, p.layer, i.zone_id, i.version as zone_version,
       z.name as zone_name, i.edge_m, i.tolerance_m, coalesce(i.joint, false) as joint,
       case when f.answer = 'indeterminate'
            then array_remove(string_to_array(f.missing, ','), '') else '{{}}'::text[] end as missing,
       f.exemption, x.geom,
       hash_record_extended(
         row(x.digest, f.read, i.version, z.name, i.edge_m, i.tolerance_m, i.joint, f.missing), 0
       ) as digest
from found f
join known x on x.subject_id = f.subject_id
join placed p on p.rule = f.rule
left join nearest i on i.subject_id = f.subject_id and i.ask = p.ask
left join {zones} z on z.zone_id = i.zone_id and z.version = i.version
