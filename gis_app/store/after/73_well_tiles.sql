-- Tiles of wells one by one. Those of zooms 10 to 14 are kept drawn (well_tile). Where wells change, the
-- settling voids them together with counting those wells anew, and they are drawn again afterwards.
-- Whoever reads takes them only where no well is unsettled, so they are exact in every snapshot.

-- One MVT of the wells in a tile (extent 4096, buffer 64), of all divisions or of some (patterns like
-- 140302%): id and flag (gravest open finding), what a map draws of so many; from zoom 12 on also code,
-- name, status, use, well_type, self_supply and the flag's rule. Empty where none lies.
-- Rows whose shape is null are skipped by st_asmvt; asked for here, each shape would be made twice.
create or replace function gis.draw_wells(z int, x int, y int, seen text[]) returns bytea
language plpgsql stable parallel safe as
$$
declare
  box constant geometry := st_tileenvelope(z, x, y);
  wide constant geometry := st_tileenvelope(z, x, y, margin => 64.0 / 4096);
begin
  if z < 12 then
    return (
      select coalesce(st_asmvt(feature, 'well', 4096, 'geom', 'id'), '')
      from (
        select st_asmvtgeom(w.geom_web, box, 4096, 64, true) as geom, w.well_id as id,
               coalesce(f.flag, 'unassessed') as flag
        from gis.well w
        left join gis.well_flag f on f.well_id = w.well_id
        where w.geom_web && wide and (seen is null or w.area_code like any (seen))
      ) feature
    );
  end if;
  return (
    select coalesce(st_asmvt(feature, 'well', 4096, 'geom', 'id'), '')
    from (
      select st_asmvtgeom(w.geom_web, box, 4096, 64, true) as geom, w.well_id as id, w.code,
             w.name, w.status, w.use, w.well_type, w.self_supply,
             coalesce(f.flag, 'unassessed') as flag, f.rule
      from gis.well w
      left join gis.well_flag f on f.well_id = w.well_id
      where w.geom_web && wide and (seen is null or w.area_code like any (seen))
    ) feature
  );
end
$$;

-- The kept tiles that wells in some cells of zoom 15 (y << 15 | x) are seen in are to be drawn anew: the
-- cells' own, and for the margin those next to a cell at an edge.
create or replace function gis.void_tiles(cells int[]) returns void language sql as
$$
  insert into gis.well_tile (z, x, y)
  select distinct z, (c.x + dx) >> (15 - z), (c.y + dy) >> (15 - z)
  from (select distinct cell & 32767 as x, cell >> 15 as y from unnest(cells) cell) c
  cross join generate_series(-1, 1) dx
  cross join generate_series(-1, 1) dy
  cross join generate_series(10, 14) z
  where c.x + dx between 0 and 32767 and c.y + dy between 0 and 32767
  on conflict (z, x, y) do update set body = null
$$;

-- Count the unsettled wells, void the tiles they are seen in; how many there were. Nothing, where
-- another is at it.
create or replace function gis.settle_tiles() returns bigint language plpgsql as
$$
declare
  ids bigint[];
  cells int[];
begin
  if not pg_try_advisory_xact_lock(hashtext('gis.settling')) then
    return 0;
  end if;
  with gone as (delete from gis.well_unsettled returning well_id)
  select array_agg(distinct well_id) into ids from gone;
  if ids is null then
    return 0;
  end if;
  cells := gis.cells_counted(ids);
  perform gis.count_wells(ids);
  perform gis.void_tiles(cells || gis.cells_counted(ids));
  return cardinality(ids);
end
$$;

-- Draw some of the void tiles; how many. Nothing, where another is at it.
create or replace function gis.draw_tiles(most int) returns bigint language plpgsql as
$$
declare
  drawn bigint;
begin
  if not pg_try_advisory_xact_lock(hashtext('gis.settling')) then
    return 0;
  end if;
  update gis.well_tile k
  set body = gis.draw_wells(t.z, t.x, t.y, null),
      areas = array(select distinct w.area_code from gis.well w
                    where w.geom_web && st_tileenvelope(t.z, t.x, t.y, margin => 64.0 / 4096))
  from (select z, x, y from gis.well_tile where body is null order by z, x, y limit most) t
  where (k.z, k.x, k.y) = (t.z, t.x, t.y);
  get diagnostics drawn = row_count;
  return drawn;
end
$$;

-- Tiles and counts may be made otherwise now: all wells are yet to be settled.
update gis.well_tile set body = null where body is not null;
insert into gis.well_unsettled (well_id) select well_id from gis.well;
