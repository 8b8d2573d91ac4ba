-- One row per application pending on {day} (or every one of {source}): what it asks for, and the
-- unit that would bear it. Columns named as those of a well mean what they mean there.
select a.application_id as subject_id, a.code, a.geom, coalesce(a.position_accuracy_m, 100)
         as uncertainty_m,
       a.area_code, a.kind as application_kind, a.build_type, a.construction_project,
       a.self_supply,
       case when a.kind in ('new', 'replacement') then 'proposed'
            when a.kind in ('renewal', 'increase') then 'active' end as status,
       a.well_type,
       case when a.well_type not in ('monitoring', 'exploration') or a.well_type is null then false
            when coalesce(a.use, 'monitoring_test') = 'monitoring_test' then true end
         as monitoring_type,
       a.use, a.industry_class, null::date as completed_on,
       a.kind = 'replacement' as replaces_another, a.no_alternative_source,
       a.depth_m, a.aquifer_renewal, a.aquifer_depth,
       a.annual_m3 as annual_permitted_m3,
       case when a.kind = 'new' then coalesce(a.held_m3, 0) else a.held_m3 end
         as prior_permitted_m3,
       {day}::date as permitted_since,  -- the volume asked for holds from today at the earliest
       case when a.kind = 'new' then a.annual_m3 - coalesce(a.held_m3, 0)
            else a.annual_m3 - a.held_m3 end as added_m3,
       a.annual_m3, null::float8 as this_year_m3, a.output_quantity, n.m3_per_output as norm_m3_per_output, a.high_consumption,
       a.obsolete_process, a.against_policy, a.illegal_reclamation, a.standards_met,
       a.network_can_meet, a.reclaimed_usable, a.reclaimed_used, a.surface_usable,
       a.review_passed, a.endangers_works,
       u.quota_m3 as unit_quota_m3, u.cap_m3 as unit_cap_m3, u.permitted_m3 as unit_permitted_m3,
       u.taken_m3 as unit_taken_m3,
       u.taken_quota_m3 as unit_taken_quota_m3, u.level_m as unit_level_m,
       u.control_level_m as unit_control_level_m{granted}
from {source} a
left join lateral (
  select n.m3_per_output from gis.water_norm n
  where n.product = a.product and n.from_on <= {day} and (n.to_on is null or n.to_on >= {day})
    and starts_with(coalesce(a.area_code, ''), coalesce(n.area_code, ''))
  order by length(coalesce(n.area_code, '')) desc, n.from_on desc limit 1
) n on true
left join lateral (
  select case when count(*) = 1 then min(z.unit_code) end as unit_code
  from gis.units_at(a.geom, a.area_code, {day}, a.position_accuracy_m) z
) at on true
left join gis.units_on({day}) u on u.unit_code = at.unit_code
left join gis.grants_on('application', {day}) g on g.subject_code = a.code
where coalesce(a.applied_on, '-infinity') <= {day}
  and (a.decided_on is null or a.decided_on > {day})
