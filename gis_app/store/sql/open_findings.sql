-- Open what holds now and is not open yet, with the inputs read; the row count is what was opened.
insert into gis.finding (ledger, subject, subject_id, subject_code, area_code, rule, instrument, clause, answer,
                         verdict, layer, zone_id, zone_version, zone_name, edge_m, tolerance_m, joint,
                         missing, exemption, inputs, digest, geom, since, opened_run)
select {ledger}, {subject}, d.subject_id, d.subject_code, d.area_code, d.rule, d.instrument, d.clause, d.answer,
       d.verdict, d.layer, d.zone_id, d.zone_version, d.zone_name, d.edge_m, d.tolerance_m, d.joint,
       d.missing, d.exemption, {inputs}, d.digest, d.geom, {day}, {run_id}
from moves m
join decided d on d.n = m.n
join facts x on x.subject_id = d.subject_id
where m.kind in ('open', 'close')
order by d.rule, d.subject_code
