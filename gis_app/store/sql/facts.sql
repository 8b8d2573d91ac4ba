-- The temporary table `facts`: one row per well, what the rules read of it on a day.
-- area_code: the district that surely holds the well, else the registered one.
-- param__…: delegated numbers where the well lies, the value of the narrowest area.
-- status: as of the day, from the well's history (before its first entry: that entry).
create temp table facts on commit drop as
select w.*{parameters}
from (
select w.well_id, w.code, w.geom, w.uncertainty_m,
       coalesce(t.district, w.area_code) as area_code,
       case when {day} >= gis.today() then w.status else coalesce(
         (select s.status from gis.well_state s
          where s.well_id = w.well_id and (s.from_on is null or s.from_on <= {day})
          order by s.well_state_id desc limit 1),
         (select s.status from gis.well_state s
          where s.well_id = w.well_id order by s.well_state_id limit 1)) end as status{register}{columns}
from gis.well w
left join (
  select i.well_id,
         min(d.area_code) filter (
           where i.layer = {district} and i.inside and i.edge_m >= i.tolerance_m) as district{touches}
  from incidence i
  left join gis.zone d on i.layer = {district} and d.zone_id = i.zone_id and d.version = i.version
  group by i.well_id
) t on t.well_id = w.well_id
{joins}
) w
where {wells} and ({area} = '' or starts_with(area_code, {area}))
