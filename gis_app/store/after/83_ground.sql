-- A caller bound to areas writes zones and wells only on ground where he holds the right, whatever area code they
-- name. Ground is that of the districts in force; where none is recorded nothing is asked.

-- The districts, comma-separated, on whose ground a place surely lies (beyond its accuracy and theirs) and in which
-- the caller holds none of these rights; null: none, or the caller is not bounded.
create or replace function gis.beyond_ground(place geometry, accuracy_m double precision, held text[])
returns text language sql stable as
$$
  select string_agg(distinct d.code, ',')
  from (
    select distinct z.zone_id, z.version, z.boundary_accuracy_m, coalesce(z.area_code, z.code) as code
    from gis.zone_part p
    join gis.zone z on z.zone_id = p.zone_id and z.version = p.version and z.layer = 'district'
    where current_setting('gis.bounded', true) = 'on' and p.live and p.reach && place
      and st_intersects(p.geom, place)
  ) d
  join gis.zone z on z.zone_id = d.zone_id and z.version = d.version
  cross join lateral (select gis.degrees(accuracy_m + d.boundary_accuracy_m, place) as deg) tolerance
  where d.code is not null and not gis.holds(held, d.code)
    -- a right in a township is one on the ground of its county
    and not exists (select from unnest(held) h, unnest(gis.areas(h)) a where a like d.code || '%')
    and case when st_dimension(place) = 0 then st_distance(st_boundary(z.geom), place) > deg
        else not st_isempty(st_buffer(st_intersection(z.geom, place), -deg)) end
$$;

create or replace function gis.refuse_ground() returns trigger language plpgsql as
$$
declare
  held text[] := array['edit_registers'];
  accuracy_m double precision;
  beyond text;
begin
  if tg_table_name = 'zone' then
    if new.layer = 'district' or new.law_status = 'withdrawn' then return new; end if;
    if tg_op = 'UPDATE' and new.geom = old.geom
       and (new.law_status = old.law_status or new.law_status = 'draft') then
      return new;
    end if;
    held := case when new.law_status = 'approved' then array['approve'] else array['draft', 'approve'] end;
    accuracy_m := new.boundary_accuracy_m;
  else
    if tg_op = 'UPDATE' and new.geom = old.geom then return new; end if;
    accuracy_m := gis.uncertainty_m(new.position_accuracy_m, new.coord_method);
  end if;
  beyond := gis.beyond_ground(new.geom, coalesce(accuracy_m, 0), held);
  if beyond is not null then
    raise exception '记录“%”的位置（geometry）在区划 % 内，账户“%”在那里没有权限：请更正位置，或请在该区划有权限的账户办理。 / The place (geometry) of the record "%" lies in %, where the account "%" has no right: mend the place, or ask an account with rights there.',
      coalesce(new.name, new.code), beyond, gis.actor(),
      coalesce(new.name, new.code), beyond, gis.actor() using errcode = 'GI004';
  end if;
  return new;
end
$$;

create or replace trigger a_right_of_ground before insert or update on gis.zone
  for each row when (current_setting('gis.bounded', true) = 'on') execute function gis.refuse_ground();
create or replace trigger a_right_of_ground before insert or update on gis.well
  for each row when (current_setting('gis.bounded', true) = 'on') execute function gis.refuse_ground();
