-- Keep what this audit of whole counties found unrecorded, for questions about single wells.
with kept as (
  insert into gis.unrecorded (area_code, facts)
  select u.county, u.facts from unrecorded u
  on conflict (area_code) do update set facts = excluded.facts
)
delete from gis.unrecorded g
where starts_with(g.area_code, :area) and length(:area) <= length(g.area_code)
  and not exists (select from unrecorded u where u.county = g.area_code)
