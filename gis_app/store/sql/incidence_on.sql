-- The temporary table `incidence`: one row per touching pair of well and zone version on a day,
-- of some layers; as gis.well_zone, with `since`, the day the zone first came into force.
-- Zones in force both today and on that day are read from gis.well_zone, others are met anew.
create temp table incidence on commit drop as
with binding as (
  select z.zone_id, z.version, gis.binds(z.law_status, z.valid_from, z.valid_to, gis.today()) as live,
         (select min(f.valid_from) from gis.zone f
          where f.zone_id = z.zone_id and f.law_status = 'approved') as since
  from gis.zone z
  where z.layer = any ({layers})
    and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})
), kept as (
  select i.*, b.since
  from gis.well_zone i
  join binding b on b.zone_id = i.zone_id and b.version = i.version and b.live
  where {wells}
), met as (
  select m.*, b.since
  from gis.meet(
    (select array_agg(zone_id order by zone_id) from binding where not live),
    (select array_agg(version order by zone_id) from binding where not live),
    null) m
  join binding b on b.zone_id = m.zone_id and b.version = m.version
  where {wells}
)
select * from kept union all select * from met
