-- One row per well: its register columns, and what the registers say of it on {day}.
-- monitoring_type: by its type it serves monitoring or exploration (null: its use says otherwise).
-- Parts that no rule reads cost nothing: each is grouped by the well, so the planner leaves it out.
-- {codes}: the wells whose records are read (null: all); rows of other wells are not to be used.
-- Years: the last full calendar year before the day, unless a name says otherwise.
-- What several of them need is worked out once; what nobody reads, not at all.
with held as materialized (
  select * from gis.permits_held({day}, {codes})
), linked as materialized (  -- wells with their permits, but for those that a well has in vain
  select l.well_code, l.permit_number
  from gis.permit_links({day}, {codes}) l
  left join held h on h.well_code = l.well_code and h.permit_number = l.permit_number
  where h.counts is not false
), taken as materialized (
  select * from gis.taken_by_wells({day}, {codes})
), taken_once as (  -- one row a well, as `taken` has: said so that the planner knows
  select t.well_code, max(t.annual_m3) as annual_m3, max(t.known_m3) as known_m3,
         max(t.this_year_m3) as this_year_m3, max(t.sources) as sources,
         max(t.least_m3) as least_m3, max(t.most_m3) as most_m3, max(t.electric) as electric
  from taken t
  group by t.well_code
), last_read as materialized (
  select * from gis.last_taken_by_wells({day}, {codes})
), last_read_once as (
  select r.well_code, max(r.last_taken_on) as last_taken_on, max(r.read_until) as read_until
  from last_read r
  group by r.well_code
), shut as materialized (
  select * from gis.shut_wells({day}, {codes})
), {permits}), owner_taken (owner_id, annual_m3, least_m3) as (
  -- What an owner's wells took in the last full year: in all (unknown where one is), and the part
  -- that is known. Wells not built by then, and those shut all the year, took nothing; what is entered
  -- of a well completed since is of another year.
  select w.owner_id, case when count(v.m3) = count(*) then sum(v.m3) end,
         sum(gis.at_least(t.annual_m3, e.m3, t.known_m3))
  from gis.well w
  left join taken t on t.well_code = w.code
  left join shut s on s.well_code = w.code
  cross join lateral (
    select w.completed_on >= gis.new_year({day}, 0) as since) c
  cross join lateral (
    select case when c.since is not true then w.annual_reported_m3 end as m3) e
  cross join lateral (
    select coalesce(t.annual_m3, e.m3,
                    case when w.status in ('proposed', 'denied', 'approved', 'lapsed',
                                           'under_construction', 'unfinished')
                           or c.since
                           or s.well_code is not null
                              and coalesce(s.registered_on, date '-infinity') <= gis.new_year({day}, -1)
                         then 0 end)) v (m3)
  where w.owner_id is not null and ({codes} is null or w.code = any ({codes}))
  group by w.owner_id
)
select w.well_id as subject_id, w.code, w.geom, w.uncertainty_m, w.area_code,
       w.self_supply, w.owner_id is not null or not w.ownerless as owner_known,
       coalesce(ow.uscc, '') <> '' as owner_has_uscc,
       case when {day} >= gis.today() then w.status else st.status end as status,
       w.well_type,
       case when w.well_type not in ('monitoring', 'exploration') or w.well_type is null then false
            when coalesce(w.use, 'monitoring_test') = 'monitoring_test' then true end
         as monitoring_type,
       w.use, coalesce(w.industry_class, u.industry_class) as industry_class,
       w.completed_on, w.replaces is not null as replaces_another, w.works_started_on, w.filing_state,
       w.filed_on, w.no_alternative_source,
       w.risk_class, w.depth_m, w.diameter_mm, w.aquifer_renewal, w.aquifer_depth,
       s.aquifers_crossed, s.aquifer_polluted, s.quality_class_gap,
       case when p.held then 'held' when not p.held then 'none'
            else nullif(w.permit_state, 'unknown') end as permit_state,
       coalesce(p.annual_m3, case when coalesce(p.volumes, 0) = 0 then w.annual_permitted_m3 end)
         as annual_permitted_m3,
       coalesce(p.prior_m3, w.prior_permitted_m3) as prior_permitted_m3,
       case when p.prior_m3 is null then w.permitted_since else p.since end as permitted_since,
       p.valid_to as permit_valid_to, p.approved_on as permit_approved_on, p.renewal_applied_on,
       p.renewing as renewal_pending,
       case when pu.well_code is not null then w.use = any (pu.uses) end as use_permitted,
       case when p.one_place is not false
            then gis.metres_apart(p.place, w.geom) > w.uncertainty_m + p.place_accuracy_m
            else false end as permit_misplaced,
       case when pr.well_code is not null then true when p.well_code is not null then false end
         as permit_held_last_year,
       pr.filed as last_report_filed,
       coalesce(m.state, nullif(w.meter_state, 'unknown')) as meter_state, m.calibration_due_on,
       o.meter_due_on, o.repair_due_on, o.close_due_on,
       coalesce(t.annual_m3, w.annual_reported_m3) as annual_m3, t.this_year_m3,
       case when pt.year_apart is null then coalesce(t.annual_m3, w.annual_reported_m3)
            else pt.year_m3 end as permit_taken_m3,
       case when pt.year_apart is null then own.least_m3 else pt.year_least_m3 end
         as permit_taken_least_m3,
       coalesce(pt.now_m3, t.this_year_m3) as permit_this_year_m3,
       case when pp.year_volumes is null and p.well_code is not null then 0
            when coalesce(pp.year_volumes, 0) = 0 then en.year_least_m3 else pp.year_least_m3 end
         as permit_year_least_m3,
       case when pp.year_volumes is null and p.well_code is not null or not pt.year_apart then null
            when coalesce(pp.year_volumes, 0) = 0 then en.year_most_m3 else pp.year_most_m3 end
         as permit_year_most_m3,
       case when not pt.now_apart then null
            when coalesce(pp.now_volumes, 0) = 0 then en.now_most_m3 else pp.now_most_m3 end
         as permit_now_most_m3,
       ut.annual_m3 as owner_taken_m3,
       coalesce(ut.least_m3, own.least_m3) as owner_taken_least_m3,
       coalesce(u.annual_use_m3, ut.annual_m3) as user_annual_m3,
       coalesce(u.annual_use_m3, ut.least_m3, own.least_m3) as user_least_m3,
       l.last_taken_on, l.read_until,
       case when pl.well_code is null then l.last_taken_on else pl.last_taken_on end
         as permit_last_taken_on,
       case when pl.well_code is null then l.read_until else pl.read_until end
         as permit_read_until,
       case when a.well_code is null then 0 else a.since_shut_m3 end as taken_since_shut_m3,
       case when a.well_code is null then 0 else a.since_shut_kwh end as kwh_since_shut,
       case when e.well_code is null then 0 else e.after_m3 end as taken_after_emergency_m3,
       coalesce(c.m3_per_kwh, ca.m3_per_kwh) as kwh_coefficient,
       coalesce(t.electric, 0)::float8 as electricity_readings,
       coalesce(t.sources, 0)::float8 as crosscheck_sources,
       t.least_m3 as crosscheck_least_m3, t.most_m3 as crosscheck_most_m3,
       u.key_monitored, u.water_manager,
       coalesce(pe.last_year, false) as emergency_last_year,
       coalesce(pe.this_year, false) as emergency_this_year,
       oc.well_code is not null as close_ordered,
       g.lapsed_on as exemption_lapsed_on, g.ended_on as emergency_ended_on,
       case when g.ended_on is not null then gis.working_days_after(g.ended_on, 5) end
         as emergency_filing_due_on,
       g.filing_state as emergency_filing, g.filed_on as emergency_filed_on{granted}{violated}
from gis.well w
left join gis.party ow on ow.party_id = w.owner_id
left join gis.states_on({day}, {codes}) st on st.well_id = w.well_id
left join well_permit p on p.well_code = w.code
left join well_use pu on pu.well_code = w.code
left join well_report pr on pr.well_code = w.code
left join permit_taken pt on pt.well_code = w.code
left join permitted pp on pp.well_code = w.code
left join permit_emergency pe on pe.well_code = w.code
left join gis.permits_entered({day}, {codes}) en on en.well_code = w.code
left join gis.meters_of_wells({day}, {codes}) m on m.well_code = w.code
left join taken_once t on t.well_code = w.code
cross join lateral (
  select gis.at_least(t.annual_m3, w.annual_reported_m3, t.known_m3)) own (least_m3)
left join last_read_once l on l.well_code = w.code
left join permit_read pl on pl.well_code = w.code
left join gis.taken_since_shut({day}, {codes}) a on a.well_code = w.code
left join gis.taken_after_emergency({day}, {codes}) e on e.well_code = w.code
left join owner_taken ut on ut.owner_id = w.owner_id
left join gis.users_by_owners({day}, {codes}) u on u.owner_id = w.owner_id
left join gis.screens_of_wells({codes}) s on s.well_code = w.code
left join gis.orders_on_wells({day}, {codes}) o on o.well_code = w.code
left join gis.ordered_to_close({day}, {codes}) oc on oc.well_code = w.code
left join gis.coefficients_of_wells({day}, {codes}) c on c.well_code = w.code
left join gis.coefficients_of_areas({day}, {codes}) ca on ca.area_code = coalesce(w.area_code, '')
left join gis.grants_on('well', {day}, {codes}) g on g.subject_code = w.code
left join gis.violations_of_wells({day}, {codes}) v on v.well_code = w.code
