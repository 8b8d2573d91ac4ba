-- Of tile_counts_within: the wells of tile %(z)s/%(x)s/%(y)s in some divisions (%(areas)s, patterns
-- like 140302%%), with their flag.
  select w.geom_web, coalesce(f.flag, 'unassessed') as flag
  from gis.well w
  left join gis.well_flag f on f.well_id = w.well_id
  where w.area_code like any (%(areas)s)
    and w.geom_web && st_tileenvelope(%(z)s, %(x)s, %(y)s)
