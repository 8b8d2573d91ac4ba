-- Of facts_well.sql: what the permits of a well say together, and what was taken under them. Reads its
-- `held`, `linked`, `taken` and `last_read`.
well_permit (well_code, held, volumes, annual_m3, prior_m3, since, valid_to, approved_on,
                renewal_applied_on, renewing, one_place, place, place_accuracy_m) as (
  -- The permits of a well together. volumes: how many of them tell one. Where they end on several
  -- days the last counts, if it is certain. one_place: it has a single permit, which no other has:
  -- that is to say where the well is. What several have a part in says nothing of one.
  select p.well_code,
         case when bool_or(p.held) then true when count(p.held) = count(*) then false end,
         count(p.volume_m3),
         case when count(p.volume_m3) = count(*) then sum(p.volume_m3) end,
         case when bool_or(p.changed) and count(p.before_m3) = count(*) then sum(p.before_m3) end,
         case when bool_or(p.changed) and count(p.before_m3) = count(*) then max(p.since) end,
         case when max(p.valid_to) filter (where p.counts) >= {day}
                or count(p.valid_to) filter (where p.counts) = count(*) filter (where p.counts)
              then max(p.valid_to) filter (where p.counts) end,
         max(p.approved_on),
         (array_agg(p.renewal_applied_on order by p.valid_to desc nulls last, p.renewal_applied_on)
           filter (where p.counts))[1],
         (array_agg(p.renewing order by p.valid_to desc nulls last, p.renewal_applied_on)
           filter (where p.counts))[1],
         count(*) filter (where p.counts) = 1 and bool_and(p.alone) filter (where p.counts),
         (array_agg(p.place) filter (where p.counts))[1],
         max(p.place_accuracy_m) filter (where p.counts)
  from held p
  group by p.well_code
), well_use (well_code, uses) as (
  -- What the permits of a well let it be used for; a null among them for one that does not say.
  select p.well_code, array_agg(u.use)
  from held p
  left join gis.permit_purpose u
    on u.permit_number = p.permit_number
   and (u.from_on is null or u.from_on <= {day}) and (u.to_on is null or u.to_on >= {day})
  where p.counts
  group by p.well_code
), covering as materialized (
  select p.*, p.from_on = gis.new_year({day}, -1) and p.before_on > {day} as whole
  from gis.permits_over(gis.new_year({day}, -1), {day}, {codes}) p
), well_report (well_code, filed) as (
  -- Of wells that a permit covered last year: whether that year's abstraction has been reported, for
  -- every such permit.
  select p.well_code,
         case when bool_or(not f.filed) then false when count(f.filed) = count(*) then true end
  from covering p
  left join gis.annual_report r
    on r.permit_number = p.permit_number and r.year = extract(year from {day}) - 1
  cross join lateral (
    select r.state = 'filed' and (r.filed_on is null or r.filed_on <= {day})) f (filed)
  where p.from_on < gis.new_year({day}, 0)
  group by p.well_code
), emergency (well_code, last_year, this_year) as materialized (
  -- Wells with an emergency granted within last year, or this year so far.
  select g.well_code,
         bool_or(g.from_on < gis.new_year({day}, 0)
                 and (g.until_on is null or g.until_on >= gis.new_year({day}, -1))),
         bool_or(g.until_on is null or g.until_on >= gis.new_year({day}, 0))
  from gis.emergencies_of_wells({codes}) g
  where g.from_on <= {day}
  group by g.well_code
), permit_emergency (well_code, last_year, this_year) as (
  -- Whether any well of a well's permits had one, or itself.
  select t.well_code, bool_or(t.last_year), bool_or(t.this_year)
  from (
    select e.well_code, e.last_year, e.this_year from emergency e
    union all
    select c.well_code, p.last_year, p.this_year
    from covering c
    join (
      select o.permit_number, bool_or(e.last_year) as last_year, bool_or(e.this_year) as this_year
      from covering o
      join emergency e on e.well_code = o.well_code
      group by o.permit_number
    ) p on p.permit_number = c.permit_number
  ) t
  group by t.well_code
), changing as materialized (  -- wells whose permits did change, and those that share one
  select well_code from covering where not whole
), sharing as materialized (
  select well_code from covering where permit_number in (
    select permit_number from covering group by permit_number
    having min(well_code) < max(well_code))
), piece as materialized (
  select s.span, s.since, s.before, p.well_code, p.permit_number, p.volume_m3,
         greatest(p.from_on, s.since) as from_on, least(p.before_on, s.before) as before_on
  from covering p
  join gis.year_spans({day}) s on p.from_on < s.before and p.before_on > s.since
  where p.well_code in (select well_code from changing union all select well_code from sharing)
), permitted (well_code, year_volumes, year_least_m3, year_most_m3, now_volumes, now_most_m3) as (
  -- What the permits of a well let it take together, on the day of the span on which they let it take
  -- least, and most: null where on some of its days there was none (that is known of).
  with steady as (
    select well_code, count(volume_m3) as volumes,
           case when count(volume_m3) = count(*) then sum(volume_m3) end as volume_m3
    from covering
    group by well_code
    having bool_and(whole)
  ), on_days as (
    select t.span, t.well_code, t.on_day, count(p.permit_number) as permits,
           count(p.volume_m3) as volumes, sum(p.volume_m3) as volume_m3
    from (
      select span, well_code, since as on_day from piece
      union
      select span, well_code, from_on from piece
      union
      select span, well_code, before_on from piece where before_on < before
    ) t
    left join piece p on p.span = t.span and p.well_code = t.well_code
      and t.on_day >= p.from_on and t.on_day < p.before_on
    where t.well_code in (select well_code from changing)
    group by t.span, t.well_code, t.on_day
  ), by_span as (
    select span, well_code, max(volumes) as volumes,
           case when bool_and(volumes = permits) then min(volume_m3) filter (where permits > 0) end
             as least_m3,
           case when bool_and(permits > 0 and volumes = permits) then max(volume_m3) end as most_m3
    from on_days
    group by span, well_code
  )
  select t.well_code, max(t.year_volumes), max(t.year_least_m3), max(t.year_most_m3),
         max(t.now_volumes), max(t.now_most_m3)
  from (
    select s.well_code, s.volumes as year_volumes, s.volume_m3 as year_least_m3,
           s.volume_m3 as year_most_m3, s.volumes as now_volumes, s.volume_m3 as now_most_m3
    from steady s
    union all
    select y.well_code, y.volumes, y.least_m3, y.most_m3, null, null from by_span y
    where y.span = 'year'
    union all
    select n.well_code, null, null, null, n.volumes, n.most_m3 from by_span n where n.span = 'now'
  ) t
  group by t.well_code
), permit_taken (well_code, year_m3, year_least_m3, year_apart, now_m3, now_apart) as (
  -- Volumes under a permit that covers several wells: of all of them together; unknown where one of
  -- them is (least: the known part), or takes water under another permit as well. A well with several
  -- permits has what was taken under all of them. apart: all of it was, for each of the others was
  -- under the permit all the time, or took nothing. (Companions of a well are never paired: permits
  -- of thousands exist.)
  with covered as (
    select p.span, p.well_code, p.permit_number,
           sum(p.before_on - p.from_on) >= max(p.before - p.since) as whole
    from piece p
    where p.well_code in (select well_code from sharing)
    group by p.span, p.well_code, p.permit_number
  ), link as (
    select c.span, c.well_code, c.permit_number, v.m3, v.least_m3, count(*) over well as permits,
           case when c.whole or v.least_m3 = 0 then 0 else 1 end as part
    from covered c
    join gis.well w on w.code = c.well_code
    left join taken t on t.well_code = c.well_code
    cross join lateral (
      select case when c.span = 'year' then coalesce(t.annual_m3, w.annual_reported_m3)
                  else t.this_year_m3 end,
             case when c.span = 'year' then gis.at_least(t.annual_m3, w.annual_reported_m3, t.known_m3)
                  else coalesce(t.this_year_m3, 0) end) v (m3, least_m3)
    window well as (partition by c.span, c.well_code)
  ), permit as (
    select span, permit_number, count(*) as wells, count(*) filter (where permits > 1) as shared_wells,
           sum(part) as parts, sum(least_m3) as least_m3,
           case when span = 'now' or count(m3) = count(*) then sum(m3) end as taken_m3
    from link
    group by span, permit_number
  ), known as (
    select l.span, l.well_code, l.permits, p.wells, p.taken_m3, p.least_m3, l.least_m3 as own_least_m3,
           case when l.span = 'now' then l.least_m3 else l.m3 end as own_m3,
           p.shared_wells <= case when l.permits > 1 then 1 else 0 end as alone,
           p.parts <= l.part as apart
    from link l
    join permit p on p.span = l.span and p.permit_number = l.permit_number
  )
  select m.well_code,
         max(m.taken_m3) filter (where m.span = 'year'), max(m.least_m3) filter (where m.span = 'year'),
         bool_and(m.apart) filter (where m.span = 'year'),
         max(m.taken_m3) filter (where m.span = 'now'), bool_and(m.apart) filter (where m.span = 'now')
  from (
    select k.span, k.well_code,
           case when bool_and(k.alone) and (k.span = 'now' or count(k.taken_m3) = count(*))
                then sum(k.taken_m3) - (max(k.permits) - 1) * max(k.own_m3) end as taken_m3,
           case when bool_and(k.alone)
                then sum(k.least_m3) - (max(k.permits) - 1) * max(k.own_least_m3) end as least_m3,
           bool_and(k.apart) as apart
    from known k
    group by k.span, k.well_code
    having sum(k.wells) > max(k.permits)
  ) m
  group by m.well_code
), permit_read (well_code, last_taken_on, read_until) as (
  -- When water was last taken under any permit of a well, and until when all wells of these have
  -- been read: unknown where one never has.
  with permit as (
    select l.permit_number,
           case when count(r.last_taken_on) = count(*) then max(r.last_taken_on) end
             as last_taken_on,
           case when count(r.read_until) = count(*) then min(r.read_until) end as read_until
    from linked l
    left join last_read r on r.well_code = l.well_code
    group by l.permit_number
  )
  select l.well_code,
         case when count(p.last_taken_on) = count(*) then max(p.last_taken_on) end,
         case when count(p.read_until) = count(*) then min(p.read_until) end
  from linked l
  join permit p on p.permit_number = l.permit_number
  group by l.well_code
