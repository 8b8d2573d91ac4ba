-- Findings that go on, where what was measured or read has changed.
update gis.finding o
set zone_version = d.zone_version, zone_name = d.zone_name, edge_m = d.edge_m,
    tolerance_m = d.tolerance_m, joint = d.joint, missing = d.missing, inputs = {inputs}, digest = d.digest,
    geom = d.geom, subject_code = d.subject_code, area_code = d.area_code
from moves m
join decided d on d.n = m.n
join facts x on x.subject_id = d.subject_id
where m.kind = 'refresh' and o.finding_id = m.finding_id
