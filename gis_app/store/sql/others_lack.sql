-- Whether some wells ({ids}, whose facts are in `facts`) have a fact that nobody in their county had,
-- stand in a county without a row, or no longer have what they were witnesses of.
with mine as materialized (
  select x.subject_id, left(x.area_code, 6) as area_code, array[{known}]::boolean[] as known
  from facts x
  where x.area_code is not null
)
select exists (
  select from mine m
  left join gis.recorded r on r.area_code = m.area_code
  where r.area_code is null
     or exists (select from unnest(m.known, r.wells) k (known, witness)
                where k.known and k.witness is null)
) or exists (
  select from gis.recorded r
  cross join lateral unnest(r.wells) with ordinality k (witness, n)
  where k.witness = any ({ids}::bigint[])
    and not exists (select from mine m
                    where m.subject_id = k.witness and m.area_code = r.area_code and m.known[k.n])
)
