-- Ids of wells that meet the supposed zone, or the version that it amends.
-- `incidence`: that of the layer on the day, as the law is.
select well_id from pg_temp.supposed_pair
union
select i.subject_id
from incidence i
join pg_temp.supposed d on d.zone_id = i.zone_id and d.amended = i.version
