-- Which permits covered which wells over a span of days, and what they permitted: a row for every
-- version in force, from its first day until (without) `before_on`. Void ones permit nothing and have
-- no row; of a permit that has no record but its number, volume_m3 is null.
-- `codes` as in 50_registers.sql.
create or replace function gis.permits_over(first_on date, last_on date, codes text[] default null)
returns table (well_code text, permit_number text, volume_m3 double precision, from_on date,
               before_on date)
language sql stable parallel safe as
$$
  with entry as (
    select l.well_code, l.permit_number, coalesce(l.from_on, date '-infinity') as from_on,
           coalesce(l.to_on, last_on) + 1 as before_on
    from gis.permit_well l
    where codes is null or l.well_code = any (codes)
    union
    select w.code, w.permit_number, first_on, last_on + 1 from gis.well w
    where (codes is null or w.code = any (codes)) and w.permit_number is not null
      and not exists (select from gis.permit_well l where l.well_code = w.code)
  ), link as (  -- days that two entries name count once
    select e.well_code, e.permit_number, e.before_on,
           greatest(e.from_on, coalesce(max(e.before_on) over earlier, e.from_on)) as from_on
    from entry e
    window earlier as (partition by e.well_code, e.permit_number order by e.from_on, e.before_on
                       rows between unbounded preceding and 1 preceding)
  ), version as (
    select v.number, v.annual_m3, v.held, v.began_on,
           lead(v.began_on) over (partition by v.number order by v.began_on, v.permit_id) as next_on
    from (
      select p.number, p.annual_m3, p.permit_id,
             gis.in_force_from(p.changed_on, p.valid_from, p.approved_on) as began_on,
             gis.held_in(p.state) as held
      from gis.permit p
      where codes is null or p.number = any (array(select e.permit_number from entry e))
    ) v
  ), piece as (
    select l.well_code, l.permit_number, v.held, v.annual_m3,
           greatest(l.from_on, coalesce(v.began_on, first_on), first_on) as from_on,
           least(l.before_on, coalesce(v.next_on, last_on + 1), last_on + 1) as before_on
    from link l
    left join version v on v.number = l.permit_number
  )
  select p.well_code, p.permit_number, p.annual_m3, p.from_on, p.before_on
  from piece p
  where p.from_on < p.before_on and p.held is not false
$$;

-- The last full year, and this year so far: from `since` until (without) `before`.
create or replace function gis.year_spans(day date)
returns table (span text, since date, before date)
language sql immutable parallel safe as
$$
  select 'year', gis.new_year(day, -1), gis.new_year(day, 0)
  union all
  select 'now', gis.new_year(day, 0), day + 1
$$;

-- What the well's own entry says was permitted, with the one change that it can tell of: least and
-- most within the last full year, and most within this year so far.
create or replace function gis.permits_entered(day date, codes text[] default null)
returns table (well_code text, year_least_m3 double precision, year_most_m3 double precision,
               now_most_m3 double precision)
language sql stable parallel safe as
$$
  select w.code,
         case when c.now then coalesce(w.prior_permitted_m3, 0)
              when c.last_year then least(w.annual_permitted_m3, w.prior_permitted_m3)
              else w.annual_permitted_m3 end,
         case when c.now then w.prior_permitted_m3
              when not c.last_year or w.prior_permitted_m3 <= w.annual_permitted_m3
              then w.annual_permitted_m3
              when w.prior_permitted_m3 > w.annual_permitted_m3 then w.prior_permitted_m3 end,
         case when not c.now or w.prior_permitted_m3 <= w.annual_permitted_m3
              then w.annual_permitted_m3
              when w.prior_permitted_m3 > w.annual_permitted_m3 then w.prior_permitted_m3 end
  from gis.well w
  cross join lateral (
    select coalesce(w.permitted_since >= gis.new_year(day, 0), false),
           coalesce(w.permitted_since > gis.new_year(day, -1), false)
  ) c (now, last_year)
  where codes is null or w.code = any (codes)
$$;
