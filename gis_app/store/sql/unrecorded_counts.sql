-- Facts that nobody has recorded for a county: (area_code, fact, wells), wells of `counties`.
select u.county as area_code, f.fact, c.wells
from unrecorded u
cross join unnest(u.facts) as f (fact)
join counties c on c.area_code = u.county
order by f.fact, u.county
