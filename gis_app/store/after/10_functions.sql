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

-- How grave a finding is for its well, gravest first: 1 must close, 2 closing cannot be known,
-- 3 restricted, 4 another duty or a doubt about one, 5 exempt from closing; nothing: exempt from
-- less. And the flag a map shows for it.
create or replace function gis.gravity(answer text, verdict text)
returns int language sql immutable parallel safe as
$$
  select case
    when verdict in ('prohibit', 'close_by', 'seal') then
      case answer when 'applies' then 1 when 'indeterminate' then 2 else 5 end
    when answer = 'exempt' then 6
    when answer = 'applies' and verdict in ('deny', 'suspend', 'restrict') then 3
    else 4 end
$$;

create or replace function gis.flag(gravity int) returns text language sql immutable parallel safe as
$$
  select coalesce(
    (array['close', 'indeterminate', 'restricted', 'duty', 'exempt'])[gravity], 'clear')
$$;

-- Immutable helpers that generated columns use. The table of accuracies is that of gis_app/terms.py
-- (a test compares them); replacing a value here needs `update gis.well set code = code`.
create or replace function gis.uncertainty_m(accuracy_m double precision, method text)
returns double precision language sql immutable parallel safe as
$$
  select coalesce(accuracy_m, case method
    when 'rtk' then 0.05 when 'total_station' then 0.1 when 'image_1m' then 3
    when 'gnss_handheld' then 10 when 'phone' then 15 when 'map_5k' then 20
    when 'map_10k' then 30 when 'map_50k' then 200 when 'village_centroid' then 1000
    when 'permit_text' then 500 else 100 end)
$$;

-- Degrees that surely hold a number of metres at a place, in any direction. (Read when it is made: what
-- indexes are made of must not hang on a search path, or no dump can be restored.)
create or replace function gis.degrees(metres double precision, place geometry)
returns double precision language sql immutable parallel safe
return metres / (110000 * cos(radians(least(85, greatest(abs(st_ymin(place)), abs(st_ymax(place)))))));

create or replace function gis.reach(place geometry, metres double precision)
returns geometry language sql immutable parallel safe
return st_expand(place, greatest(gis.degrees(metres, place), 1e-9));

-- A code as codes are compared (gis_app/store/codes.py): half-width, plain hyphens, no spaces.
create or replace function gis.plain_code(code text) returns text
language sql immutable parallel safe
return translate(normalize(code, nfkc),
                 E'\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u200b\ufeff \t\r\n', '--------');

-- What the queries of gis_app/registers/sql ask beside: the legal day of an instant, a place (null where
-- a part is), and the geodesic metres between two.
create or replace function gis.legal_day(instant timestamptz) returns date
language sql stable parallel safe as
$$ select (instant at time zone 'Asia/Shanghai')::date $$;

create or replace function gis.place(lon double precision, lat double precision) returns geometry
language sql immutable parallel safe as
$$ select st_setsrid(st_makepoint(lon, lat), 4490) $$;

create or replace function gis.metres_apart(one geometry, other geometry) returns double precision
language sql immutable parallel safe as
$$ select st_distance(one::geography, other::geography) $$;
