-- Of readings by one method at one well: those that begin before an earlier one has ended, or end after
-- a later one has begun; a row of `spans` each, with the first and last day of the other reading. A
-- registered reading of the same key is the one being refreshed.
with reading as (
  select row_no, well_code, method, from_on, to_on from pg_temp.spans
  union all
  select null, r.well_code, r.method, r.from_on, r.to_on
  from gis.withdrawal r
  where r.well_code in (select well_code from pg_temp.spans)
    and not exists (
      select from pg_temp.spans s
      where s.well_code = r.well_code and s.method = r.method
        and s.from_on = r.from_on and s.to_on = r.to_on)
), beside as (
  select row_no, from_on, to_on,
         max(array[to_on, from_on]) over (
           in_order rows between unbounded preceding and 1 preceding) as before,
         lead(array[from_on, to_on]) over in_order as after
  from reading
  window in_order as (partition by well_code, method order by from_on, to_on)
)
select row_no, case when after[1] <= to_on then after[1] else before[2] end as from_on,
       case when after[1] <= to_on then after[2] else before[1] end as to_on
from beside
where row_no is not null and (after[1] <= to_on or before[1] >= from_on)
order by row_no
