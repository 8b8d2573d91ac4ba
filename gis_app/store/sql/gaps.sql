-- The facts once more: `gaps` has a bit for every fact that no well of the county has, and facts
-- that no well at all has are constants.
alter table facts rename to wide_facts;
create temp table kept_facts on commit drop as
select {columns}, coalesce(u.bits, 0) as gaps
from wide_facts f
left join unrecorded u on u.county = left(f.area_code, 6);
drop table wide_facts;
analyze kept_facts (subject_id, area_code);
create temp view facts as select k.*{blanks} from kept_facts k
