-- A part of tiles of zones: what they tell of a zone (z) beside its shape, %(attrs)s of them the layer's own.
z.zone_id as id, z.code, z.name, z.grade, z.valid_from::text as valid_from,
case when cardinality(%(attrs)s::text[]) > 0 then
  (select jsonb_object_agg(key, value) from jsonb_each(z.attrs)
   where key = any (%(attrs)s::text[])) end as attrs
