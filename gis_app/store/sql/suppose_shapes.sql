-- Add to `incidence` the pairs of shapes and the supposed zone, as gis.meet_shapes would.
insert into incidence
select b.subject_id, d.zone_id, d.version, d.layer, d.grade, l.inside, l.edge_m,
       b.uncertainty_m + d.boundary_accuracy_m
from (
{base}
) b
join pg_temp.supposed d on d.geom && gis.reach(b.geom, b.uncertainty_m + d.boundary_accuracy_m)
cross join lateral gis.lies(b.geom, d.geom, b.uncertainty_m + d.boundary_accuracy_m, {footprint}) l
where {subjects} and d.layer = any ({layers})
  and gis.binds(d.law_status, d.valid_from, d.valid_to, {day})
