-- The units that control volumes and levels in a year.

-- The units that control a year: the entry of the day's year, else of the year before. What was
-- taken is that of the year before, for a year that lasts has taken only a part; beside it what might
-- have been taken in that year (taken_quota_m3).
create or replace function gis.units_on(day date)
returns table (unit_year_id bigint, unit_code text, year int, unit_level text, area_code text,
               quota_m3 double precision, cap_m3 double precision, permitted_m3 double precision,
               taken_m3 double precision, allowable_m3 double precision,
               control_level_m double precision, level_m double precision, measure_taken boolean,
               taken_quota_m3 double precision)
language sql stable parallel safe as
$$
  select distinct on (u.unit_code)
         u.unit_year_id, u.unit_code, u.year, u.unit_level,
         coalesce(u.area_code, case when u.unit_code ~ '^[0-9]{4,12}$' then u.unit_code end),
         u.quota_m3, u.cap_m3, u.permitted_m3, full_year.taken_m3, u.allowable_m3, u.control_level_m,
         l.level_m, u.measure_taken, full_year.quota_m3
  from gis.unit_year u
  left join lateral (
    select l.level_m from gis.water_level l
    where l.unit_code = u.unit_code and l.measured_on <= day
    order by l.measured_on desc limit 1
  ) l on true
  left join gis.unit_year full_year
    on full_year.unit_code = u.unit_code and full_year.sector = 'total'
   and full_year.year = extract(year from day) - 1
  where u.sector = 'total'
    and u.year between extract(year from day) - 1 and extract(year from day)
  order by u.unit_code, u.year desc
$$;

-- The units that may bear water taken at a place: management units that its every possible position
-- may lie in, and null where it may lie in none of them; where there is none, the narrowest area of
-- the place's own code that has an entry. Several rows: it is in doubt. An unknown accuracy is
-- 100 m.
create or replace function gis.units_at(place geometry, area_code text, day date,
                                        accuracy_m double precision default 100)
returns table (unit_code text) language sql stable parallel safe as
$$
  with near as (
    select z.code, m.inside and m.edge_m >= m.tolerance_m as surely
    from gis.meet_shapes(array[1::bigint], array[place], array[coalesce(accuracy_m, 100)],
                         array['management_unit'], day, false) m
    join gis.zone z on z.zone_id = m.zone_id and z.version = m.version
  )
  select code from near
  union all
  select null where exists (select from near) and not exists (select from near where surely)
  union all
  select * from (
    select u.unit_code from gis.units_on(day) u
    where starts_with(units_at.area_code, u.unit_code) and not exists (select from near)
    order by length(u.unit_code) desc limit 1
  ) wide
$$;

-- The family of a coordinate reference system that a file was in.
create or replace function gis.coordinate_system(crs text) returns text
language sql immutable parallel safe as
$$
  select case
    when crs ~* 'gcj' then 'gcj02' when crs ~* 'bd-?09' then 'bd09'
    when crs ~* '^epsg:(4490|44[9]\d|45[0-4]\d|455[0-4])$' or crs ~* 'cgcs' then 'cgcs2000'
    when crs ~* '^epsg:(4326|3857|326\d\d)$' or crs ~* 'wgs ?_?84' then 'wgs84'
    when crs ~* '^epsg:(4214|24[0-4]\d|214\d\d)$' or crs ~* 'beijing' then 'beijing54'
    when crs ~* '^epsg:(4610|23[2-9]\d)$' or crs ~* 'xian' then 'xian80'
    when crs is not null then 'local' end
$$;
