-- The wells that what changed since the last audit of everything can tell of, by an edit or by the days
-- gone by (`turned`): those whose rows, zones or states changed, those that a register's row names by
-- code, permit or owner, before or after, and all that share an owner or a permit with one of them.
-- Rows: layers whose zones alone can tell (null: anything can), and of which wells; a null for wells:
-- everything is to be asked. (Whoever leaves a permit or an owner is named by the row that
-- says so, and so are those it leaves behind.)
with image as materialized (
  select c.table_name, c.key, i.image
  from gis.unaudited u
  cross join lateral (select * from gis.change c where c.change_id = u.change_id offset 0) c
  cross join lateral (values (c.old), (c.new)) i (image)
  where u.change_id is not null and u.layers is null and i.image is not null
    and c.table_name <> 'well_state' and c.table_name <> all (:of_others)
  union all
  select t.table_name, t.key, t.image from turned t where t.image is not null
), owner as (
  select (m.image ->> 'owner_id')::bigint as owner_id from image m where m.table_name = 'well'
  union
  select p.party_id from image m join gis.party p on p.name = m.image ->> 'owner'
  where m.table_name = 'water_user'
), code as (
  select m.image ->> 'code' as code from image m where m.table_name = 'well'
  union
  select coalesce(m.image ->> 'well_code', m.image ->> 'subject_code') from image m
  where m.table_name in ('permit_well', 'meter', 'calibration', 'withdrawal', 'electricity_coefficient',
                         'exemption_grant', 'correction_order', 'violation', 'screen')
), permit as (
  select coalesce(m.image ->> 'number', m.image ->> 'permit_number') as number from image m
  where m.table_name in ('permit', 'permit_purpose', 'annual_report', 'permit_well', 'well')
  union
  select l.permit_number from gis.permit_well l where l.well_code in (select c.code from code c)
), named as materialized (
  select u.well_id from gis.unaudited u where u.well_id is not null and u.layers is null
  union
  select t.key from turned t where t.table_name = 'well_state'
  union
  select m.key from image m where m.table_name = 'well'
  union
  select w.well_id from gis.well w where w.code = any (array(select c.code from code c))
  union
  select w.well_id from gis.well w where w.owner_id = any (array(select o.owner_id from owner o))
  union
  select w.well_id from gis.well w
  where w.permit_number = any (array(select p.number from permit p))
  union
  select w.well_id from gis.permit_well l join gis.well w on w.code = l.well_code
  where l.permit_number = any (array(select p.number from permit p))
), known as materialized (
  select w.code, w.owner_id, w.permit_number from gis.well w where w.well_id in (select n.well_id from named n)
), held as materialized (
  select k.permit_number as number from known k where k.permit_number is not null
  union
  select l.permit_number from known k join gis.permit_well l on l.well_code = k.code
), told as materialized (
  select n.well_id from named n
  union
  select w.well_id from gis.well w where w.owner_id = any (array(select k.owner_id from known k))
  union
  select w.well_id from gis.well w where w.permit_number = any (array(select h.number from held h))
  union
  select w.well_id from gis.permit_well l join gis.well w on w.code = l.well_code
  where l.permit_number = any (array(select h.number from held h))
)
select null::text[] as layers, array_agg(t.well_id) as well_ids from told t having count(*) > 0
union all
select u.layers, array_agg(distinct u.well_id)
from gis.unaudited u
where u.well_id is not null and u.layers is not null
  and not exists (select from told t where t.well_id = u.well_id)
group by u.layers
union all
select null, null where exists (
  select from gis.unaudited u
  where u.change_id is null and u.well_id is null and u.layers is null
  union all
  select from image m
  where m.table_name = 'electricity_coefficient' and m.image ->> 'well_code' is null
     or m.table_name not in ('well', 'permit', 'permit_purpose', 'permit_well', 'annual_report', 'meter',
                             'calibration', 'withdrawal', 'electricity_coefficient', 'water_user',
                             'exemption_grant', 'correction_order', 'violation', 'screen'))
