-- The temporary table `changes`: one row per subject and rule on which two audits (`one`, `other`)
-- differ, in what both asked: kind opened (of the other alone), closed (of the one alone) or changed
-- (both, with another answer, verdict, exemption or zone). Findings as they stood when each audit
-- ended. one_inputs, other_inputs: the facts read, null where there was no finding.
create temp table changes on commit drop as
with stood as (
  select f.*, f.ledger = {one_ledger} and f.opened_run <= {one}
              and (f.closed_run is null or f.closed_run > {one}) as of_one,
         f.ledger = {other_ledger} and f.opened_run <= {other}
         and (f.closed_run is null or f.closed_run > {other}) as of_other
  from gis.finding f
  where f.ledger in ({one_ledger}, {other_ledger}) and f.instrument = any ({instruments}::text[])
    and ({area} = '' or starts_with(f.area_code, {area}))
)
select row_number() over () as n,
       case when a.finding_id is null then 'opened' when b.finding_id is null then 'closed'
            else 'changed' end as kind,
       coalesce(b.subject, a.subject) as subject, coalesce(b.subject_id, a.subject_id) as subject_id,
       coalesce(b.subject_code, a.subject_code) as subject_code,
       coalesce(b.area_code, a.area_code) as area_code, coalesce(b.rule, a.rule) as rule,
       coalesce(b.instrument, a.instrument) as instrument, coalesce(b.clause, a.clause) as clause,
       {columns},
       case when {one_ledger} = {other_ledger} and {one} < {other} then a.closed_cause end as kept_cause
from (select * from stood where of_one) a
full join (select * from stood where of_other) b
  on b.subject = a.subject and b.subject_id = a.subject_id and b.rule = a.rule
where a.finding_id is distinct from b.finding_id
  and (a.answer, a.verdict, coalesce(a.exemption, ''), coalesce(a.zone_id, 0))
      is distinct from (b.answer, b.verdict, coalesce(b.exemption, ''), coalesce(b.zone_id, 0))
