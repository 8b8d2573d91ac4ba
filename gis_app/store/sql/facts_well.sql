-- One row per well: its register columns, and what the registers say of it on {day}. Parts that no
-- rule reads cost nothing: each is grouped by the well, so the planner leaves it out. {codes}: the
-- wells whose records are read (null: all); rows of other wells are not to be used.
-- Years: the last full calendar year before the day, unless a name says otherwise.
select w.well_id as subject_id, w.code, w.geom, w.uncertainty_m, w.area_code,
       w.self_supply, w.owner_id is not null as owner_known,
       case when {day} >= gis.today() then w.status else st.status end as status,
       w.well_type, w.use, coalesce(w.industry_class, u.industry_class) as industry_class,
       w.completed_on, w.works_started_on, w.filing_state, w.filed_on, w.no_alternative_source,
       w.risk_class, w.depth_m, w.diameter_mm, w.aquifer_renewal, w.aquifer_depth,
       s.aquifers_crossed, s.aquifer_polluted, s.quality_class_gap,
       case when p.held then 'held' when not p.held then 'none'
            else nullif(w.permit_state, 'unknown') end as permit_state,
       coalesce(p.annual_m3, case when coalesce(p.volumes, 0) = 0 then w.annual_permitted_m3 end)
         as annual_permitted_m3,
       coalesce(p.prior_m3, w.prior_permitted_m3) as prior_permitted_m3,
       p.valid_to as permit_valid_to, p.approved_on as permit_approved_on, p.renewal_applied_on,
       w.use = any (pu.uses) as use_permitted,
       coalesce(
         st_distance(p.place::geography, w.geom::geography) > w.uncertainty_m + p.place_accuracy_m,
         false) as permit_misplaced,
       pr.filed as last_report_filed,
       coalesce(m.state, nullif(w.meter_state, 'unknown')) as meter_state, m.calibration_due_on,
       o.meter_due_on, o.repair_due_on, o.close_due_on,
       coalesce(t.annual_m3, w.annual_reported_m3) as annual_m3, t.this_year_m3,
       case when pt.well_code is null then coalesce(t.annual_m3, w.annual_reported_m3)
            else pt.annual_m3 end as permit_taken_m3,
       coalesce(pt.this_year_m3, t.this_year_m3) as permit_this_year_m3,
       coalesce(u.annual_use_m3, ut.annual_m3) as user_annual_m3,
       coalesce(u.annual_use_m3, ut.least_m3, t.annual_m3, w.annual_reported_m3, 0)
         as user_least_m3,
       l.last_taken_on, l.read_until,
       case when a.well_code is null then 0 else a.since_shut_m3 end as taken_since_shut_m3,
       case when a.well_code is null then 0 else a.since_shut_kwh end as kwh_since_shut,
       case when e.well_code is null then 0 else e.after_m3 end as taken_after_emergency_m3,
       coalesce(c.m3_per_kwh, ca.m3_per_kwh) as kwh_coefficient,
       coalesce(t.sources, 0)::float8 as crosscheck_sources,
       t.least_m3 as crosscheck_least_m3, t.most_m3 as crosscheck_most_m3,
       u.key_monitored, u.water_manager,
       g.lapsed_on as exemption_lapsed_on, g.ended_on as emergency_ended_on,
       case when g.ended_on is not null then gis.working_days_after(g.ended_on, 5) end
         as emergency_filing_due_on,
       g.filing_state as emergency_filing, g.filed_on as emergency_filed_on{granted}{violated}
from gis.well w
left join gis.states_on({day}, {codes}) st on st.well_id = w.well_id
left join gis.permits_of_wells({day}, {codes}) p on p.well_code = w.code
left join gis.uses_of_wells({day}, {codes}) pu on pu.well_code = w.code
left join gis.reports_of_wells({day}, {codes}) pr on pr.well_code = w.code
left join gis.taken_under_permits({day}, {codes}) pt on pt.well_code = w.code
left join gis.meters_of_wells({day}, {codes}) m on m.well_code = w.code
left join gis.taken_by_wells({day}, {codes}) t on t.well_code = w.code
left join gis.last_taken_by_wells({day}, {codes}) l on l.well_code = w.code
left join gis.taken_after_shutting({day}, {codes}) a on a.well_code = w.code
left join gis.taken_after_emergency({day}, {codes}) e on e.well_code = w.code
left join gis.taken_by_owners({day}, {codes}) ut on ut.owner_id = w.owner_id
left join gis.users_by_owners({day}, {codes}) u on u.owner_id = w.owner_id
left join gis.screens_of_wells({codes}) s on s.well_code = w.code
left join gis.orders_on_wells({day}, {codes}) o on o.well_code = w.code
left join gis.coefficients_of_wells({day}, {codes}) c on c.well_code = w.code
left join gis.coefficients_of_areas({day}, {codes}) ca on ca.area_code = coalesce(w.area_code, '')
left join gis.grants_on('well', {day}, {codes}) g on g.subject_code = w.code
left join gis.violations_of_wells({day}, {codes}) v on v.well_code = w.code
