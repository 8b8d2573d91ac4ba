-- How deep a shape lies in a zone, in geodesic metres; negative outside.
-- A footprint lies as deep as its deepest point (looked for among corners and the middle of the
-- shared ground, so at least this deep); a shape that says where a thing may be, as its shallowest.
create or replace function gis.depth(shape geometry, zone geometry, footprint boolean)
returns double precision language plpgsql immutable parallel safe as
$$
declare
  shared geometry;
  edge geography;
begin
  if not st_intersects(zone, shape) then
    return -st_distance(zone::geography, shape::geography);
  end if;
  edge := st_boundary(zone)::geography;
  if not footprint then
    return case when st_covers(zone, shape) then st_distance(edge, shape::geography) else 0 end;
  end if;
  shared := st_intersection(zone, shape);
  return (
    select max(st_distance(edge, p.geom::geography))
    from (
      select (st_dumppoints(shared)).geom
      union all
      select (st_maximuminscribedcircle(shared)).center
      where st_dimension(shared) = 2
    ) p
  );
end
$$;

-- Shapes against zones in force on a day: as rows of gis.well_zone, with subject_id.
create or replace function gis.meet_shapes(ids bigint[], shapes geometry[],
                                           accuracies double precision[], layers text[], day date,
                                           footprint boolean)
returns table (subject_id bigint, zone_id bigint, version int, layer text, grade text,
               inside boolean, edge_m double precision, tolerance_m double precision)
language sql stable parallel safe as
$$
  select s.id, z.zone_id, z.version, z.layer, z.grade, -- ground shared by two areas has depth; a point on the line is inside
         case when footprint then d.metres > 0 or d.metres = 0 and st_dimension(s.shape) < 2
              else d.metres >= 0 and st_covers(z.geom, s.shape) end,
         d.metres, s.accuracy_m + z.boundary_accuracy_m
  from unnest(ids, shapes, accuracies) as s (id, shape, accuracy_m)
  join gis.zone z on z.layer = any (layers)
    and z.geom && gis.reach(s.shape, s.accuracy_m + z.boundary_accuracy_m)
    and gis.binds(z.law_status, z.valid_from, z.valid_to, day)
  cross join lateral (select gis.depth(s.shape, z.geom, footprint) as metres offset 0) d
  where -d.metres <= s.accuracy_m + z.boundary_accuracy_m
$$;
