-- The delegated numbers that hold on a day: the latest entry per name and area; nulls are gone.
select name, area, value
from (
  select distinct on (name, area) name, area, value
  from gis.law_parameter
  where name = any (cast(:names as text[])) and since <= :on
  order by name, area, since desc, law_parameter_id desc
) latest
where value is not null
order by name, area
