-- The temporary table `why`: of each row of `changes` the causes, the first the gravest, and the facts
-- that differ ({{"status": ["active", "sealed"]}}: before, after).
--   law_began, law_lapsed, law_amended (exemptions that are law on one of the days only)
--   removed, recorded       the subject is not in the register any more, was not in it before (or
--                           was not drilled yet on that day)
--   moved                   it lies elsewhere
--   parameter_changed       a number that the law delegates
--   zone_new, zone_repealed, zone_amended, zones_changed (another zone of the layer)
--   register_changed        what a register says of it
--   day_passed              nothing but the day
--   records_changed         something that was recorded between the two audits
-- `subjects` are the registers: (subject, table_name, there).
create temp table why on commit drop as
with differing as (
  select c.n, coalesce(jsonb_object_agg(k.key, jsonb_build_array(c.one_inputs -> k.key,
                                                                c.other_inputs -> k.key))
                       filter (where c.one_inputs -> k.key is distinct from c.other_inputs -> k.key),
                       '{{}}') as facts
  from changes c
  cross join lateral jsonb_object_keys(c.one_inputs) k (key)
  where c.other_inputs ? k.key
  group by c.n
), written as (  -- what the history tells of the subject itself, between the two audits
  select c.n, h.op, k.key, (array_agg(h.old -> k.key order by h.change_id))[1] as was,
         (array_agg(h.new -> k.key order by h.change_id desc))[1] as became
  from changes c
  join gis.change h
    on h.table_name = case c.subject when 'unit' then 'unit_year' else c.subject end
   and h.key = c.subject_id and h.at > {earlier} and h.at <= {later}
  cross join lateral jsonb_object_keys(coalesce(h.new, h.old)) k (key)
  where k.key <> all (array['recorded_at', 'batch_id', 'version'])
  group by c.n, h.op, k.key
), history as (
  select w.n, bool_or(w.op = 'insert') as inserted,
         bool_or(w.op = 'update' and w.key = 'geom' and w.was is distinct from w.became) as moved,
         jsonb_object_agg(w.key, case when {forward} then jsonb_build_array(w.was, w.became)
                                      else jsonb_build_array(w.became, w.was) end)
           filter (where w.op = 'update' and w.key <> 'geom' and w.was is distinct from w.became)
           as facts
  from written w
  group by w.n
), known as (
  select c.*, d.facts as differ, h.inserted, h.moved, h.facts as written,
         st_orderingequals(c.one_geom, c.other_geom) is false or coalesce(h.moved, false) as elsewhere,
         exists (select from jsonb_object_keys(d.facts) k (key)
                 where k.key like 'in\_\_%' or k.key like 'since\_\_%') as of_zone,
         exists (select from jsonb_object_keys(d.facts) k (key) where k.key like 'param\_\_%') as of_param,
         exists (select from jsonb_object_keys(d.facts) k (key)
                 where k.key not like 'in\_\_%' and k.key not like 'since\_\_%'
                   and k.key not like 'param\_\_%') as of_register
  from changes c
  left join differing d on d.n = c.n
  left join history h on h.n = c.n
), caused as (
  select k.n, k.kept_cause, k.differ, k.written, array_remove(array[
    case when k.rule <> all ({one_rules}::text[]) then 'law_began'
         when k.rule <> all ({other_rules}::text[]) then 'law_lapsed' end,
    case when k.kind = 'closed' and k.other_inputs is null and k.rule = any ({other_rules}::text[])
           then 'removed'
         when k.kind = 'opened' and (k.one_inputs is null and k.rule = any ({one_rules}::text[])
                                     or k.subject <> 'zone' and {forward} and k.inserted)
           then 'recorded' end,
    case when k.elsewhere then 'moved' end,
    case when k.of_param then 'parameter_changed' end,
    case when k.of_zone and not k.elsewhere
           or k.one_zone_id is distinct from k.other_zone_id and k.kind = 'changed'
         then coalesce(z.turned, 'zones_changed') end,
    case when k.of_register or k.written is not null and k.differ = '{{}}' then 'register_changed' end,
    case when k.rule = any ({amended}::text[]) and coalesce(k.differ, '{{}}') = '{{}}'
         then 'law_amended' end
  ], null) as causes
  from known k
  left join lateral (
    select case when not exists (
                  select from gis.zone y where y.zone_id = s.zone_id
                    and gis.binds(y.law_status, y.valid_from, y.valid_to, s.day)) then s.word
                when not exists (
                  select from gis.zone y where y.zone_id = s.zone_id and y.version = s.version
                    and gis.binds(y.law_status, y.valid_from, y.valid_to, s.day)) then 'zone_amended'
           end as turned
    from (values (1, k.other_zone_id, k.other_zone_version, {one_day}::date, 'zone_new'),
                 (2, k.one_zone_id, k.one_zone_version, {other_day}::date, 'zone_repealed')
         ) s (turn, zone_id, version, day, word)
    where s.zone_id is not null
    order by 1 nulls last, s.turn
    limit 1
  ) z on true
)
select c.n,
       case when cardinality(c.causes) > 0 then c.causes
            when c.kept_cause is not null then array[c.kept_cause]
            when {one_day}::date <> {other_day}::date then array['day_passed']
            else array['records_changed'] end as causes,
       coalesce(nullif(c.differ, '{{}}'), c.written, '{{}}') as facts
from caused c
