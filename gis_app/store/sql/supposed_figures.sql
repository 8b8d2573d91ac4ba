-- One row on the wells surely inside the supposed zone (:codes): permits that hold on :on, and the
-- volume of each such permit, once; volume reported for the last full year; wells without another
-- source. `…_known`: of how many the register says so.
with inside as (
  select w.* from gis.well w where w.code = any (cast(:codes as text[]))
), registered as materialized (
  select p.well_code, p.permit_number, p.held, p.volume_m3
  from gis.permits_held(:on, cast(:read as text[])) p
  join inside w on w.code = p.well_code
), held as (
  select p.permit_number, max(p.volume_m3) as volume_m3
  from registered p
  where p.held
  group by p.permit_number
), unregistered as (  -- the register of wells says so, and that of permits nothing
  select coalesce(w.permit_number, w.code) as permit_number,
         max(w.annual_permitted_m3) as volume_m3
  from inside w
  where w.permit_state = 'held'
    and not exists (select from registered p where p.well_code = w.code)
  group by 1
), permit as (
  select * from held union all select * from unregistered
), taken as (
  select coalesce(t.annual_m3, w.annual_reported_m3) as annual_m3
  from inside w left join gis.taken_by_wells(:on, cast(:read as text[])) t on t.well_code = w.code
)
select (select count(*) from permit) as permits,
       (select sum(volume_m3) from permit) as permitted_m3,
       (select count(volume_m3) from permit) as permitted_m3_known,
       (select sum(annual_m3) from taken) as reported_m3,
       (select count(annual_m3) from taken) as reported_m3_known,
       (select count(*) from inside where no_alternative_source) as without_replacement,
       (select count(no_alternative_source) from inside) as without_replacement_known
