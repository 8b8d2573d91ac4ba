-- Facts that nobody has recorded for a county: (area_code, fact, wells), wells of this run.
select u.county as area_code, f.fact, c.wells
from unrecorded u
cross join unnest(u.facts) as f (fact)
join (select left(area_code, 6) as county, count(*) as wells from facts group by 1) c
  on c.county = u.county
order by f.fact, u.county
