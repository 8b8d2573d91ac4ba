-- Keep what an audit of whole counties found unrecorded, for questions about single wells; whether it was
-- kept otherwise before.
with kept as (
  insert into gis.unrecorded as k (area_code, facts)
  select u.county, u.facts from unrecorded u
  on conflict (area_code) do update set facts = excluded.facts where k.facts <> excluded.facts
  returning 1
), gone as (
  delete from gis.unrecorded g
  where starts_with(g.area_code, :area)
    and not exists (select from unrecorded u where u.county = g.area_code)
  returning 1
)
select exists (select from kept union all select from gone)
