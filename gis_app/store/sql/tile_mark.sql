-- A part of tiles of zones: `mark`, the points of those of which nothing is in `drawn`. A point belongs
-- to one tile.
mark as (
  select st_asmvtgeom(m.geom, tile.box, 4096, 64, true) as geom, {fields}
  from tile
  join gis.zone_mark m on m.layer = %(layer)s and m.geom && tile.box
  join gis.zone z on z.zone_id = m.zone_id and z.version = m.version
  where gis.binds(z.law_status, z.valid_from, z.valid_to, coalesce(%(day)s::date, gis.today()))
    and st_x(m.geom) < st_xmax(tile.box) and st_y(m.geom) < st_ymax(tile.box)
    and not exists (select from drawn d where d.id = m.zone_id and d.geom is not null)
)
