-- Wells that are shut, water taken that must not be, and what owners take; `codes` as in
-- 50_registers.sql.

-- Wells that are shut on a day, and since when without a break: registered_on, by the register
-- (null: as long as it knows the well); shut_on, the day that somebody gave or saw (null: the
-- register met it shut, and the day it was dug says nothing of that); surely_on, that or the day it
-- was recorded.
create or replace function gis.shut_wells(day date, codes text[] default null)
returns table (well_code text, registered_on date, shut_on date, surely_on date)
language sql stable parallel safe as
$$
  select distinct on (s.well_id) s.code, s.from_on, d.shut_on, coalesce(d.shut_on, s.recorded_on)
  from (
    select s.well_id, s.well_state_id, w.code, s.from_on,
           gis.legal_day(s.recorded_at) as recorded_on,
           max(s.well_state_id) filter (
             where s.status is null or s.status not in ('closed', 'sealed', 'backfilled'))
             over (partition by s.well_id) as last_open
    from gis.well_state s
    join gis.well w on w.well_id = s.well_id
    where (codes is null or w.code = any (codes)) and (s.from_on is null or s.from_on <= day)
  ) s
  cross join lateral (
    select case when s.last_open is not null or exists (
                  select from gis.change c
                  where c.table_name = 'well_state' and c.key = s.well_state_id)
                then s.from_on end as shut_on
  ) d
  where s.well_state_id > coalesce(s.last_open, 0)
  order by s.well_id, s.well_state_id
$$;

-- What was taken, and what electricity was used, since a well was shut, by the method that shows most.
-- Null where only readings speak of it that may be older than the shutting.
create or replace function gis.taken_since_shut(day date, codes text[] default null)
returns table (well_code text, since_shut_m3 double precision, since_shut_kwh double precision)
language sql stable parallel safe as
$$
  select m.well_code,
         case when max(m.m3) > 0 or not bool_or(m.doubt_m3) then coalesce(max(m.m3), 0) end,
         case when max(m.kwh) > 0 or not bool_or(m.doubt_kwh) then coalesce(max(m.kwh), 0) end
  from (
    select s.well_code, sum(r.volume) filter (where r.from_on >= s.surely_on) as m3,
           sum(r.kwh) filter (where r.from_on >= s.surely_on) as kwh,
           bool_or(s.shut_on is null and r.from_on < s.surely_on and r.volume > 0) is true
             as doubt_m3,
           bool_or(s.shut_on is null and r.from_on < s.surely_on and r.kwh > 0) is true as doubt_kwh
    from gis.shut_wells(day, codes) s
    join gis.readings(date '-infinity', day, codes) r on r.well_code = s.well_code
    group by s.well_code, r.method
  ) m
  group by m.well_code
$$;

-- What a well has taken in the last year outside of every emergency granted to it: after the last
-- that has ended, and not before it was kept for emergencies. Nothing where the latest readings show
-- that it has stopped; null where these have no volume.
create or replace function gis.taken_after_emergency(day date, codes text[] default null)
returns table (well_code text, after_m3 double precision)
language sql stable parallel safe as
$$
  with emergency as (
    select * from gis.emergencies_of_wells(codes)
  ), ended as (
    select well_code, max(until_on) as ended_on from emergency where until_on < day
    group by well_code
  )
  select m.well_code,
         case when bool_and(m.stopped) filter (where m.latest) then 0
              when bool_or(not m.stopped) filter (where m.latest) then max(m.m3) end
  from (
    select r.well_code, sum(r.volume) as m3,
           (array_agg(r.volume order by r.to_on desc, r.from_on desc))[1] = 0 as stopped,
           max(r.to_on) = max(max(r.to_on)) over (partition by r.well_code) as latest
    from gis.readings(day - 364, day, codes) r
    join gis.well w on w.code = r.well_code
    left join ended d on d.well_code = r.well_code
    where r.from_on > day - 365 and r.from_on > coalesce(d.ended_on, date '-infinity')
      and not exists (
        select from emergency g
        where g.well_code = r.well_code and g.from_on <= r.to_on
          and (g.until_on is null or g.until_on >= r.from_on))
      and not exists (
        select from gis.well_state s
        where s.well_id = w.well_id and s.status = 'emergency_only'
          and s.from_on > r.from_on and s.from_on <= day)
    group by r.well_code, r.method
  ) m
  group by m.well_code
$$;
