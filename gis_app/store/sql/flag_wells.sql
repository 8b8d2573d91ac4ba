-- The gravest standing finding of every well of {wells}: close > indeterminate > restricted > duty >
-- exempt; wells without one are clear. Writes gis.well_flag where it differs; one row per flag before
-- (null: none) and now, with how many wells.
with worst as (
  select x.subject_id as well_id, gis.flag(left(r.worst, 1)::int) as flag, substr(r.worst, 2) as rule
  from {wells} x
  left join (
    select o.subject_id, min(gis.gravity(o.answer, o.verdict) || o.rule) as worst
    from {findings} o
    group by o.subject_id
  ) r on r.subject_id = x.subject_id
), turned as materialized (
  select w.well_id, was.flag as was, w.flag, w.rule
  from worst w
  left join gis.well_flag was on was.well_id = w.well_id
  where (was.flag, was.rule) is distinct from (w.flag, w.rule)
), written as (
  insert into gis.well_flag as f (well_id, flag, rule)
  select t.well_id, t.flag, t.rule from turned t
  on conflict (well_id) do update set flag = excluded.flag, rule = excluded.rule
)
select t.was, t.flag as now, count(*) as wells from turned t group by t.was, t.flag
