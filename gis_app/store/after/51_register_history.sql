-- The history of the registers: one row per changed row, by whatever door; and their data version.

-- The tables of gis_app/registers (a test compares them).
create or replace function gis.register_tables() returns text[] language sql immutable as
$$
  select array[
    'permit', 'permit_purpose', 'permit_well', 'annual_report',
    'meter', 'calibration', 'withdrawal', 'electricity_coefficient',
    'unit_year', 'water_level', 'water_norm', 'water_user',
    'exemption_grant', 'correction_order', 'violation', 'document', 'screen',
    'application', 'site']
$$;

-- The rows carry their own key, <register>_id. A trigger's argument names the column with a place,
-- if there is one: it is kept as hex EWKB, as for wells and zones.
create or replace function gis.register_changed() returns trigger language plpgsql as
$$
declare
  image constant text := case when tg_nargs = 0 then 'jsonb_strip_nulls(to_jsonb(r))' else format(
    'jsonb_strip_nulls(to_jsonb(r) - %1$L) || jsonb_build_object(%1$L, (r.%1$I)::text)', tg_argv[0])
    end;
  new_images constant text := format('(select %s as new from new_rows r offset 0) n', image);
  old_images constant text := format('(select %s as old from old_rows r offset 0) o', image);
  key constant text := tg_table_name || '_id';
  changed bigint;
begin
  execute case tg_op
    when 'INSERT' then format(
      'insert into gis.change (actor, reason, batch_id, table_name, key, op, new)'
      ' select $1, $2, $3, $4, (n.new ->> %L)::bigint, ''insert'', n.new from %s', key, new_images)
    when 'UPDATE' then format(
      'insert into gis.change (actor, reason, batch_id, table_name, key, op, old, new)'
      ' select $1, $2, $3, $4, (n.new ->> %1$L)::bigint, ''update'', o.old, n.new'
      ' from %2$s join %3$s on o.old ->> %1$L = n.new ->> %1$L where n.new <> o.old',
      key, new_images, old_images)
    else format(
      'insert into gis.change (actor, reason, batch_id, table_name, key, op, old)'
      ' select $1, $2, $3, $4, (o.old ->> %L)::bigint, ''delete'', o.old from %s', key, old_images)
    end
  using gis.actor(), gis.reason(), gis.batch_id(), tg_table_name;
  get diagnostics changed = row_count;
  if changed > 0 then
    perform gis.bump(array[tg_table_name::text]);
  end if;
  return null;
end
$$;

do
$$
declare
  register text;
  place text;
begin
  foreach register in array gis.register_tables() loop
    place := (select quote_literal(attname) from pg_attribute
              where attrelid = format('gis.%I', register)::regclass and attname = 'geom');
    execute format(
      'create or replace trigger %I after insert on gis.%I referencing new table as new_rows'
      ' for each statement execute function gis.register_changed(%s)',
      register || '_inserted', register, place);
    execute format(
      'create or replace trigger %I after update on gis.%I'
      ' referencing new table as new_rows old table as old_rows'
      ' for each statement execute function gis.register_changed(%s)',
      register || '_updated', register, place);
    execute format(
      'create or replace trigger %I after delete on gis.%I referencing old table as old_rows'
      ' for each statement execute function gis.register_changed(%s)',
      register || '_deleted', register, place);
    execute format(
      'create or replace trigger %I before truncate on gis.%I'
      ' for each statement execute function gis.refuse_truncate()',
      register || '_no_truncate', register);
  end loop;
end
$$;
