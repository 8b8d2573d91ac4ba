-- The temporary table `found`: what the rules answer. Where nothing is missing but facts that nobody
-- has recorded for any well of the county, the county is told once (`unrecorded`), not every well.
create temp table found on commit drop as
select f.*
from (
{answers}
) f
join facts x on x.subject_id = f.subject_id
left join unrecorded u on u.county = left(x.area_code, 6)
where f.answer <> 'indeterminate' or u.facts is null
   or not u.facts @> array_remove(string_to_array(f.missing, ','), '')
