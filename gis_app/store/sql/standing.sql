-- For moves.sql: the findings that stand within the scope of a run.
select * from gis.finding o
where o.ledger = {ledger} and o.subject = {subject} and o.closed_run is null
  and ({instruments}::text[] is null or o.instrument = any ({instruments}::text[]))
  and ({rules}::text[] is null or o.rule = any ({rules}::text[]))
  and ({area} = '' or o.subject_id in (select x.subject_id from facts x)
       or starts_with(o.area_code, {area})
          and not exists ({there}))
  and {subjects}
