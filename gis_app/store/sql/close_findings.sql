-- Close the open findings in scope that no longer hold, each with its cause; one row per finding.
-- A finding that holds with another answer or verdict is closed too, and opened anew. Causes:
-- well_removed, law_lapsed, zone_repealed, well_moved, zone_amended, zones_changed (another zone
-- of the layer), register_changed.
update gis.finding o set closed_run = {run_id}, until = {day}, closed_cause = g.cause
from (
  select o.finding_id,
         case
           when w.well_id is null then 'well_removed'
           when o.instrument <> all ({in_force}::text[]) then 'law_lapsed'
           when o.zone_id is not null and not exists (
             select from gis.zone z
             where z.zone_id = o.zone_id
               and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})) then 'zone_repealed'
           when not st_orderingequals(w.geom, o.geom) then 'well_moved'
           when o.zone_id is not null and not exists (
             select from gis.zone z
             where z.zone_id = o.zone_id and z.version = o.zone_version
               and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})) then 'zone_amended'
           when x.well_id is not null and gis.of_register(o.inputs) = gis.of_register({inputs})
             then 'zones_changed'
           else 'register_changed'
         end as cause
  from gis.finding o
  left join facts x on x.well_id = o.well_id
  left join gis.well w on w.well_id = o.well_id
  left join decided d
    on d.well_id = o.well_id and d.rule = o.rule
   and coalesce(d.zone_id, 0) = coalesce(o.zone_id, 0)
   and d.answer = o.answer and d.verdict = o.verdict
   and d.exemption is not distinct from o.exemption
  where o.ledger = {ledger} and o.closed_run is null and d.well_id is null
    and o.instrument = any ({instruments}::text[])
    and ({area} = '' or starts_with(o.area_code, {area}))
) g
where o.finding_id = g.finding_id
returning g.cause
