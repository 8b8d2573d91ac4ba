-- Open findings of a kind of subject in a ledger by rule, answer and verdict, from what a run counted
-- and what has been opened and closed since.
select f.rule, f.answer, f.verdict, sum(f.subjects)::bigint as subjects
from (
  select k.rule, k.answer, k.verdict, k.subjects
  from gis.audit_run r
  cross join lateral jsonb_to_recordset(r.counts -> 'findings')
    as k (subject text, rule text, answer text, verdict text, subjects bigint)
  where r.run_id = :run_id and k.subject = :subject
  union all
  select o.rule, o.answer, o.verdict, 1
  from gis.finding o
  where o.opened_run > :run_id and o.closed_run is null and o.ledger = :ledger and o.subject = :subject
  union all
  select o.rule, o.answer, o.verdict, -1
  from gis.finding o
  where o.closed_run > :run_id and o.opened_run <= :run_id and o.ledger = :ledger
    and o.subject = :subject
) f
group by f.rule, f.answer, f.verdict
having sum(f.subjects) <> 0
order by f.rule, f.answer, f.verdict
