-- The gravest open finding of every well just audited: close > indeterminate > restricted >
-- exempt; wells without one are clear. Writes gis.well_flag where it differs.
insert into gis.well_flag as f (well_id, flag, rule)
select w.well_id, w.flag, w.rule
from (
  select x.subject_id as well_id, gis.flag(left(r.worst, 1)::int) as flag, substr(r.worst, 2) as rule
  from facts x
  left join (
    select o.subject_id, min(gis.gravity(o.answer, o.verdict) || o.rule) as worst
    from {findings} o
    group by o.subject_id
  ) r on r.subject_id = x.subject_id
) w
left join (select * from gis.well_flag where {wells}) was on was.well_id = w.well_id
where (was.flag, was.rule) is distinct from (w.flag, w.rule)
on conflict (well_id) do update set flag = excluded.flag, rule = excluded.rule
