-- For flag_wells.sql, where some rules ({rules}) were asked alone: what was decided now, and the flag
-- that a well has, unless one of them has made it: then the ledger is read.
select d.subject_id as well_id, gis.gravity(d.answer, d.verdict) || d.rule as worst
from decided d
union all
select f.well_id, array_position(array(select gis.flag(g) from generate_series(1, 6) g), f.flag) || f.rule
from was f
where f.rule <> all ({rules}::text[])
union all
select f.well_id, gis.gravity(o.answer, o.verdict) || o.rule
from was f
join gis.finding o
  on o.ledger = {ledger} and o.subject = 'well' and o.subject_id = f.well_id and o.closed_run is null
where f.rule = any ({rules}::text[])
