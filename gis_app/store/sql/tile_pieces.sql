-- One MVT of the zones of %(layer)s in force on %(day)s (null: today) in tile %(z)s/%(x)s/%(y)s, z ≥ 12
-- (extent 4096, buffer 64), unsimplified: pieces of the ground (several to a zone) with id, code,
-- name, grade, valid_from and the layer's own tile fields; as <layer>_outline the boundaries with id
-- and grade; as <layer>_point a point for each zone smaller than 8 units or of which nothing is left.
-- With the tile's version and the legal day of the same snapshot.
-- Rows whose shape is null are skipped by st_asmvt; asked for here, each shape would be made twice.
with tile as (
  select st_tileenvelope(%(z)s, %(x)s, %(y)s) as box,
         st_tileenvelope(%(z)s, %(x)s, %(y)s, margin => 64.0 / 4096) as wide,
         40075016.685578488 / 2 ^ %(z)s * 8 / 4096 as least_m
), drawn as materialized (
  select st_asmvtgeom(p.geom, tile.box, 4096, 64, true) as geom, {fields}
  from tile
  join gis.zone_fill p
    on p.layer = %(layer)s and p.geom && tile.wide and p.size_m >= tile.least_m
  join gis.zone z on z.zone_id = p.zone_id and z.version = p.version
  where gis.binds(z.law_status, z.valid_from, z.valid_to, coalesce(%(day)s::date, gis.today()))
), line as (
  select st_asmvtgeom(o.geom, tile.box, 4096, 64, true) as geom, z.zone_id as id, z.grade
  from tile
  join gis.zone_outline o
    on o.layer = %(layer)s and o.geom && tile.wide and o.size_m >= tile.least_m
  join gis.zone z on z.zone_id = o.zone_id and z.version = o.version
  where gis.binds(z.law_status, z.valid_from, z.valid_to, coalesce(%(day)s::date, gis.today()))
), {mark}
select {version},
       gis.today(),
       (select coalesce(st_asmvt(drawn, %(layer)s, 4096, 'geom', 'id'), '') from drawn)
       || (select coalesce(st_asmvt(line, %(layer)s || '_outline', 4096, 'geom', 'id'), '') from line)
       || (select coalesce(st_asmvt(mark, %(layer)s || '_point', 4096, 'geom', 'id'), '') from mark)
