-- Findings that go on: refresh what was measured and read, where it differs.
update gis.finding o
set zone_version = d.zone_version, zone_name = d.zone_name, edge_m = d.edge_m,
    tolerance_m = d.tolerance_m, missing = d.missing, inputs = {inputs}, geom = d.geom,
    well_code = d.well_code, area_code = d.area_code
from decided d
join facts x on x.well_id = d.well_id
where o.ledger = {ledger} and o.closed_run is null and o.well_id = d.well_id and o.rule = d.rule
  and coalesce(o.zone_id, 0) = coalesce(d.zone_id, 0) and o.opened_run <> {run_id}
  and (o.zone_version, o.zone_name, o.edge_m, o.tolerance_m, o.missing, o.well_code, o.area_code,
       o.inputs)
      is distinct from
      (d.zone_version, d.zone_name, d.edge_m, d.tolerance_m, d.missing, d.well_code, d.area_code,
       {inputs})
