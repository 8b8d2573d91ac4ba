-- What zone tiles are drawn from: simplified bands for low zooms, pieces for high ones, a point for
-- zones too small to draw.

-- Shapes of the named zone versions, made anew where they are approved. Edges are straight in
-- degrees, as the law's tables of vertices mean them; 0.005° keeps them so within a centimetre in
-- 3857. A band keeps half a pixel of its highest zoom (tiles are drawn 512 to 1024 pixels wide).
create or replace function gis.cut_shapes(zone_ids bigint[], numbers int[]) returns void
language plpgsql as
$$
begin
  delete from gis.zone_band s using unnest(zone_ids, numbers) k (zone_id, version)
  where s.zone_id = k.zone_id and s.version = k.version;
  delete from gis.zone_fill s using unnest(zone_ids, numbers) k (zone_id, version)
  where s.zone_id = k.zone_id and s.version = k.version;
  delete from gis.zone_outline s using unnest(zone_ids, numbers) k (zone_id, version)
  where s.zone_id = k.zone_id and s.version = k.version;
  delete from gis.zone_mark s using unnest(zone_ids, numbers) k (zone_id, version)
  where s.zone_id = k.zone_id and s.version = k.version;

  with ground as materialized (
    select z.layer, z.zone_id, z.version, g.geom,
           greatest(st_xmax(g.geom) - st_xmin(g.geom), st_ymax(g.geom) - st_ymin(g.geom)) as size_m
    from unnest(zone_ids, numbers) k (zone_id, version)
    join gis.zone z on z.zone_id = k.zone_id and z.version = k.version
    cross join lateral (
      select st_transform(st_segmentize(z.geom, 0.005), 3857) as geom offset 0
    ) g
    where z.law_status = 'approved'
  ), banded as (
    insert into gis.zone_band (layer, zone_id, version, band, size_m, geom)
    select g.layer, g.zone_id, g.version, b.band, g.size_m, st_multi(s.geom)
    from ground g
    cross join (values (5), (7), (9), (11)) as b (band)
    cross join lateral (
      select st_collectionextract(st_simplify(g.geom, 40075016.7 / 2 ^ b.band / 2048), 3) as geom
      offset 0
    ) s
    where s.geom is not null and not st_isempty(s.geom)
  ), filled as (
    insert into gis.zone_fill (layer, zone_id, version, size_m, geom)
    select g.layer, g.zone_id, g.version, g.size_m,
           st_transform(st_segmentize(p.geom, 0.005), 3857)
    from ground g
    join gis.zone_part p on p.zone_id = g.zone_id and p.version = g.version
  ), outlined as (
    insert into gis.zone_outline (layer, zone_id, version, size_m, geom)
    select g.layer, g.zone_id, g.version, g.size_m, e.geom
    from ground g
    -- the ground lies on the right of its outline, where maps draw the stripe along the inside
    cross join lateral st_dump(st_boundary(st_forcepolygoncw(g.geom))) as ring
    cross join lateral st_subdivide(ring.geom, 128) as e (geom)
  )
  insert into gis.zone_mark (layer, zone_id, version, size_m, geom)
  select g.layer, g.zone_id, g.version, g.size_m, st_pointonsurface(g.geom) from ground g;
end
$$;

-- The cells of a layer that the named boxes (3857) lie in.
create or replace function gis.announce_boxes(changed text, boxes geometry[]) returns void
language plpgsql as
$$
declare
  xs int[];
  ys int[];
begin
  select array_agg(x), array_agg(y) into xs, ys
  from (
    select distinct x, y
    from unnest(boxes) b (box)
    cross join generate_series(gis.tile_column(st_xmin(box), 10), gis.tile_column(st_xmax(box), 10)) x
    cross join generate_series(gis.tile_column(-st_ymax(box), 10), gis.tile_column(-st_ymin(box), 10)) y
    limit 257
  ) c;
  perform gis.announce(changed, xs, ys);
end
$$;

-- Fires after zone_changed (by the order of the names), which cuts the parts and the edges.
create or replace function gis.zone_drawn() returns trigger language plpgsql as
$$
declare
  cut_ids bigint[];
  cut_versions int[];
begin
  if tg_op = 'INSERT' then
    select array_agg(n.zone_id), array_agg(n.version) into cut_ids, cut_versions
    from new_rows n where n.law_status = 'approved';
    perform gis.announce_boxes(layer, array_agg(st_envelope(geom_web)))
    from new_rows group by layer;
  elsif tg_op = 'UPDATE' then
    execute $s$  -- from its text: see 40_triggers.sql
      select array_agg(n.zone_id), array_agg(n.version)
      from new_rows n join old_rows o using (zone_id, version)
      where (n.law_status = 'approved') <> (o.law_status = 'approved')
         or n.law_status = 'approved'
            and (n.layer <> o.layer or not st_orderingequals(n.geom, o.geom))
    $s$ into cut_ids, cut_versions;
    perform gis.announce_boxes(layer, array_agg(st_envelope(geom_web)))
    from (select layer, geom_web from new_rows
          union all select layer, geom_web from old_rows) r
    group by layer;
  else
    select array_agg(o.zone_id), array_agg(o.version) into cut_ids, cut_versions from old_rows o;
    perform gis.announce_boxes(layer, array_agg(st_envelope(geom_web)))
    from old_rows group by layer;
  end if;
  if cut_ids is not null then
    perform gis.cut_shapes(cut_ids, cut_versions);
  end if;
  return null;
end
$$;

create or replace trigger zone_inserted_drawn after insert on gis.zone
  referencing new table as new_rows for each statement execute function gis.zone_drawn();
create or replace trigger zone_updated_drawn after update on gis.zone
  referencing new table as new_rows old table as old_rows
  for each statement execute function gis.zone_drawn();
create or replace trigger zone_deleted_drawn after delete on gis.zone
  referencing old table as old_rows for each statement execute function gis.zone_drawn();

-- A database from before the shapes: its zones in force, then or now, are yet to be cut.
select gis.cut_shapes(array_agg(z.zone_id), array_agg(z.version))
from gis.zone z
where z.law_status = 'approved'
  and not exists (
    select from gis.zone_mark m where m.zone_id = z.zone_id and m.version = z.version)
having count(*) > 0;
