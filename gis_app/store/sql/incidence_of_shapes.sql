-- The temporary table `incidence` for subjects other than wells: one row per touching pair.
create temp table incidence on commit drop as
with base as (
{base}
)
select m.*
from (
  select array_agg(subject_id) as ids, array_agg(geom) as shapes,
         array_agg(uncertainty_m) as accuracies
  from base b where geom is not null and {subjects}
) b
cross join lateral gis.meet_shapes(b.ids, b.shapes, b.accuracies, {layers}, {day}, {footprint}) m
