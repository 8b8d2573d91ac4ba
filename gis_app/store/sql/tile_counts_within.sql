-- As tile_counts, of the wells (geom_web, flag) that a select answers, counted anew: for who sees a
-- part of the register (the overview does not tell divisions apart), and of another day.
with well as (
{wells}
), cell as (
  select (gis.overview_cell(w.geom_web) & 32767) >> (9 - %(z)s) as x,
         (gis.overview_cell(w.geom_web) >> 15) >> (9 - %(z)s) as y, w.flag
  from well w
), feature as (
  select st_makepoint((x & 63) * 64 + 32, (y & 63) * 64 + 32) as geom,
         count(*)::int as wells,
         (array['close', 'indeterminate', 'restricted', 'duty', 'exempt', 'clear', 'unassessed'])[
           min(array_position(array['close', 'indeterminate', 'restricted', 'duty', 'exempt',
                                    'clear', 'unassessed'], flag))] as flag,
         nullif(count(*) filter (where flag = 'close'), 0)::int as close,
         nullif(count(*) filter (where flag = 'indeterminate'), 0)::int as indeterminate,
         nullif(count(*) filter (where flag = 'restricted'), 0)::int as restricted,
         nullif(count(*) filter (where flag = 'duty'), 0)::int as duty,
         nullif(count(*) filter (where flag = 'exempt'), 0)::int as exempt,
         nullif(count(*) filter (where flag = 'clear'), 0)::int as clear,
         nullif(count(*) filter (where flag = 'unassessed'), 0)::int as unassessed
  from cell
  where x >> 6 = %(x)s and y >> 6 = %(y)s
  group by x, y
)
select {version},
       gis.today(),
       (select coalesce(st_asmvt(feature, 'well_count', 4096, 'geom'), '') from feature)
