-- The temporary table `nearest`: per question of place and well, the zone that decides it (the one
-- the well lies deepest in, or is nearest to) and the distance that was compared; `joint`:
-- several zones settle it together, and the distance is to the layer's edge, at least.
create temp table nearest on commit drop as
select distinct on (a.ask, i.subject_id)
       a.ask, i.subject_id, i.zone_id, i.version,
       coalesce(c.edge_m, i.edge_m) as edge_m, coalesce(c.tolerance_m, i.tolerance_m) as tolerance_m,
       c.subject_id is not null as joint
from {asked} a
join incidence i on i.layer = a.layer and (a.grade is null or i.grade = a.grade or i.grade is null)
left join covered c on c.subject_id = i.subject_id and c.ask = a.ask
order by a.ask, i.subject_id, i.grade is null, i.edge_m desc, i.zone_id
