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

-- Where a shape stands that lies some metres deep in a zone. Inside: a footprint where it shares ground
-- (to touch along a line is none, but a site that is itself a point lies in what it touches), any
-- other shape where the zone covers it. Astride: across the boundary, so that the thing may be on
-- either side, however exact both are.
create or replace function gis.stands(shape geometry, zone geometry, metres double precision,
                                      footprint boolean)
returns table (inside boolean, astride boolean) language sql immutable parallel safe as
$$
  select case when footprint then metres > 0 or metres = 0 and st_dimension(shape) = 0
              else metres >= 0 and st_covers(zone, shape) end,
         not footprint and metres = 0 and not st_touches(zone, shape)
$$;

-- How a shape lies to a zone; no row where it surely does not meet it.
create or replace function gis.lies(shape geometry, zone geometry, tolerance_m double precision,
                                    footprint boolean)
returns table (inside boolean, edge_m double precision)
language sql immutable parallel safe as
$$
  select s.inside, d.metres
  from (select gis.depth(shape, zone, footprint) as metres offset 0) d
  cross join lateral gis.stands(shape, zone, d.metres, footprint) s
  where s.inside or s.astride or -d.metres < tolerance_m
$$;

-- A shape's bytes as a number: what its depths are kept under.
create or replace function gis.shape_key(shape geometry) returns bigint
language sql immutable parallel safe as
$$ select hash_record_extended(row(shape::bytea), 0) $$;

-- Depths are dear (ten milliseconds) and depend on nothing but the two shapes: audits keep them,
-- until there is another `gis.depth`.
delete from gis.shape_depth;

-- Shapes against zones in force on a day, candidates by their boxes: how deep each lies (metres), and
-- where it stands. Depths that are kept are not found again. Shapes outside, the zones' index inside.
create or replace function gis.depths_of_shapes(ids bigint[], shapes geometry[],
                                                accuracies double precision[], layers text[],
                                                day date, footprint boolean)
returns table (subject_id bigint, zone_id bigint, version int, layer text, grade text,
               shape_key bigint, zone_key bigint, kept boolean, metres double precision,
               inside boolean, astride boolean, tolerance_m double precision)
language sql stable parallel safe as
$$
  select s.id, z.zone_id, z.version, z.layer, z.grade, k.shape_key, k.zone_key,
         k.metres is not null, d.metres, t.inside, t.astride,
         s.accuracy_m + z.boundary_accuracy_m
  from unnest(ids, shapes, accuracies) as s (id, shape, accuracy_m)
  cross join lateral (
    select z.* from gis.zone z
    where z.geom && gis.reach(s.shape, s.accuracy_m + (
            select max(a.boundary_accuracy_m) from gis.zone a where a.layer = any (layers)))
      and z.layer = any (layers)
      and gis.binds(z.law_status, z.valid_from, z.valid_to, day)
    offset 0
  ) z
  cross join lateral (
    select n.shape_key, n.zone_key, (
             select d.metres from gis.shape_depth d
             where d.shape = n.shape_key and d.zone = n.zone_key
               and d.footprint = depths_of_shapes.footprint) as metres
    from (select gis.shape_key(s.shape), gis.shape_key(z.geom)) n (shape_key, zone_key)
    offset 0
  ) k
  cross join lateral (
    select coalesce(k.metres, gis.depth(s.shape, z.geom, depths_of_shapes.footprint)) offset 0
  ) d (metres)
  cross join lateral gis.stands(s.shape, z.geom, d.metres, depths_of_shapes.footprint) t
$$;

-- Those that touch or may, as rows of gis.well_zone.
create or replace function gis.meet_shapes(ids bigint[], shapes geometry[],
                                           accuracies double precision[], layers text[], day date,
                                           footprint boolean)
returns table (subject_id bigint, zone_id bigint, version int, layer text, grade text,
               inside boolean, edge_m double precision, tolerance_m double precision)
language sql stable parallel safe as
$$
  select d.subject_id, d.zone_id, d.version, d.layer, d.grade, d.inside, d.metres, d.tolerance_m
  from gis.depths_of_shapes(ids, shapes, accuracies, layers, day, footprint) d
  where d.inside or d.astride or -d.metres < d.tolerance_m
$$;
