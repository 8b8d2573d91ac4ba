-- How many findings two audits have in common, in what both asked: one row.
select count(*) as continued
from gis.finding a
join gis.finding b
  on b.ledger = :other_ledger and b.opened_run <= :other
 and (b.closed_run is null or b.closed_run > :other)
 and b.subject = a.subject and b.subject_id = a.subject_id and b.rule = a.rule
 and (b.answer, b.verdict, coalesce(b.exemption, ''), coalesce(b.zone_id, 0))
     = (a.answer, a.verdict, coalesce(a.exemption, ''), coalesce(a.zone_id, 0))
where a.ledger = :one_ledger and a.opened_run <= :one
  and (a.closed_run is null or a.closed_run > :one)
  and a.instrument = any (cast(:instruments as text[]))
  and (:area = '' or starts_with(a.area_code, :area))
  and (:area = '' or starts_with(b.area_code, :area))
