-- One MVT of the zones of :layer in force today in tile :z/:x/:y (extent 4096, buffer 64):
-- id, code, name, grade, valid_from and the layer's own tile fields.
with bounds as (
  select st_tileenvelope(:z, :x, :y) as box,
         st_tileenvelope(:z, :x, :y, margin => 64.0 / 4096) as wide
), feature as (
  select st_asmvtgeom(z.geom_web, bounds.box, 4096, 64, true) as geom, z.zone_id as id, z.code,
         z.name, z.grade, z.valid_from::text as valid_from,
         (select jsonb_object_agg(key, value) from jsonb_each(z.attrs)
          where key = any (cast(:attrs as text[]))) as attrs
  from bounds
  join gis.zone z on z.geom_web && bounds.wide
  where z.layer = :layer and gis.binds(z.law_status, z.valid_from, z.valid_to, gis.today())
)
select st_asmvt(feature, :layer, 4096, 'geom', 'id') from feature where geom is not null
