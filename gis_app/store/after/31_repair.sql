-- `gis-app db repair`: parts, edges and incidence of every zone made from nothing; how many pairs of
-- a well and a zone there are now, and how many were missing, too many, or more than a millimetre off.
create or replace function gis.repair_incidence()
returns table (pairs bigint, wrong bigint)
language plpgsql as
$$
declare
  layers text[];
begin
  perform pg_advisory_xact_lock(hashtext('gis.incidence'));  -- nobody writes what is compared
  create temporary table incidence_before on commit drop as table gis.well_zone;
  perform gis.cut_zones(array_agg(z.zone_id), array_agg(z.version)) from gis.zone z;
  perform gis.refresh_incidence();

  select count(*), array_agg(distinct d.layer) into wrong, layers
  from (
    select coalesce(f.layer, b.layer) as layer
    from gis.well_zone f
    full join incidence_before b on b.well_id = f.well_id and b.zone_id = f.zone_id
    where (f.version, f.layer, f.grade, f.inside)
            is distinct from (b.version, b.layer, b.grade, b.inside)
       or abs(f.edge_m - b.edge_m) > 0.001
       or abs(f.tolerance_m - b.tolerance_m) > 0.001
  ) d;
  if wrong > 0 then
    perform gis.bump(array_append(layers, 'well'));
  end if;
  select count(*) into pairs from gis.well_zone;
  return next;
end
$$;
