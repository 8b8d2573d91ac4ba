-- One MVT of wells (extent 4096), of the rows (geom, id, properties) that a select answers; with the
-- tile's version and the legal day of the same snapshot.
with feature as (
{wells}
)
select {version},
       gis.today(),
       (select coalesce(st_asmvt(feature, 'well', 4096, 'geom', 'id'), '') from feature)
