-- The append-only history: one row per changed row, written by the database for every door.
-- Geometry is kept as hex EWKB, so that a state can be put back to the last bit.
-- The image of a row is all its columns but those computed from others: taken from the table, so that
-- none is forgotten. Through a row type a planner writes it into the statement: 7 µs a well, where a
-- function that is called takes 17.
do
$$
declare
  recorded record;
begin
  for recorded in
    select c.relname as name,
           string_agg(format('%I %s', a.attname, t.type), ', ' order by a.attnum) as columns,
           string_agg(format('r.%I::%s', a.attname, t.type), ', ' order by a.attnum) as fields
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                       and not a.attisdropped and a.attgenerated = ''
    cross join lateral (select format_type(a.atttypid, null)) f (type)
    cross join lateral (
      select case when f.type like '%geometry' then 'text' else f.type end) t (type)
    where c.oid in ('gis.well'::regclass, 'gis.zone'::regclass)
    group by c.relname
  loop
    execute format('drop function if exists gis.%1$s_image; drop type if exists gis.%1$s_row',
                   recorded.name);
    execute format('create type gis.%s_row as (%s)', recorded.name, recorded.columns);
    execute format(
      'create function gis.%1$s_image(r gis.%1$s) returns jsonb language sql stable as'
      ' $f$ select jsonb_strip_nulls(to_jsonb(row(%2$s)::gis.%1$s_row)) $f$',
      recorded.name, recorded.fields);
  end loop;
end
$$;

create or replace function gis.refuse_rewriting_history() returns trigger language plpgsql as
$$
begin
  raise exception 'gis.%: 历史记录只增不改 / the history is append-only', tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

create or replace trigger change_is_append_only
  before update or delete or truncate on gis.change
  for each statement execute function gis.refuse_rewriting_history();

create or replace trigger law_parameter_is_append_only
  before update or delete or truncate on gis.law_parameter
  for each statement execute function gis.refuse_rewriting_history();

-- A layer's data have changed: tiles and clients see it by a number that grows with every commit.
-- Rows are only added, so that writers never wait for one another; `compact_versions` sums them up.
create or replace function gis.bump(layers text[]) returns void language sql as
$$
  insert into gis.layer_version (layer) select distinct l from unnest(layers) l where l is not null
$$;

create or replace function gis.compact_versions() returns void language sql as
$$
  with gone as (delete from gis.layer_version returning layer, changes)
  insert into gis.layer_version (layer, changes) select layer, sum(changes) from gone group by layer;
  with gone as (delete from gis.cell_version returning layer, x, y, changes)
  insert into gis.cell_version (layer, x, y, changes)
  select layer, x, y, sum(changes) from gone group by layer, x, y
$$;

-- The part of a finding's inputs that comes from the register, not from the zones.
create or replace function gis.of_register(inputs jsonb) returns jsonb language sql immutable as
$$
  select jsonb_object_agg(key, value) from jsonb_each(inputs)
  where not starts_with(key, 'in__') and not starts_with(key, 'since__')
$$;
