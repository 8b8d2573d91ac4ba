-- The gravest open finding of every well in a ledger: close > indeterminate > restricted > exempt;
-- wells that were audited and have none are clear. Rewrites gis.well_flag where it differs.
with ranked as (
  select distinct on (f.well_id) f.well_id, f.rule,
         case when f.answer = 'applies' and f.verdict in ('prohibit', 'close_by', 'seal') then 'close'
              when f.answer = 'indeterminate' then 'indeterminate'
              when f.answer = 'applies' then 'restricted'
              else 'exempt' end as flag
  from gis.finding f
  where f.ledger = :ledger and f.closed_run is null
  order by f.well_id,
           case when f.answer = 'applies' and f.verdict in ('prohibit', 'close_by', 'seal') then 1
                when f.answer = 'indeterminate' then 2
                when f.answer = 'applies' then 3
                else 4 end,
           f.rule
), wanted as (
  select x.well_id, coalesce(r.flag, 'clear') as flag, r.rule
  from facts x
  left join ranked r on r.well_id = x.well_id
)
insert into gis.well_flag as f (well_id, flag, rule)
select well_id, flag, rule from wanted
on conflict (well_id) do update set flag = excluded.flag, rule = excluded.rule
where (f.flag, f.rule) is distinct from (excluded.flag, excluded.rule)
