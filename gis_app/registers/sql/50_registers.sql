-- What the registers say on a day, one row per well (owner …). Plain SQL functions, so that they
-- are taken apart into the query that reads them, and left out where nobody does. `codes` names the
-- wells whose records are read (null: all): what is summed over a permit or an owner is right for
-- wells of which it names every companion.

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

-- The first day of a year: of the day's year, or some years before or after it.
create or replace function gis.new_year(day date, years int) returns date
language sql immutable parallel safe as
$$ select make_date(extract(year from day)::int + years, 1, 1) $$;

-- The status of wells on a day gone by: the one recorded last of those that had begun, else the
-- first that is known. (Today's and later is the well's own.)
create or replace function gis.states_on(day date, codes text[] default null)
returns table (well_id bigint, status text)
language sql stable parallel safe as
$$
  select distinct on (s.well_id) s.well_id, s.status
  from gis.well_state s
  cross join lateral (select s.from_on is null or s.from_on <= day) b (begun)
  where day < gis.today()
    and (codes is null
         or s.well_id = any (array(select w.well_id from gis.well w where w.code = any (codes))))
  order by s.well_id, b.begun desc,
           case when b.begun then -s.well_state_id else s.well_state_id end
$$;

-- Which permits cover which wells on a day: by the register of both, and by the well's own entry.
create or replace function gis.permit_links(day date, codes text[] default null)
returns table (well_code text, permit_number text)
language sql stable parallel safe as
$$
  select l.well_code, l.permit_number from gis.permit_well l
  where (codes is null or l.well_code = any (codes))
    and (l.from_on is null or l.from_on <= day) and (l.to_on is null or l.to_on >= day)
  union
  select w.code, w.permit_number from gis.well w
  where (codes is null or w.code = any (codes)) and w.permit_number is not null
    and not exists (select from gis.permit_well l where l.well_code = w.code)
$$;

-- Whether a permit in a state is held: issued and not yet cancelled (null: unknown).
create or replace function gis.held_in(state text) returns boolean
language sql immutable parallel safe as
$$ select state in ('issued', 'amended', 'transferred', 'renew_pending', 'expired') $$;

-- From which day a version of a permit is in force; one without a day, ever since.
create or replace function gis.in_force_from(changed_on date, valid_from date, approved_on date)
returns date language sql immutable parallel safe as
$$ select coalesce(changed_on, valid_from, approved_on, date '-infinity') $$;

-- Wells with their permits, in the version of the day. held: see gis.held_in; counts: it is not known
-- to be void, or all of the well's are; alone: no other well has it; volume_m3: a void permit permits
-- nothing; before_m3: before the well's latest change (known where `changed`), which was on the day
-- `since` (null: not known); renewing: its renewal is under review.
create or replace function gis.permits_held(day date, codes text[] default null)
returns table (well_code text, permit_number text, held boolean, counts boolean, alone boolean,
               changed boolean, volume_m3 double precision, before_m3 double precision,
               since date, renewing boolean, valid_to date, approved_on date,
               renewal_applied_on date, place geometry, place_accuracy_m double precision)
language sql stable parallel safe as
$$
  with version as (
    select p.number, p.state = 'renew_pending' as renewing, p.valid_to,
           -- what was taken back, or refused, is approved no more
           case when p.state in ('denied', 'cancelled', 'revoked') then null else p.approved_on end
             as approved_on, p.renewal_applied_on, p.place_lon, p.place_lat, p.place_accuracy_m, v.began_on, v.held,
           v.volume_m3,
           row_number() over latest as nth, lead(v.volume_m3) over latest as prior_m3,
           lead(true, 1, false) over latest as follows
    from gis.permit p
    cross join lateral (
      select gis.in_force_from(p.changed_on, p.valid_from, p.approved_on) as began_on, s.held,
             case when s.held is false then 0 else p.annual_m3 end as volume_m3
      from (select gis.held_in(p.state)) s (held)
    ) v
    where v.began_on <= day
      and (codes is null
           or p.number = any (array(select l.permit_number from gis.permit_links(day, codes) l)))
    window latest as (partition by p.number order by v.began_on desc, p.permit_id desc)
  ), link as (
    select l.*, count(*) over (partition by l.permit_number) = 1 as alone
    from gis.permit_links(day, codes) l
  ), held as (
    select l.well_code, l.alone, v.*,
           max(v.began_on) over (partition by l.well_code) as turned_on,
           bool_or(v.held is not false) over (partition by l.well_code) as some_count
    from link l
    join version v on v.number = l.permit_number and v.nth = 1
  )
  select h.well_code, h.number, h.held, h.held is not false or not h.some_count, h.alone,
         h.follows or h.began_on < h.turned_on, h.volume_m3,
         case when h.began_on < h.turned_on then h.volume_m3 when h.follows then h.prior_m3
              else 0 end,
         case when h.turned_on > date '-infinity' then h.turned_on end,
         h.renewing, h.valid_to, h.approved_on,
         case when h.renewal_applied_on <= day then h.renewal_applied_on end,
         gis.place(h.place_lon, h.place_lat), coalesce(h.place_accuracy_m, 100)
  from held h
$$;

-- Whether a well was ever ordered to close, or to be sealed: by an order, or by its state.
create or replace function gis.ordered_to_close(day date, codes text[] default null)
returns table (well_code text)
language sql stable parallel safe as
$$
  select o.well_code from gis.correction_order o
  where o.kind in ('close', 'seal') and o.ordered_on <= day
    and (codes is null or o.well_code = any (codes))
  union
  select w.code from gis.well_state s
  join gis.well w on w.well_id = s.well_id
  where s.status = 'ordered_to_close' and (s.from_on is null or s.from_on <= day)
    and (codes is null or w.code = any (codes))
$$;

-- The meter fitted last of those in place, and when it is due for calibration: at once where it
-- failed. Where every meter has been taken out there is none.
create or replace function gis.meters_of_wells(day date, codes text[] default null)
returns table (well_code text, state text, calibration_due_on date)
language sql stable parallel safe as
$$
  select distinct on (m.well_code) m.well_code, case when i.place then m.state else 'none' end,
         (select case when c.result = 'failed' then c.checked_on else c.due_on end
          from gis.calibration c
          where i.place and c.well_code = m.well_code and c.serial = m.serial
            and c.checked_on <= day
          order by c.checked_on desc limit 1)
  from gis.meter m
  cross join lateral (select m.removed_on is null or m.removed_on > day) i (place)
  where (codes is null or m.well_code = any (codes)) and (m.fitted_on is null or m.fitted_on <= day)
  order by m.well_code, i.place desc, m.fitted_on desc nulls last, m.meter_id desc
$$;

-- Exemptions: granted by document, or in the well's own entry; the last day counts.
create or replace function gis.grants(subject text, codes text[] default null)
returns table (subject_code text, kind text, from_on date, until_on date, filing_state text,
               filed_on date)
language sql stable parallel safe as
$$
  select g.subject_code, g.kind, g.from_on, g.until_on, g.filing_state, g.filed_on
  from gis.exemption_grant g
  where g.subject = grants.subject and (codes is null or g.subject_code = any (codes))
  union all
  select w.code, w.exemption_kind, date '-infinity', w.exemption_until, null, null
  from gis.well w
  where grants.subject = 'well' and w.exemption_kind <> 'none'
    and (codes is null or w.code = any (codes))
$$;

-- Emergencies granted to wells, for which water is taken without a permit (取水许可条例 4).
create or replace function gis.emergencies_of_wells(codes text[] default null)
returns table (well_code text, from_on date, until_on date)
language sql stable parallel safe as
$$
  select g.subject_code, g.from_on, g.until_on from gis.grants('well', codes) g
  where g.kind in ('engineering_emergency', 'public_safety_emergency', 'drought_emergency')
$$;

-- Those of a subject on a day. ended_on, filing_state, filed_on: of the emergency of works that ended
-- last; of those that should have been filed by then and perhaps were not, before all others.
create or replace function gis.grants_on(subject text, day date, codes text[] default null)
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
         (array_agg(g.until_on order by g.overdue desc, g.until_on desc) filter (where g.ended))[1],
         (array_agg(g.filing_state order by g.overdue desc, g.until_on desc)
           filter (where g.ended))[1],
         (array_agg(g.filed_on order by g.overdue desc, g.until_on desc) filter (where g.ended))[1]
  from (
    select w.*, coalesce(w.due_on < day, false)
             and not coalesce(w.filing_state = 'filed' and w.filed_on <= w.due_on, false) as overdue
    from (
      select e.*, e.until_on < day and e.kind = 'engineering_emergency' as ended,
             case when e.until_on < day and e.kind = 'engineering_emergency'
                  then gis.working_days_after(e.until_on, 5) end as due_on
      from gis.grants(grants_on.subject, codes) e
    ) w
  ) g
  group by g.subject_code
$$;

-- The latest yearly entry of a user up to last year (of listings: up to this year).
create or replace function gis.users_by_owners(day date, codes text[] default null)
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
    and (codes is null
         or p.party_id = any (array(select w.owner_id from gis.well w where w.code = any (codes))))
  group by p.party_id
$$;

create or replace function gis.screens_of_wells(codes text[] default null)
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
  where codes is null or s.well_code = any (codes)
  group by s.well_code
$$;

-- Deadlines of orders that have not been met: the latest of each kind.
create or replace function gis.orders_on_wells(day date, codes text[] default null)
returns table (well_code text, meter_due_on date, repair_due_on date, close_due_on date)
language sql stable parallel safe as
$$
  select o.well_code,
         max(o.due_on) filter (where o.kind = 'fit_meter'),
         max(o.due_on) filter (where o.kind = 'repair_meter'),
         max(o.due_on) filter (where o.kind in ('close', 'seal'))
  from gis.correction_order o
  where o.ordered_on <= day and (o.done_on is null or o.done_on > day)
    and (codes is null or o.well_code = any (codes))
  group by o.well_code
$$;

create or replace function gis.violations_of_wells(day date, codes text[] default null)
returns table (well_code text, kinds text[])
language sql stable parallel safe as
$$
  select v.well_code, array_agg(v.kind)
  from gis.violation v
  where v.found_on <= day and (v.settled_on is null or v.settled_on > day)
    and (codes is null or v.well_code = any (codes))
  group by v.well_code
$$;
