-- Take away from `incidence` the pairs of zone versions that the supposed one ends.
delete from incidence i
where not exists (
  select from {zones} z
  where z.zone_id = i.zone_id and z.version = i.version
    and gis.binds(z.law_status, z.valid_from, z.valid_to, {day}))
