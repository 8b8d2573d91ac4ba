-- The gravest standing finding of every well of {wells}: close > indeterminate > restricted > duty >
-- exempt; wells without one are clear. Writes gis.well_flag where it differs; one row per flag before
-- (null: none) and now, with how many wells.
with was as materialized (
  select x.subject_id as well_id, f.flag, f.rule
  from {wells} x
  left join gis.well_flag f on f.well_id = x.subject_id
), worst as (
  select o.well_id, min(o.worst) as worst
  from (
{findings}
  ) o
  group by o.well_id
), turned as materialized (
  select was.well_id, was.flag as was, n.flag, n.rule
  from was
  left join worst o on o.well_id = was.well_id
  cross join lateral (
    select gis.flag(left(o.worst, 1)::int), substr(o.worst, 2)
  ) n (flag, rule)
  where (was.flag, was.rule) is distinct from (n.flag, n.rule)
), written as (
  insert into gis.well_flag as f (well_id, flag, rule)
  select t.well_id, t.flag, t.rule from turned t
  on conflict (well_id) do update set flag = excluded.flag, rule = excluded.rule
)
select t.was, t.flag as now, count(*) as wells from turned t group by t.was, t.flag
