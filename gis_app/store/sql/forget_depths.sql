-- Forget the depths of shapes and zones that are gone; a zone that was law on some day is not. Of units the
-- point is kept that facts_unit.sql says.
with law as materialized (
  select gis.shape_key(z.geom) as key,
         case when z.layer in ('management_unit', 'district')
              then gis.shape_key(st_pointonsurface(z.geom)) end as unit_key
  from gis.zone z where z.law_status = 'approved'
), shape (key) as (
  select key from law
  union all select unit_key from law where unit_key is not null
  union all select gis.shape_key(s.geom) from gis.site s where s.geom is not null
  union all select gis.shape_key(a.geom) from gis.application a where a.geom is not null
)
delete from gis.shape_depth d
where d.zone not in (select key from law) or d.shape not in (select key from shape)
