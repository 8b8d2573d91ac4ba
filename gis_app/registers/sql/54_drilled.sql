-- The wells that were not there yet on a day gone by: known to have been completed later, and in no
-- state that is known to have begun by then (what was applied for, approved or being built then was
-- there as that). A well whose completion is not known stays.
create or replace function gis.undrilled_on(day date)
returns table (well_id bigint)
language sql stable parallel safe as
$$
  select w.well_id
  from gis.well w
  where day < gis.today() and w.completed_on > day
    and not exists (
      select s.well_id from gis.well_state s where s.well_id = w.well_id and s.from_on <= day)
$$;
