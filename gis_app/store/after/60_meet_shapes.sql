-- How deep a shape lies in a zone, in geodesic metres; negative outside.
-- A footprint lies as deep as its deepest point (looked for among corners, along lines and in the
-- middle of the shared ground, so at least this deep); a shape that says where a thing may be, as
-- its shallowest. 0.005° keeps a line that is straight in degrees within 4 mm of one that is
-- straight on the ellipsoid; the middle is found in 3395, which is conformal.
create or replace function gis.depth(shape geometry, zone geometry, footprint boolean)
returns double precision language plpgsql immutable parallel safe as
$$
declare
  ground constant geometry := case when st_isvalid(shape) then shape else st_makevalid(shape) end;
  edge constant geography := st_segmentize(st_boundary(zone), 0.005)::geography;
  shared geometry;
begin
  if not st_intersects(zone, ground) then
    return -st_distance(edge, st_segmentize(ground, 0.005)::geography);
  end if;
  if not footprint then
    return case when st_covers(zone, ground)
                then st_distance(edge, st_segmentize(ground, 0.005)::geography) else 0 end;
  end if;
  shared := st_intersection(zone, ground);
  return (
    select max(st_distance(edge, p.geom::geography))
    from (
      select (st_dumppoints(st_segmentize(shared, 0.0005))).geom
      union all
      select st_transform((st_maximuminscribedcircle(
               st_transform(st_collectionextract(shared, 3), 3395))).center, 4490)
      where st_dimension(shared) = 2
    ) p
  );
end
$$;

-- How a shape lies to a zone; no row where it surely does not meet it. A footprint is inside where it
-- shares ground (to touch along a line is none, but a site that is itself a point lies in what it
-- touches), any other shape where the zone covers it. One that lies across the boundary is a row too,
-- however exact both are: the thing may be on either side.
create or replace function gis.lies(shape geometry, zone geometry, tolerance_m double precision,
                                    footprint boolean)
returns table (inside boolean, edge_m double precision)
language sql immutable parallel safe as
$$
  select i.inside, d.metres
  from (select gis.depth(shape, zone, footprint) as metres offset 0) d
  cross join lateral (
    select case when footprint then d.metres > 0 or d.metres = 0 and st_dimension(shape) = 0
                else d.metres >= 0 and st_covers(zone, shape) end as inside
  ) i
  where i.inside or -d.metres < tolerance_m
     or not footprint and d.metres = 0 and not st_touches(zone, shape)
$$;

-- Shapes against zones in force on a day: as rows of gis.well_zone, with subject_id.
create or replace function gis.meet_shapes(ids bigint[], shapes geometry[],
                                           accuracies double precision[], layers text[], day date,
                                           footprint boolean)
returns table (subject_id bigint, zone_id bigint, version int, layer text, grade text,
               inside boolean, edge_m double precision, tolerance_m double precision)
language sql stable parallel safe as
$$
  select s.id, z.zone_id, z.version, z.layer, z.grade, l.inside, l.edge_m,
         s.accuracy_m + z.boundary_accuracy_m
  from unnest(ids, shapes, accuracies) as s (id, shape, accuracy_m)
  join gis.zone z on z.layer = any (layers)
    and z.geom && gis.reach(s.shape, s.accuracy_m + z.boundary_accuracy_m)
    and gis.binds(z.law_status, z.valid_from, z.valid_to, day)
  cross join lateral gis.lies(s.shape, z.geom, s.accuracy_m + z.boundary_accuracy_m, footprint) l
$$;
