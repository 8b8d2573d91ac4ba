-- The rows of `spans` on no day of which a coefficient of electricity holds, of the well or of its area.
select s.row_no
from pg_temp.spans s left join gis.well w on w.code = s.well_code
where not exists (
    select from gis.electricity_coefficient c
    where c.well_code = s.well_code
      and c.from_on <= s.to_on and (c.to_on is null or c.to_on >= s.from_on))
  and not exists (
    select from gis.electricity_coefficient c
    where c.well_code is null and starts_with(w.area_code, coalesce(c.area_code, ''))
      and c.from_on <= s.to_on and (c.to_on is null or c.to_on >= s.from_on))
order by s.row_no
