-- For moves.sql, where some rules were asked of a few subjects: looked up one by one, by subject and rule.
select o.*
from facts x
cross join unnest({rules}::text[]) r (rule)
cross join lateral (
  select * from gis.finding f
  where f.ledger = {ledger} and f.subject = {subject} and f.subject_id = x.subject_id
    and f.rule = r.rule and f.closed_run is null
  offset 0
) o
