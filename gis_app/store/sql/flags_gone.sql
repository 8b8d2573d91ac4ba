-- Wells by flag, of those of {ids} that are wells no more and were when a run ended: by the findings
-- that stood then.
select s.flag, count(*) as wells
from (
  select k.well_id, gis.flag(min(gis.gravity(o.answer, o.verdict)) filter (where o.rule is not null))
           as flag
  from unnest({ids}::bigint[]) k (well_id)
  left join gis.finding o
    on o.subject = 'well' and o.subject_id = k.well_id and o.ledger = {ledger}
   and o.opened_run <= {run_id} and (o.closed_run is null or o.closed_run > {run_id})
  where not exists (select from gis.well w where w.well_id = k.well_id)
    and k.well_id not in (
      select c.key from gis.unaudited u
      cross join lateral (select * from gis.change c where c.change_id = u.change_id offset 0) c
      where u.layers is null and c.table_name = 'well' and c.op = 'insert')
  group by k.well_id
) s
group by s.flag
