-- Layers that rules binding a county look at and that hold no zone in force for a county: (area_code,
-- layer, wells), of the temporary table `counties`. A zone without an area code counts for every
-- county, one with a city's code for all of the city's counties. "No data here" is reported, never
-- taken for "not concerned".
with looked as (
  select * from unnest(cast(:layers as text[]), cast(:areas as text[])) as l (layer, area)
), loaded as (
  select distinct layer, coalesce(area_code, '') as area_code
  from gis.zone
  where layer = any (cast(:layers as text[]))
    and gis.binds(law_status, valid_from, valid_to, :on)
)
select distinct c.area_code, l.layer, c.wells
from counties c
join looked l on l.area = '' or c.area_code is null or starts_with(c.area_code, l.area)
where not exists (
  select from loaded
  where loaded.layer = l.layer
    and (loaded.area_code = '' or starts_with(c.area_code, loaded.area_code)
         or starts_with(loaded.area_code, c.area_code)))
order by l.layer, c.area_code
