-- The wells (:ids) whose flag the supposed zone changes: was, now, wells. `found_other` holds how grave
-- the findings are that it does not touch.
with gravest as (
  select w.well_id, o.gravity as other,
         (select min(gis.gravity(b.answer, b.verdict)) from pg_temp.found_before b
          where b.subject_id = w.well_id) as before,
         (select min(gis.gravity(a.answer, a.verdict)) from pg_temp.found_after a
          where a.subject_id = w.well_id) as after
  from unnest(cast(:ids as bigint[])) w (well_id)
  left join pg_temp.found_other o on o.subject_id = w.well_id
)
select f.was, f.now, count(*) as wells
from gravest g
cross join lateral (
  select gis.flag(least(g.other, g.before)) as was, gis.flag(least(g.other, g.after)) as now
) f
where f.was <> f.now
group by 1, 2
