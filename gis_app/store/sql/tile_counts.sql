-- One MVT of counts of wells in the 64 × 64 cells of tile %(z)s/%(x)s/%(y)s (extent 4096), z ≤ 9: a
-- point in the middle of each cell that has any, with wells (all), flag (the gravest there) and the
-- wells of each finding; with the tile's version and the legal day of the same snapshot. The
-- overview begins at zoom %(level)s = greatest(z, 4); below, its cells are summed.
with counted as (
  select ((o.x << 6) | (o.cell & 63)) >> (%(level)s - %(z)s) as x,
         ((o.y << 6) | (o.cell >> 6)) >> (%(level)s - %(z)s) as y, o.flag, o.wells
  from gis.well_overview o
  where o.z = %(level)s
    and o.x between %(x)s << (%(level)s - %(z)s) and ((%(x)s + 1) << (%(level)s - %(z)s)) - 1
    and o.y between %(y)s << (%(level)s - %(z)s) and ((%(y)s + 1) << (%(level)s - %(z)s)) - 1
), unsettled as materialized (
  select distinct well_id from gis.well_unsettled
), moved as (
  select c.cell, c.flag, -1 as wells
  from unsettled u join gis.well_counted c on c.well_id = u.well_id
  union all
  select gis.overview_cell(w.geom_web), coalesce(f.flag, 'unassessed'), 1
  from unsettled u
  join gis.well w on w.well_id = u.well_id
  left join gis.well_flag f on f.well_id = u.well_id
), corrected as (
  select x, y, flag, wells from counted
  union all
  select (cell & 32767) >> (9 - %(z)s), (cell >> 15) >> (9 - %(z)s), flag, wells
  from moved
  where (cell & 32767) >> (15 - %(z)s) = %(x)s and (cell >> 15) >> (15 - %(z)s) = %(y)s
), feature as (
  select st_makepoint((x & 63) * 64 + 32, (y & 63) * 64 + 32) as geom,
         sum(wells)::int as wells,
         case when sum(wells) filter (where flag = 'close') > 0 then 'close'
              when sum(wells) filter (where flag = 'indeterminate') > 0 then 'indeterminate'
              when sum(wells) filter (where flag = 'restricted') > 0 then 'restricted'
              when sum(wells) filter (where flag = 'duty') > 0 then 'duty'
              when sum(wells) filter (where flag = 'exempt') > 0 then 'exempt'
              when sum(wells) filter (where flag = 'clear') > 0 then 'clear'
              else 'unassessed' end as flag,
         nullif(sum(wells) filter (where flag = 'close'), 0)::int as close,
         nullif(sum(wells) filter (where flag = 'indeterminate'), 0)::int as indeterminate,
         nullif(sum(wells) filter (where flag = 'restricted'), 0)::int as restricted,
         nullif(sum(wells) filter (where flag = 'duty'), 0)::int as duty,
         nullif(sum(wells) filter (where flag = 'exempt'), 0)::int as exempt,
         nullif(sum(wells) filter (where flag = 'clear'), 0)::int as clear,
         nullif(sum(wells) filter (where flag = 'unassessed'), 0)::int as unassessed
  from corrected
  group by x, y
  having sum(wells) > 0
)
select gis.tile_version('well', %(z)s, %(x)s, %(y)s), gis.today(),
       (select coalesce(st_asmvt(feature, 'well_count', 4096, 'geom'), '') from feature)
