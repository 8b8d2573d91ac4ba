-- What the registers say on a day, one row per well (owner, application …). Plain SQL functions, so
-- that they are taken apart into the query that reads them.

-- Volumes: as recorded, else electricity times its coefficient.
create or replace function gis.volume(m3 double precision, kwh double precision,
                                      m3_per_kwh double precision)
returns double precision language sql immutable parallel safe as
$$ select coalesce(m3, kwh * m3_per_kwh) $$;

-- The n-th working day after a day; null beyond the years whose holidays are known.
create or replace function gis.working_days_after(since date, n int) returns date
language sql stable parallel safe as
$$
  select case when since >= (select min(day) from gis.day_off)
               and d.day <= (select max(day) from gis.day_off) then d.day end
  from (
    select s.day::date as day
    from generate_series(since + 1, since + 20 + 3 * n, interval '1 day') s (day)
    left join gis.day_off f on f.day = s.day::date
    where coalesce(f.worked, extract(isodow from s.day) < 6)
    order by s.day
    offset n - 1 limit 1
  ) d
$$;

-- Electricity coefficients in force: a well's own before that of the narrowest area.
create or replace function gis.coefficients_of_wells(day date)
returns table (well_code text, m3_per_kwh double precision)
language sql stable parallel safe as
$$
  select distinct on (w.code) w.code, c.m3_per_kwh
  from gis.electricity_coefficient c
  join gis.well w on c.well_code = w.code
    or c.well_code is null and starts_with(w.area_code, coalesce(c.area_code, ''))
  where c.from_on <= day and (c.to_on is null or c.to_on >= day)
  order by w.code, c.well_code nulls last, length(coalesce(c.area_code, '')) desc, c.from_on desc
$$;

-- Readings known on a day, with their volume and the part of them in a span of days.
create or replace function gis.readings(day date)
returns table (well_code text, method text, from_on date, to_on date, volume double precision,
               kwh double precision)
language sql stable parallel safe as
$$
  select r.well_code, r.method, r.from_on, r.to_on,
         gis.volume(r.m3, r.kwh, coalesce(r.m3_per_kwh, c.m3_per_kwh)), r.kwh
  from gis.withdrawal r
  left join gis.coefficients_of_wells(day) c
    on c.well_code = r.well_code and r.m3 is null and r.m3_per_kwh is null
  where r.to_on <= day
$$;

create or replace function gis.share_of_days(from_on date, to_on date, first date, last date)
returns double precision language sql immutable parallel safe as
$$
  select greatest(0, least(to_on, last) - greatest(from_on, first) + 1)::float8
         / (to_on - from_on + 1)
$$;

-- Volumes of wells: of the last full year by the best method that covers every day of it, of this
-- year so far, when water was last taken, and the spread of the methods that cover the year.
create or replace function gis.taken_by_wells(day date)
returns table (well_code text, annual_m3 double precision, this_year_m3 double precision,
               last_taken_on date, read_until date, sources bigint, least_m3 double precision,
               most_m3 double precision)
language sql stable parallel safe as
$$
  with span as (
    select date_trunc('year', day)::date as new_year,
           (date_trunc('year', day) - interval '1 year')::date as year_before
  ), by_method as (
    select r.well_code, r.method,
           sum(r.volume * gis.share_of_days(r.from_on, r.to_on, s.year_before, s.new_year - 1))
             as year_m3,
           sum((r.to_on - r.from_on + 1)
               * gis.share_of_days(r.from_on, r.to_on, s.year_before, s.new_year - 1))
             >= s.new_year - s.year_before as whole_year,
           sum(r.volume * gis.share_of_days(r.from_on, r.to_on, s.new_year, day))
             filter (where r.to_on >= s.new_year) as this_year_m3,
           max(r.to_on) filter (where r.volume > 0) as last_taken_on, min(r.from_on) as first_on,
           max(r.to_on) as read_until
    from gis.readings(day) r, span s
    where r.volume is not null
    group by r.well_code, r.method, s.new_year, s.year_before
  )
  select m.well_code,
         (array_agg(m.year_m3 order by gis.method_rank(m.method)) filter (where m.whole_year))[1],
         (array_agg(m.this_year_m3 order by gis.method_rank(m.method))
           filter (where m.this_year_m3 is not null))[1],
         coalesce(max(m.last_taken_on), min(m.first_on) - 1), max(m.read_until),
         count(*) filter (where m.whole_year and m.method <> 'estimated'),
         min(m.year_m3) filter (where m.whole_year and m.method <> 'estimated'),
         max(m.year_m3) filter (where m.whole_year and m.method <> 'estimated')
  from by_method m
  group by m.well_code
$$;

-- Which permits cover which wells on a day: by the register of both, and by the well's own entry.
create or replace function gis.permit_links(day date)
returns table (well_code text, permit_number text)
language sql stable parallel safe as
$$
  select l.well_code, l.permit_number from gis.permit_well l
  where (l.from_on is null or l.from_on <= day) and (l.to_on is null or l.to_on >= day)
  union
  select w.code, w.permit_number from gis.well w
  where w.permit_number is not null
    and not exists (select from gis.permit_well l where l.well_code = w.code)
$$;

-- Volumes under a permit: of all its wells together; unknown where one of them is.
create or replace function gis.taken_under_permits(day date)
returns table (well_code text, annual_m3 double precision, this_year_m3 double precision)
language sql stable parallel safe as
$$
  with link as (
    select l.well_code, l.permit_number, coalesce(t.annual_m3, w.annual_reported_m3) as annual_m3,
           t.this_year_m3
    from gis.permit_links(day) l
    join gis.well w on w.code = l.well_code
    left join gis.taken_by_wells(day) t on t.well_code = l.well_code
  ), permit as (
    select permit_number,
           case when count(annual_m3) = count(*) then sum(annual_m3) end as annual_m3,
           sum(this_year_m3) as this_year_m3
    from link group by permit_number having count(*) > 1
  )
  select l.well_code, max(p.annual_m3), max(p.this_year_m3)
  from link l join permit p on p.permit_number = l.permit_number
  group by l.well_code
$$;

-- Permits of wells: versions as of the day; a permit that was issued is held until cancelled.
create or replace function gis.permits_of_wells(day date)
returns table (well_code text, held boolean, annual_m3 double precision,
               prior_m3 double precision, valid_to date, approved_on date,
               renewal_applied_on date, place geometry, place_accuracy_m double precision,
               uses text[], reported boolean)
language sql stable parallel safe as
$$
  with version as (
    select p.*,
           row_number() over latest as nth,
           lead(p.annual_m3) over latest as prior_m3
    from gis.permit p
    where coalesce(p.changed_on, p.valid_from, p.approved_on, '-infinity') <= day
    window latest as (
      partition by p.number
      order by coalesce(p.changed_on, p.valid_from, p.approved_on, '-infinity') desc,
               p.permit_id desc)
  ), purpose as (
    select permit_number, array_agg(use) as uses from gis.permit_purpose
    where (from_on is null or from_on <= day) and (to_on is null or to_on >= day)
    group by permit_number
  ), report as (
    select permit_number, bool_or(state = 'filed') as filed from gis.annual_report
    where year = extract(year from day) - 1 group by permit_number
  )
  select l.well_code,
         bool_or(v.state in ('issued', 'amended', 'transferred', 'renew_pending', 'expired')),
         sum(v.annual_m3), sum(v.prior_m3), max(v.valid_to), max(v.approved_on),
         max(v.renewal_applied_on),
         (array_agg(st_setsrid(st_makepoint(v.place_lon, v.place_lat), 4490))
           filter (where v.place_lon is not null and v.place_lat is not null))[1],
         coalesce(max(v.place_accuracy_m), 100), max(u.uses), bool_and(r.filed)
  from gis.permit_links(day) l
  join version v on v.number = l.permit_number and v.nth = 1
  left join purpose u on u.permit_number = v.number
  left join report r on r.permit_number = v.number
  group by l.well_code
$$;

create or replace function gis.meters_of_wells(day date)
returns table (well_code text, state text, calibration_due_on date)
language sql stable parallel safe as
$$
  select m.well_code,
         (array_agg(m.state order by m.fitted_on desc nulls last, m.meter_id desc))[1],
         max(c.due_on)
  from gis.meter m
  left join gis.calibration c
    on c.well_code = m.well_code and c.serial = m.serial and c.checked_on <= day
  where (m.fitted_on is null or m.fitted_on <= day)
    and (m.removed_on is null or m.removed_on > day)
  group by m.well_code
$$;

-- What was taken, and what electricity was used, since a well was shut.
create or replace function gis.taken_after_shutting(day date)
returns table (well_code text, since_shut_m3 double precision, since_shut_kwh double precision)
language sql stable parallel safe as
$$
  select w.code, sum(r.volume), sum(r.kwh)
  from gis.readings(day) r
  join gis.well w on w.code = r.well_code
  join lateral (
    select s.status, s.from_on from gis.well_state s
    where s.well_id = w.well_id and (s.from_on is null or s.from_on <= day)
    order by s.well_state_id desc limit 1
  ) s on s.status in ('closed', 'sealed') and r.from_on >= s.from_on
  group by w.code
$$;

-- Exemptions: granted by document, or in the well's own entry; the last day counts.
create or replace function gis.grants(subject text)
returns table (subject_code text, kind text, from_on date, until_on date, filing_state text,
               filed_on date)
language sql stable parallel safe as
$$
  select g.subject_code, g.kind, g.from_on, g.until_on, g.filing_state, g.filed_on
  from gis.exemption_grant g where g.subject = grants.subject
  union all
  select w.code, w.exemption_kind, '-infinity', w.exemption_until, null, null
  from gis.well w where grants.subject = 'well' and w.exemption_kind <> 'none'
$$;

create or replace function gis.grants_on(subject text, day date)
returns table (subject_code text, sure text[], open text[], lapsed_on date, ended_on date,
               filing_state text, filed_on date)
language sql stable parallel safe as
$$
  select g.subject_code,
         array_agg(g.kind) filter (where g.from_on <= day and g.until_on >= day),
         array_agg(g.kind) filter (where g.from_on <= day and g.until_on is null),
         max(g.until_on) filter (
           where g.until_on < day
             and g.kind in ('engineering_emergency', 'public_safety_emergency')),
         max(g.until_on) filter (where g.until_on < day and g.kind = 'engineering_emergency'),
         (array_agg(g.filing_state order by g.until_on desc)
           filter (where g.until_on < day and g.kind = 'engineering_emergency'))[1],
         (array_agg(g.filed_on order by g.until_on desc)
           filter (where g.until_on < day and g.kind = 'engineering_emergency'))[1]
  from gis.grants(grants_on.subject) g
  group by g.subject_code
$$;

-- What a well has taken in the last year outside of every emergency granted to it.
create or replace function gis.taken_after_emergency(day date)
returns table (well_code text, after_m3 double precision)
language sql stable parallel safe as
$$
  select r.well_code, sum(r.volume)
  from gis.readings(day) r
  where r.from_on > day - 365
    and not exists (
      select from gis.grants('well') g
      where g.subject_code = r.well_code and g.kind like '%\_emergency'
        and g.from_on <= r.to_on and (g.until_on is null or g.until_on >= r.from_on))
  group by r.well_code
$$;

-- What an owner's wells took in the last full year: in all (unknown where one is), and at least.
create or replace function gis.taken_by_owners(day date)
returns table (owner_id bigint, annual_m3 double precision, least_m3 double precision)
language sql stable parallel safe as
$$
  select w.owner_id,
         case when count(coalesce(t.annual_m3, w.annual_reported_m3)) = count(*)
              then sum(coalesce(t.annual_m3, w.annual_reported_m3)) end,
         coalesce(sum(coalesce(t.annual_m3, w.annual_reported_m3)), 0)
  from gis.well w
  left join gis.taken_by_wells(day) t on t.well_code = w.code
  where w.owner_id is not null
  group by w.owner_id
$$;

-- The latest yearly entry of a user up to last year (of listings: up to this year).
create or replace function gis.users_by_owners(day date)
returns table (owner_id bigint, annual_use_m3 double precision, industry_class text,
               key_monitored boolean, water_manager boolean)
language sql stable parallel safe as
$$
  select p.party_id,
         (array_agg(u.annual_use_m3 order by u.year desc)
           filter (where u.year = extract(year from day) - 1))[1],
         (array_agg(u.industry_class order by u.year desc)
           filter (where u.industry_class is not null))[1],
         (array_agg(u.key_monitored order by u.year desc)
           filter (where u.key_monitored is not null))[1],
         (array_agg(u.water_manager order by u.year desc)
           filter (where u.water_manager is not null))[1]
  from gis.water_user u
  join gis.party p on p.name = u.owner and (u.owner_uscc is null or p.uscc = u.owner_uscc)
  where u.year <= extract(year from day)
  group by p.party_id
$$;

create or replace function gis.screens_of_wells()
returns table (well_code text, aquifers_crossed double precision, aquifer_polluted boolean,
               quality_class_gap double precision)
language sql stable parallel safe as
$$
  select s.well_code, count(distinct s.aquifer)::float8,
         case when bool_or(s.polluted) then true
              when count(s.polluted) = count(*) then false end,
         case when count(s.quality_class) = count(*)
              then (max(s.quality_class) - min(s.quality_class))::float8 end
  from gis.screen s
  group by s.well_code
$$;

-- Deadlines of orders that have not been met: the latest of each kind.
create or replace function gis.orders_on_wells(day date)
returns table (well_code text, meter_due_on date, repair_due_on date, close_due_on date)
language sql stable parallel safe as
$$
  select o.well_code,
         max(o.due_on) filter (where o.kind = 'fit_meter'),
         max(o.due_on) filter (where o.kind = 'repair_meter'),
         max(o.due_on) filter (where o.kind in ('close', 'seal'))
  from gis.correction_order o
  where o.ordered_on <= day and (o.done_on is null or o.done_on > day)
  group by o.well_code
$$;

create or replace function gis.violations_of_wells(day date)
returns table (well_code text, kinds text[])
language sql stable parallel safe as
$$
  select v.well_code, array_agg(v.kind)
  from gis.violation v
  where v.found_on <= day and (v.settled_on is null or v.settled_on > day)
  group by v.well_code
$$;

-- The units that control a year: the entry of the day's year, else of the year before.
create or replace function gis.units_on(day date)
returns table (unit_year_id bigint, unit_code text, year int, unit_level text, area_code text,
               quota_m3 double precision, cap_m3 double precision, permitted_m3 double precision,
               taken_m3 double precision, allowable_m3 double precision,
               control_level_m double precision, level_m double precision, measure_taken boolean)
language sql stable parallel safe as
$$
  select distinct on (u.unit_code)
         u.unit_year_id, u.unit_code, u.year, u.unit_level,
         coalesce(u.area_code, case when u.unit_code ~ '^[0-9]{4,12}$' then u.unit_code end),
         u.quota_m3, u.cap_m3, u.permitted_m3, u.taken_m3, u.allowable_m3, u.control_level_m,
         l.level_m, u.measure_taken
  from gis.unit_year u
  left join lateral (
    select l.level_m from gis.water_level l
    where l.unit_code = u.unit_code and l.measured_on <= day
    order by l.measured_on desc limit 1
  ) l on true
  where u.sector = 'total'
    and u.year between extract(year from day) - 1 and extract(year from day)
  order by u.unit_code, u.year desc
$$;

-- The units that may bear water taken at a place: management units that hold or touch it; where
-- there is none, the narrowest area of the place's own code that has an entry.
create or replace function gis.units_at(place geometry, area_code text, day date)
returns table (unit_code text) language sql stable parallel safe as
$$
  with held as (
    select z.code from gis.zone z
    where z.layer = 'management_unit' and z.geom && place and st_intersects(z.geom, place)
      and gis.binds(z.law_status, z.valid_from, z.valid_to, day)
  )
  select code from held
  union all
  select * from (
    select u.unit_code from gis.units_on(day) u
    where starts_with(units_at.area_code, u.unit_code) and not exists (select from held)
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
