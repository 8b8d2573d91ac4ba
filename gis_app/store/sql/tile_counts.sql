-- One MVT of counts of wells in the 64 × 64 cells of tile %(z)s/%(x)s/%(y)s (extent 4096), z ≤ 9: a
-- point in the middle of each cell that has any, with wells (all), flag (the gravest there) and the
-- wells of each finding; with the tile's version and the legal day of the same snapshot. The
-- overview begins at zoom %(level)s = greatest(z, 4); below, its cells are summed. Unsettled wells
-- are taken out as they were counted and put in as they are.
with counted as (
  select ((o.x << 6) | (o.cell & 63)) >> (%(level)s - %(z)s) as x,
         ((o.y << 6) | (o.cell >> 6)) >> (%(level)s - %(z)s) as y,
         close, indeterminate, restricted, duty, exempt, clear, unassessed
  from gis.well_overview o
  where o.z = %(level)s
    and o.x between %(x)s << (%(level)s - %(z)s) and ((%(x)s + 1) << (%(level)s - %(z)s)) - 1
    and o.y between %(y)s << (%(level)s - %(z)s) and ((%(y)s + 1) << (%(level)s - %(z)s)) - 1
), unsettled as materialized (
  select distinct well_id from gis.well_unsettled
), moved as (
  select c.cell, c.flag, -1 as n
  from unsettled u join gis.well_counted c on c.well_id = u.well_id
  union all
  select gis.overview_cell(w.geom_web), coalesce(f.flag, 'unassessed'), 1
  from unsettled u
  join gis.well w on w.well_id = u.well_id
  left join gis.well_flag f on f.well_id = u.well_id
), corrected as (
  select * from counted
  union all
  select (cell & 32767) >> (9 - %(z)s), (cell >> 15) >> (9 - %(z)s),
         case when flag = 'close' then n else 0 end as close,
         case when flag = 'indeterminate' then n else 0 end as indeterminate,
         case when flag = 'restricted' then n else 0 end as restricted,
         case when flag = 'duty' then n else 0 end as duty,
         case when flag = 'exempt' then n else 0 end as exempt,
         case when flag = 'clear' then n else 0 end as clear,
         case when flag = 'unassessed' then n else 0 end as unassessed
  from moved
  where (cell & 32767) >> (15 - %(z)s) = %(x)s and (cell >> 15) >> (15 - %(z)s) = %(y)s
), feature as (
  select st_makepoint((x & 63) * 64 + 32, (y & 63) * 64 + 32) as geom,
         sum(close + indeterminate + restricted + duty + exempt + clear + unassessed)::int as wells,
         case when sum(close) > 0 then 'close'
              when sum(indeterminate) > 0 then 'indeterminate'
              when sum(restricted) > 0 then 'restricted'
              when sum(duty) > 0 then 'duty'
              when sum(exempt) > 0 then 'exempt'
              when sum(clear) > 0 then 'clear'
              else 'unassessed' end as flag,
         nullif(sum(close), 0)::int as close,
         nullif(sum(indeterminate), 0)::int as indeterminate,
         nullif(sum(restricted), 0)::int as restricted,
         nullif(sum(duty), 0)::int as duty,
         nullif(sum(exempt), 0)::int as exempt,
         nullif(sum(clear), 0)::int as clear,
         nullif(sum(unassessed), 0)::int as unassessed
  from corrected
  group by x, y
  having sum(close + indeterminate + restricted + duty + exempt + clear + unassessed) > 0
)
select {version},
       gis.today(),
       (select coalesce(st_asmvt(feature, 'well_count', 4096, 'geom'), '') from feature)
