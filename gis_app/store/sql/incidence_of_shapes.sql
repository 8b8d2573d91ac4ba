-- For subjects other than wells, two temporary tables: `depths`, how deep each shape lies in the
-- zones near it, and `incidence`, one row per touching pair.
create temp table depths on commit drop as
with base as (
{base}
)
select m.*
from (
  select array_agg(subject_id) as ids, array_agg(geom) as shapes,
         array_agg(uncertainty_m) as accuracies
  from base b where geom is not null and {subjects}
) b
cross join lateral gis.depths_of_shapes(b.ids, b.shapes, b.accuracies, {layers}, {day},
                                        {footprint}) m;
create temp table incidence on commit drop as
select d.subject_id, d.zone_id, d.version, d.layer, d.grade, d.inside, d.metres as edge_m,
       d.tolerance_m
from depths d
where d.inside or d.astride or -d.metres < d.tolerance_m
