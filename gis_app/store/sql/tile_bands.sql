-- One MVT of the zones of %(layer)s in force on %(day)s (null: today) in tile %(z)s/%(x)s/%(y)s, z ≤ 11
-- (extent 4096, buffer 64), simplified for zooms up to %(band)s: polygons with id, code, name, grade,
-- valid_from and the layer's own tile fields; and, as <layer>_point, a point for each zone that is
-- smaller than 8 units or of which nothing is left. With the tile's version and the legal day of the
-- same snapshot.
-- Rows whose shape is null are skipped by st_asmvt; asked for here, each shape would be made twice.
with tile as (
  select st_tileenvelope(%(z)s, %(x)s, %(y)s) as box,
         st_tileenvelope(%(z)s, %(x)s, %(y)s, margin => 64.0 / 4096) as wide,
         40075016.685578488 / 2 ^ %(z)s * 8 / 4096 as least_m
), drawn as materialized (
  select st_asmvtgeom(b.geom, tile.box, 4096, 64, true) as geom, {fields}
  from tile
  join gis.zone_band b
    on b.layer = %(layer)s and b.band = %(band)s and b.geom && tile.wide and b.size_m >= tile.least_m
  join gis.zone z on z.zone_id = b.zone_id and z.version = b.version
  where gis.binds(z.law_status, z.valid_from, z.valid_to, coalesce(%(day)s::date, gis.today()))
), {mark}
select {version},
       gis.today(),
       (select coalesce(st_asmvt(drawn, %(layer)s, 4096, 'geom', 'id'), '') from drawn)
       || (select coalesce(st_asmvt(mark, %(layer)s || '_point', 4096, 'geom', 'id'), '') from mark)
