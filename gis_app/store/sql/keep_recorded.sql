-- Of each county, for every fact, the first well that has it (null: nobody).
delete from gis.recorded;
insert into gis.recorded (area_code, facts, wells)
select left(x.area_code, 6), {facts}::text[], array[{wells}]::bigint[]
from facts x
where x.area_code is not null
group by 1
