-- What an audit would open (gained) and close (lost) where the findings of `found_before` become
-- those of `found_after`: by rule, clause, verdict and answer. A finding is another one in another
-- zone, as in `moves`.
select coalesce(a.rule, b.rule) as rule, coalesce(a.clause, b.clause) as clause,
       coalesce(a.verdict, b.verdict) as verdict, coalesce(a.answer, b.answer) as answer,
       count(a.rule) as gained, count(b.rule) as lost
from pg_temp.found_before b
full join pg_temp.found_after a
  on a.subject_id = b.subject_id and a.rule = b.rule and a.answer = b.answer
 and a.verdict = b.verdict and coalesce(a.zone_id, 0) = coalesce(b.zone_id, 0)
 and coalesce(a.exemption, '') = coalesce(b.exemption, '')
where a.rule is null or b.rule is null
group by 1, 2, 3, 4
order by 1, 4, 3
