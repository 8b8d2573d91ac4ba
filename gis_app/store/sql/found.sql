-- The temporary table `found`: what the rules answer. Where a rule's condition is unknown for want of
-- facts that nobody has recorded for any well of the county (and of numbers not set), the county is
-- told once (`unrecorded`), not every well. A way out that is unknown is always told.
create temp table found on commit drop as
select f.*
from (
{answers}
) f
join facts x on x.subject_id = f.subject_id
left join unrecorded u on u.county = left(x.area_code, 6)
where f.answer <> 'indeterminate' or f.doubts = '' or u.facts is null
   or not u.facts && string_to_array(f.doubts, ',')
   or not u.facts @> (
     select array_agg(d.name) from unnest(string_to_array(f.doubts, ',')) as d (name)
     where d.name <> '' and not starts_with(d.name, 'param__'))
