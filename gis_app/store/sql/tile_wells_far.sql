-- One MVT of the wells in tile %(z)s/%(x)s/%(y)s (extent 4096, buffer 64), zooms 10 and 11: id and
-- flag (gravest open finding), what a map draws of so many; with the tile's version and the legal
-- day of the same snapshot.
-- Rows whose shape is null are skipped by st_asmvt; asked for here, each shape would be made twice.
with tile as (
  select st_tileenvelope(%(z)s, %(x)s, %(y)s) as box,
         st_tileenvelope(%(z)s, %(x)s, %(y)s, margin => 64.0 / 4096) as wide
), feature as (
  select st_asmvtgeom(w.geom_web, tile.box, 4096, 64, true) as geom, w.well_id as id,
         coalesce(f.flag, 'unassessed') as flag
  from tile
  join gis.well w on w.geom_web && tile.wide
  left join gis.well_flag f on f.well_id = w.well_id{within}
)
select {version},
       gis.today(),
       (select coalesce(st_asmvt(feature, 'well', 4096, 'geom', 'id'), '') from feature)
