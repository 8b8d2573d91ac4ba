-- The versions of a zone (:zone_id, of :layer), latest first: their life as the history has it; `declared`:
-- nobody approved it here, it was law already. `reason`: of the latest step.
select z.version, z.name, z.area_code, z.law_status, z.valid_from, z.valid_to, z.recorded_at, z.recorded_by,
       case when z.law_status <> 'draft' then submitted.actor end as submitted_by,
       case when not declared.so then approved.actor end as approved_by,
       approved.at as approved_at, declared.so as declared, approved.batch_id, latest.reason,
       st_area(z.geom::geography) as area_m2,
       array(select s.step from gis.zone_steps() s where s.was = z.law_status) as may
from gis.zone z
left join lateral (
  select l.actor from gis.zone_life l
  where l.zone_id = z.zone_id and l.version = z.version and l.now = 'in_review'
  order by l.change_id desc limit 1
) submitted on true
left join lateral (
  select l.actor, l.at, l.was, l.batch_id from gis.zone_life l
  where l.zone_id = z.zone_id and l.version = z.version and l.now = 'approved'
  order by l.change_id desc limit 1
) approved on true
cross join lateral (
  select coalesce(approved.actor is not null and approved.was is null, false) as so
) declared
left join lateral (
  select c.reason from gis.change c
  where c.table_name = 'zone' and c.key = z.zone_id and (c.new ->> 'version')::int = z.version
  order by c.change_id desc limit 1
) latest on true
where z.zone_id = :zone_id and z.layer = :layer
order by z.version desc
