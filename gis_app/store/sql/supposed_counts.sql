-- One row: wells surely inside the supposed zone; gained and lost against the version it amends, each
-- by what is sure of both; in doubt: nearer to its line than both accuracies.
with pair as (
  select p.well_id, p.inside and p.edge_m >= p.tolerance_m as now from pg_temp.supposed_pair p
), earlier as (
  select i.subject_id as well_id, i.inside and i.edge_m >= i.tolerance_m as was
  from incidence i
  join pg_temp.supposed d on d.zone_id = i.zone_id and d.amended = i.version
)
select count(*) filter (where p.now) as inside,
       count(*) filter (where p.now and e.was is not true) as gained,
       count(*) filter (where e.was and p.now is not true) as lost,
       count(*) filter (where not p.now) as in_doubt
from pair p
full join earlier e using (well_id)
