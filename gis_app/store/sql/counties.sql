-- The temporary table `counties`: how many wells stand in each county today, by the district that
-- surely holds them, else as registered; the same as of the facts of all wells.
create temp table counties on commit drop as
select left(coalesce(t.district, w.area_code), 6) as area_code, count(*) as wells
from gis.well w
left join (
  select i.well_id, min(d.area_code) as district
  from gis.well_zone i
  join gis.zone d on d.zone_id = i.zone_id and d.version = i.version
  where i.layer = {district} and i.inside and i.edge_m >= i.tolerance_m
  group by i.well_id
) t on t.well_id = w.well_id
group by 1
