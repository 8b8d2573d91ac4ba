-- Open findings of a ledger by kind of subject, rule, answer and verdict, from what a run counted and
-- what has been opened and closed since.
select f.subject, f.rule, f.answer, f.verdict, sum(f.subjects)::bigint as subjects
from (
  select k.subject, k.rule, k.answer, k.verdict, k.subjects
  from gis.audit_run r
  cross join lateral jsonb_to_recordset(r.counts -> 'findings')
    as k (subject text, rule text, answer text, verdict text, subjects bigint)
  where r.run_id = :run_id
  union all
  select o.subject, o.rule, o.answer, o.verdict, 1
  from gis.finding o
  where o.opened_run > :run_id and o.closed_run is null and o.ledger = :ledger
  union all
  select o.subject, o.rule, o.answer, o.verdict, -1
  from gis.finding o
  where o.closed_run > :run_id and o.opened_run <= :run_id and o.ledger = :ledger
) f
group by f.subject, f.rule, f.answer, f.verdict
having sum(f.subjects) <> 0
order by f.rule, f.answer, f.verdict
