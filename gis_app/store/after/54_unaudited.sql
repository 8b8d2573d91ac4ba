-- What has changed since the last audit of everything, marked by the database for every door: rows of
-- the history, and wells whose zones or recorded states changed. `layers`: it is zones of these that
-- changed, and nothing else. An audit takes away the marks that it saw, in its own snapshot; a mark
-- that is committed later stays. Above twenty thousand in one statement a mark without a name is
-- left: everything is to be audited anew.

create or replace function gis.mark_everything() returns trigger language plpgsql as
$$
begin
  insert into gis.unaudited default values;
  return null;
end
$$;

create or replace function gis.mark_changes() returns trigger language plpgsql as
$$
begin
  if (select count(*) from new_rows) > 20000 then
    insert into gis.unaudited default values;
  else
    insert into gis.unaudited (change_id, layers)
    select n.change_id, case when n.table_name = 'zone' then (
             select array_agg(i.image ->> 'layer') from (values (n.old), (n.new)) i (image)
             where i.image is not null) end
    from new_rows n
    -- who may sign in, and what no fact is read from
    where n.table_name <> all (array['account', 'account_role', 'token', 'raster']);
  end if;
  return null;
end
$$;

create or replace trigger change_unaudited after insert on gis.change
  referencing new table as new_rows for each statement execute function gis.mark_changes();

create or replace function gis.mark_wells() returns trigger language plpgsql as
$$
begin
  if (select count(*) from touched) > 20000 then
    insert into gis.unaudited default values;
  elsif tg_table_name = 'well_zone' then
    insert into gis.unaudited (well_id, layers)
    select t.well_id, array_agg(distinct t.layer) from touched t group by t.well_id;
  else
    insert into gis.unaudited (well_id) select distinct t.well_id from touched t;
  end if;
  return null;
end
$$;

do
$$
declare
  source text;
begin
  foreach source in array array['well_zone', 'well_state'] loop
    execute format(
      'create or replace trigger %I after insert on gis.%I referencing new table as touched'
      ' for each statement execute function gis.mark_wells()', source || '_inserted', source);
    execute format(
      'create or replace trigger %I after update on gis.%I referencing old table as touched'
      ' for each statement execute function gis.mark_wells()', source || '_was_updated', source);
    execute format(
      'create or replace trigger %I after update on gis.%I referencing new table as touched'
      ' for each statement execute function gis.mark_wells()', source || '_updated', source);
    execute format(
      'create or replace trigger %I after delete on gis.%I referencing old table as touched'
      ' for each statement execute function gis.mark_wells()', source || '_deleted', source);
  end loop;
end
$$;

create or replace trigger well_zone_truncated after truncate on gis.well_zone
  for each statement execute function gis.mark_everything();

-- A party that is new has no wells yet; they are changed when they are given it.
create or replace trigger party_unaudited after update or delete on gis.party
  for each statement execute function gis.mark_everything();
create or replace trigger day_off_unaudited after insert or update or delete on gis.day_off
  for each statement execute function gis.mark_everything();

-- Imports are subjects of their own, and zones of no layer.
create or replace function gis.mark_imports() returns trigger language plpgsql as
$$
begin
  insert into gis.unaudited (layers) values (array['import']);
  return null;
end
$$;
create or replace trigger batch_unaudited after insert or update or delete on gis.batch
  for each statement execute function gis.mark_imports();

-- Functions that facts come from may be other ones now.
delete from gis.audited;
