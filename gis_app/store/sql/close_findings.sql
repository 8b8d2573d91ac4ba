-- Close what no longer holds, each finding with its cause; one row per cause. Causes:
-- removed, law_lapsed, zone_repealed, moved, zone_amended, zones_changed (another zone
-- of the layer), register_changed.
with closed as (
  update gis.finding o set closed_run = {run_id}, until = {day}, closed_cause = g.cause
  from (
    select o.finding_id,
           case
             when {gone} then 'removed'
             when o.instrument <> all ({in_force}::text[]) then 'law_lapsed'
             when o.zone_id is not null and not exists (
               select from gis.zone z
               where z.zone_id = o.zone_id
                 and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})) then 'zone_repealed'
             when not st_orderingequals(x.geom, o.geom) then 'moved'
             when o.zone_id is not null and not exists (
               select from gis.zone z
               where z.zone_id = o.zone_id and z.version = o.zone_version
                 and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})) then 'zone_amended'
             when x.subject_id is not null and gis.of_register(o.inputs) = gis.of_register({inputs})
               then 'zones_changed'
             else 'register_changed'
           end as cause
    from moves m
    join gis.finding o on o.finding_id = m.finding_id
    left join facts x on x.subject_id = o.subject_id
    where m.kind = 'close'
  ) g
  where o.finding_id = g.finding_id
  returning g.cause
)
select cause, count(*) as findings from closed group by cause
