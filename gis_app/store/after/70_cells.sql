-- Map cells: tiles of zoom 10. Whoever changes what a tile shows adds to the versions of the cells
-- it changes, in its own transaction, and announces them.

-- The column or row of 2^zoom that a coordinate (3857, counted from the west or the north) is in.
create or replace function gis.tile_column(metres double precision, zoom int)
returns int language sql immutable parallel safe as
$$
  select least((1 << zoom) - 1, greatest(0, floor(
    (metres + 20037508.342789244) / 40075016.685578488 * (1 << zoom))::int))
$$;

-- Announce changed cells of a layer (null or too many: the whole layer) to who listens to gis_tiles.
create or replace function gis.announce(changed text, xs int[], ys int[]) returns void
language plpgsql as
$$
begin
  if xs is null or cardinality(xs) > 256 then
    insert into gis.cell_version (layer, x, y) values (changed, -1, -1);
    perform pg_notify('gis_tiles', changed);
  else
    insert into gis.cell_version (layer, x, y)
    select changed, x, y from unnest(xs, ys) k (x, y) order by x, y;
    perform pg_notify('gis_tiles', changed || ' ' || string_agg(x || ',' || y, ' '))
    from unnest(xs, ys) k (x, y);
  end if;
end
$$;

-- Wells: their cells, and who must be counted and drawn anew.
create or replace function gis.well_drawn() returns trigger language plpgsql as
$$
declare
  xs int[];
  ys int[];
begin
  if tg_op = 'INSERT' then
    insert into gis.well_unsettled (well_id) select n.well_id from new_rows n;
    select array_agg(x), array_agg(y) into xs, ys
    from (select distinct gis.tile_column(st_x(geom_web), 10) as x,
                 gis.tile_column(-st_y(geom_web), 10) as y from new_rows) c;
  elsif tg_op = 'UPDATE' then
    execute $s$  -- from its text: see 40_triggers.sql
      insert into gis.well_unsettled (well_id)
      select n.well_id from new_rows n join old_rows o using (well_id) where n is distinct from o
    $s$;
    select array_agg(x), array_agg(y) into xs, ys
    from (select gis.tile_column(st_x(geom_web), 10) as x,
                 gis.tile_column(-st_y(geom_web), 10) as y from new_rows
          union
          select gis.tile_column(st_x(geom_web), 10), gis.tile_column(-st_y(geom_web), 10)
          from old_rows) c;
  else
    insert into gis.well_unsettled (well_id) select o.well_id from old_rows o;
    select array_agg(x), array_agg(y) into xs, ys
    from (select distinct gis.tile_column(st_x(geom_web), 10) as x,
                 gis.tile_column(-st_y(geom_web), 10) as y from old_rows) c;
  end if;
  if xs is not null then
    perform gis.announce('well', xs, ys);
  end if;
  return null;
end
$$;

create or replace trigger well_inserted_drawn after insert on gis.well
  referencing new table as new_rows for each statement execute function gis.well_drawn();
create or replace trigger well_updated_drawn after update on gis.well
  referencing new table as new_rows old table as old_rows
  for each statement execute function gis.well_drawn();
create or replace trigger well_deleted_drawn after delete on gis.well
  referencing old table as old_rows for each statement execute function gis.well_drawn();

-- Findings: an audit sees the wells where they stood when it began, so the whole layer is announced.
create or replace function gis.flag_drawn() returns trigger language plpgsql as
$$
declare
  touched bigint;
begin
  if tg_op = 'INSERT' then
    insert into gis.well_unsettled (well_id) select n.well_id from new_rows n;
  elsif tg_op = 'UPDATE' then
    execute $s$  -- from its text: see 40_triggers.sql
      insert into gis.well_unsettled (well_id)
      select n.well_id from new_rows n join old_rows o using (well_id)
      where (n.flag, n.rule) is distinct from (o.flag, o.rule)
    $s$;
  else
    insert into gis.well_unsettled (well_id) select o.well_id from old_rows o;
  end if;
  get diagnostics touched = row_count;
  if touched > 0 then
    perform gis.announce('well', null, null);
  end if;
  return null;
end
$$;

create or replace trigger flag_inserted_drawn after insert on gis.well_flag
  referencing new table as new_rows for each statement execute function gis.flag_drawn();
create or replace trigger flag_updated_drawn after update on gis.well_flag
  referencing new table as new_rows old table as old_rows
  for each statement execute function gis.flag_drawn();
create or replace trigger flag_deleted_drawn after delete on gis.well_flag
  referencing old table as old_rows for each statement execute function gis.flag_drawn();
