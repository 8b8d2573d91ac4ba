-- Who is writing, why, and in which import: set by `store.writing`, kept by the history.
create or replace function gis.actor() returns text language sql stable as
$$ select coalesce(nullif(current_setting('gis.actor', true), ''), session_user::text) $$;

create or replace function gis.reason() returns text language sql stable as
$$ select nullif(current_setting('gis.reason', true), '') $$;

create or replace function gis.batch_id() returns bigint language sql stable as
$$ select nullif(current_setting('gis.batch_id', true), '')::bigint $$;

-- The legal day: law is in force by the calendar of China, wherever the server stands.
create or replace function gis.today() returns date language sql stable as
$$ select (now() at time zone 'Asia/Shanghai')::date $$;

create or replace function gis.bump(layers text[]) returns void language sql as
$$
  insert into gis.layer_version as v (layer)
  select distinct l from unnest(layers) l where l is not null order by 1
  on conflict (layer) do update set version = v.version + 1
$$;
