-- Keep how deep the shapes of this run lie in zones, for the next run.
insert into gis.shape_depth (shape, zone, footprint, metres)
select distinct d.shape_key, d.zone_key, {footprint}, d.metres
from depths d
where not d.kept
on conflict do nothing
