-- One row per site or project, as registered.
-- meets_monitoring: its ground surely holds a working monitoring well (null: it may). A site known
-- by a point surely holds one only where both positions are exact.
-- centralised_groundwater: every source protection zone that it touches is one of a centralised
-- source of groundwater (null: some are, or may be; or it touches none).
select s.site_id as subject_id, s.code, s.geom, coalesce(s.position_accuracy_m, 100)
         as uncertainty_m,
       s.area_code, s.kind as site_kind, s.build_type, s.industry_class, s.high_consumption,
       s.against_policy, s.obsolete_process, s.pollution_risk, s.discharges, s.heavy_polluter,
       s.discharge_increases, s.serves_supply, s.open_loop, s.aquifer_renewal, s.abstracted_m3,
       s.reinjected_m3, s.dewatering_m3, nullif(s.permit_state, 'unknown') as permit_state,
       coalesce(s.monitoring_wells, nullif(m.inside, 0))::float8 as monitoring_wells,
       case when m.inside > 0 then true when m.near > 0 then null else false end
         as meets_monitoring,
       case when p.yes = p.zones and p.zones > 0 then true when p.no = p.zones and p.zones > 0 then false
            end as centralised_groundwater,
       s.mine_reuse_ratio, s.water_area_change_m2, s.key_unit, s.monitored_on,
       s.geothermal_assessed, s.geothermal_isolated, s.geothermal_reinjects{granted}
from gis.site s
left join lateral (
  select count(*) filter (where d.metres >= t.metres) as inside,
         count(*) filter (where d.metres >= 0 or -d.metres < t.metres) as near
  from gis.well w
  left join lateral gis.states_on({day}, array[w.code]) st on true
  cross join lateral (select w.uncertainty_m + coalesce(s.position_accuracy_m, 100)) t (metres)
  cross join lateral (
    select case when st_dimension(s.geom) = 2 then gis.depth(w.geom, s.geom, false)
                else -st_distance(s.geom::geography, w.geom::geography) end offset 0
  ) d (metres)
  where w.well_type = 'monitoring'
    and case when {day} >= gis.today() then w.status else st.status end
        in ('active', 'trial', 'paused')
    and not exists (select from gis.undrilled_on({day}) u where u.well_id = w.well_id)
    and gis.reach(w.geom, w.uncertainty_m) && gis.reach(s.geom, coalesce(s.position_accuracy_m, 100))
) m on true
left join lateral (
  select count(*) as zones, count(*) filter (where a.kind) as yes,
         count(*) filter (where not a.kind) as no
  from {zones} z
  cross join lateral (
    select z.attrs ->> 'water_type' = 'groundwater' and (z.attrs ->> 'centralised')::boolean) a (kind)
  where z.layer = 'source_protection_zone'
    and gis.binds(z.law_status, z.valid_from, z.valid_to, {day})
    and st_intersects(z.geom, gis.reach(s.geom, coalesce(s.position_accuracy_m, 100)))
) p on true
left join gis.grants_on('site', {day}) g on g.subject_code = s.code
