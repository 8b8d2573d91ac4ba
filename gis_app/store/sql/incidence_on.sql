-- The temporary view `incidence` (of a few wells a table): one row per touching pair of well and zone version on a day, of
-- some layers; as gis.well_zone.
-- Zones in force both today and on that day are read from gis.well_zone; the others were met anew
-- into `met` (named only where there are any: a temporary table keeps a plan from being parallel).
create temp {kind} incidence {stays} as
with binding as (
  select z.zone_id, z.version from {zones} z
  where z.layer = any ({layers})
    and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})
)
select i.well_id as subject_id, i.zone_id, i.version, i.layer, i.grade, i.inside, i.edge_m,
       i.tolerance_m
from ({pairs}) i
join binding b on b.zone_id = i.zone_id and b.version = i.version
where {wells}
