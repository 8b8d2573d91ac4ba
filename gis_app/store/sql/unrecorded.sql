-- Fills the temporary table `unrecorded`: (county, facts that no well there has).
insert into unrecorded (county, facts)
select left(x.area_code, 6), {facts}
from facts x
where x.area_code is not null
group by 1
