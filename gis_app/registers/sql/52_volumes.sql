-- Volumes of wells and permits as of a day. As in 50_registers.sql, `codes` names the wells whose
-- records are read (null: all).

-- Which method of knowing a volume is believed before which.
create or replace function gis.method_rank(method text) returns int
language sql immutable parallel safe as
$$ select array_position(array['metered', 'electricity', 'billed', 'estimated'], method) $$;

-- Volumes: as recorded, else electricity times its coefficient.
create or replace function gis.volume(m3 double precision, kwh double precision,
                                      m3_per_kwh double precision)
returns double precision language sql immutable parallel safe as
$$ select coalesce(m3, case when kwh = 0 then 0 else kwh * m3_per_kwh end) $$;

-- Electricity coefficients of wells themselves in force on a day; and those of the areas that wells
-- lie in, the narrower the area the higher the rank.
create or replace function gis.coefficients_of_wells(day date, codes text[] default null)
returns table (well_code text, m3_per_kwh double precision)
language sql stable parallel safe as
$$
  select distinct on (c.well_code) c.well_code, c.m3_per_kwh
  from gis.electricity_coefficient c
  where c.well_code is not null and (codes is null or c.well_code = any (codes))
    and c.from_on <= day and (c.to_on is null or c.to_on >= day)
  order by c.well_code, c.from_on desc
$$;

create or replace function gis.coefficients_at_wells(codes text[] default null)
returns table (area_code text, m3_per_kwh double precision, from_on date, to_on date, rank int)
language sql stable parallel safe as
$$
  select a.area_code, c.m3_per_kwh, c.from_on, c.to_on, length(coalesce(c.area_code, ''))
  from (
    select distinct coalesce(w.area_code, '') as area_code from gis.well w
    where codes is null or w.code = any (codes)
  ) a
  join gis.electricity_coefficient c
    on c.well_code is null and starts_with(a.area_code, coalesce(c.area_code, ''))
$$;

create or replace function gis.coefficients_of_areas(day date, codes text[] default null)
returns table (area_code text, m3_per_kwh double precision)
language sql stable parallel safe as
$$
  select distinct on (c.area_code) c.area_code, c.m3_per_kwh
  from gis.coefficients_at_wells(codes) c
  where c.from_on <= day and (c.to_on is null or c.to_on >= day)
  order by c.area_code, c.rank desc, c.from_on desc
$$;

-- For readings of electricity alone: the coefficient on the last day of each, a well's own before
-- that of the narrowest area.
create or replace function gis.coefficients_of_readings(since date, day date,
                                                        codes text[] default null)
returns table (withdrawal_id bigint, m3_per_kwh double precision)
language sql stable parallel safe as
$$
  with electric as (
    select r.withdrawal_id, r.well_code, r.to_on from gis.withdrawal r
    where r.m3 is null and r.kwh > 0 and r.m3_per_kwh is null
      and r.to_on <= day and r.to_on >= since and (codes is null or r.well_code = any (codes))
  )
  select distinct on (c.withdrawal_id) c.withdrawal_id, c.m3_per_kwh
  from (
    select e.withdrawal_id, c.m3_per_kwh, c.from_on, 99 as rank
    from electric e
    join gis.electricity_coefficient c
      on c.well_code = e.well_code and c.from_on <= e.to_on
     and (c.to_on is null or c.to_on >= e.to_on)
    union all
    select e.withdrawal_id, c.m3_per_kwh, c.from_on, c.rank
    from electric e
    join gis.well w on w.code = e.well_code
    join gis.coefficients_at_wells(codes) c
      on c.area_code = coalesce(w.area_code, '') and c.from_on <= e.to_on
     and (c.to_on is null or c.to_on >= e.to_on)
  ) c
  order by c.withdrawal_id, c.rank desc, c.from_on desc
$$;

-- Readings that ended by a day and not before `since`, with their volume (null: not known).
create or replace function gis.readings(since date, day date, codes text[] default null)
returns table (well_code text, method text, from_on date, to_on date, volume double precision,
               kwh double precision)
language sql stable parallel safe as
$$
  select r.well_code, r.method, r.from_on, r.to_on,
         gis.volume(r.m3, r.kwh, coalesce(r.m3_per_kwh, c.m3_per_kwh)), r.kwh
  from gis.withdrawal r
  left join gis.coefficients_of_readings(since, day, codes) c
    on c.withdrawal_id = r.withdrawal_id
  where r.to_on <= day and r.to_on >= since
    and (codes is null or r.well_code = any (codes))
$$;

-- How many days of a span of days lie in another.
create or replace function gis.days_within(from_on date, to_on date, first date, last date)
returns int language sql immutable parallel safe as
$$ select greatest(0, least(to_on, last) - greatest(from_on, first) + 1) $$;

-- Volumes of wells: of the last full year by the best method that covers every day of it once, what
-- the best that covers a part of it shows (known_m3), of this year so far, and the spread of the
-- methods that cover the year; electric: how many readings of electricity tell one. A reading across new year is shared by days; days that two readings
-- of a method count make its sum unknown.
create or replace function gis.taken_by_wells(day date, codes text[] default null)
returns table (well_code text, annual_m3 double precision, known_m3 double precision,
               this_year_m3 double precision, sources bigint, least_m3 double precision,
               most_m3 double precision, electric bigint)
language sql stable parallel safe as
$$
  with reading as (
    select r.well_code, r.method, r.volume, r.kwh, (r.to_on - r.from_on + 1)::float8 as days,
           gis.days_within(r.from_on, r.to_on, gis.new_year(day, -1), gis.new_year(day, 0) - 1)
             as year_days,
           gis.days_within(r.from_on, r.to_on, gis.new_year(day, 0), day) as recent_days,
           r.from_on, r.to_on, max(r.to_on) over earlier as counted_until
    from gis.readings(gis.new_year(day, -1), day, codes) r
    where r.volume is not null
    window earlier as (partition by r.well_code, r.method order by r.from_on, r.to_on
                       rows between unbounded preceding and 1 preceding)
  ), by_method as (
    select r.well_code, r.method, sum(r.year_days) = gis.new_year(day, 0) - gis.new_year(day, -1)
             and not bool_or(twice.days_last > 0) as whole_year,
           case when not bool_or(twice.days_last > 0)
                then sum(r.volume * (r.year_days / r.days)) filter (where r.year_days > 0) end
             as year_m3,
           case when not bool_or(twice.days_now > 0)
                then sum(r.volume * (r.recent_days / r.days)) filter (where r.recent_days > 0) end
             as this_year_m3,
           count(*) filter (where r.method = 'electricity' or r.kwh is not null) as electric
    from reading r
    cross join lateral (  -- days that an earlier reading has counted
      select least(r.to_on, coalesce(r.counted_until, r.from_on - 1)) as last_on
    ) c
    cross join lateral (
      select gis.days_within(r.from_on, c.last_on, gis.new_year(day, -1), gis.new_year(day, 0) - 1)
               as days_last,
             gis.days_within(r.from_on, c.last_on, gis.new_year(day, 0), day) as days_now
    ) twice
    group by r.well_code, r.method
  )
  select m.well_code,
         (array_agg(m.year_m3 order by gis.method_rank(m.method)) filter (where m.whole_year))[1],
         (array_agg(m.year_m3 order by gis.method_rank(m.method))
           filter (where m.year_m3 is not null))[1],
         (array_agg(m.this_year_m3 order by gis.method_rank(m.method))
           filter (where m.this_year_m3 is not null))[1],
         count(*) filter (where m.whole_year and m.method <> 'estimated'),
         min(m.year_m3) filter (where m.whole_year and m.method <> 'estimated'),
         max(m.year_m3) filter (where m.whole_year and m.method <> 'estimated'),
         sum(m.electric)::bigint
  from by_method m
  group by m.well_code
$$;

-- What a well surely took in a year: the whole year's volume where there is one, else what is larger
-- of the well's own entry and the part of the year that is known.
create or replace function gis.at_least(whole_m3 double precision, entered_m3 double precision,
                                        known_m3 double precision)
returns double precision language sql immutable parallel safe as
$$ select coalesce(whole_m3, greatest(entered_m3, known_m3), 0) $$;

-- The latest day on which a well may have taken water: the end of a reading that shows some, or the
-- day before readings begin (again); and the latest day that was read.
create or replace function gis.last_taken_by_wells(day date, codes text[] default null)
returns table (well_code text, last_taken_on date, read_until date)
language sql stable parallel safe as
$$
  select r.well_code,
         max(case when r.amount > 0 then r.to_on
                  when r.read_before is null or r.read_before < r.from_on - 1 then r.from_on - 1
             end),
         max(r.to_on)
  from (
    select r.well_code, r.from_on, r.to_on, coalesce(r.m3, r.kwh) as amount,
           max(r.to_on) over (partition by r.well_code order by r.from_on, r.to_on
                              rows between unbounded preceding and 1 preceding) as read_before
    from gis.withdrawal r
    where r.to_on <= day and coalesce(r.m3, r.kwh) is not null
      and (codes is null or r.well_code = any (codes))
  ) r
  group by r.well_code
$$;
