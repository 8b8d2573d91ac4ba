-- One row: the codes of some wells, and of those that share an owner or a permit with them, by either
-- entry.
with asked as (
  select w.code, w.owner_id, w.permit_number from gis.well w where w.well_id = any (:ids)
), permit as (
  select a.permit_number from asked a where a.permit_number is not null
  union
  select l.permit_number from asked a join gis.permit_well l on l.well_code = a.code
)
select array(
  select code from asked
  union
  select w.code from gis.well w
  where w.owner_id = any (array(select a.owner_id from asked a))
  union
  select w.code from gis.well w
  where w.permit_number = any (array(select p.permit_number from permit p))
  union
  select l.well_code from gis.permit_well l
  where l.permit_number = any (array(select p.permit_number from permit p))
)
