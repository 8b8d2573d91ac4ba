-- The temporary table `moves`: where the ledger and this run differ, within the run's scope.
-- A subject that has left the area of a run is left alone: it is another area's.
-- kind: close (no longer holds, or holds with another answer: then n opens anew), open, refresh.
create temp table moves on commit drop as
select o.finding_id, d.n, coalesce(o.subject_id, d.subject_id) as subject_id,
       case when o.finding_id is null then 'open'
            when d.n is null or (d.answer, d.verdict, coalesce(d.exemption, ''))
                             is distinct from (o.answer, o.verdict, coalesce(o.exemption, ''))
              then 'close'
            else 'refresh' end as kind
from (
{standing}
) o
full join decided d
  on d.subject_id = o.subject_id and d.rule = o.rule
 and coalesce(d.zone_id, 0) = coalesce(o.zone_id, 0)
where o.digest is distinct from d.digest
   or (d.answer, d.verdict, coalesce(d.exemption, ''))
      is distinct from (o.answer, o.verdict, coalesce(o.exemption, ''))
