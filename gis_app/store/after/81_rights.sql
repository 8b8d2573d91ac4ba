-- Who may write what. A change made for a caller of the service (gis.bounded, set by
-- `store.engine.sign`) must lie in an area where he holds the right to it, before and after; the
-- command line and the database's own users are not bounded.

-- Whose a permit is: the division of its latest version, '' where that names none; null: not registered.
create or replace function gis.area_of_permit(permit text) returns text language sql stable as
$$
  select coalesce(p.area_code, '') from gis.permit p where p.number = permit
  order by gis.in_force_from(p.changed_on, p.valid_from, p.approved_on) desc, p.permit_id desc
  limit 1
$$;

-- Whose a unit is: a division itself, or where it is drawn; null: not known.
create or replace function gis.area_of_unit(unit text) returns text language sql stable as
$$
  select case when unit ~ '^[0-9]{4,12}$' then unit else (
    select z.area_code from gis.zone z
    where z.layer = 'management_unit' and z.code = unit and z.law_status = 'approved'
    order by z.zone_id desc, z.version desc limit 1) end
$$;

-- Whether the caller holds one of these rights in a division; '': only who holds it everywhere.
create or replace function gis.holds(held text[], place text) returns boolean language sql stable as
$$ select exists (select from unnest(held) h, unnest(gis.areas(h)) a where place like a) $$;

-- The divisions a row speaks of: its own, that of the well it names (for want of one, of the permit), and that of the
-- unit whose figures it gives; '' where it has none: only who may act everywhere may change it.
drop function if exists gis.area_of(jsonb);
create or replace function gis.areas_of(of jsonb) returns text[] language sql stable as
$$
  select array(
    select of ->> 'area_code' where of ->> 'area_code' is not null
    union
    select coalesce(
      (select area_code from gis.well where code = of ->> 'well_code'),
      case when of ->> 'well_code' is null then gis.area_of_permit(of ->> 'permit_number') end,
      '')
    where of ->> 'area_code' is null or of ->> 'well_code' is not null
    union
    select u.place from gis.area_of_unit(of ->> 'unit_code') u (place)
    where of ->> 'area_code' is not null and u.place is not null)
$$;

create or replace function gis.refuse_beyond_rights() returns trigger language plpgsql as
$$
declare
  held text[] := case tg_table_name
    when 'zone' then array['draft'] when 'raster' then array['edit_registers', 'approve']
    else array['edit_registers'] end;
  met text[];
  place text;
  image jsonb;
  called text;
begin
  if tg_table_name = 'zone' then
    if tg_op = 'UPDATE' and old.law_status <> 'approved' and new.law_status <> 'approved' then
      if new.law_status is distinct from old.law_status then
        held := array['draft', 'approve'];  -- sent to review, returned, withdrawn
      end if;
    elsif 'approved' in (case when tg_op <> 'INSERT' then old.law_status end,
                         case when tg_op <> 'DELETE' then new.law_status end) then
      held := array['approve'];
    end if;
  end if;
  if tg_table_name in ('zone', 'well') then  -- many rows, large shapes: no json of them
    if tg_op <> 'INSERT' then met := met || coalesce(old.area_code, ''); end if;
    if tg_op <> 'DELETE' then met := met || coalesce(new.area_code, ''); end if;
  else
    if tg_op <> 'INSERT' then met := met || gis.areas_of(to_jsonb(old) - 'geom'); end if;
    if tg_op <> 'DELETE' then met := met || gis.areas_of(to_jsonb(new) - 'geom'); end if;
  end if;
  foreach place in array met loop
    if not gis.holds(held, place) then
      called := tg_table_name;
      if tg_op = 'INSERT' then  -- what is there already may be none of his to know
        image := to_jsonb(new) - 'geom';
        called := concat_ws(' ', called, coalesce(
          image ->> 'code', image ->> 'name', image ->> 'number', image ->> 'well_code',
          image ->> 'permit_number', image ->> 'unit_code'));
      end if;
      if place = '' then
        raise exception '记录“%”没有行政区划代码，账户“%”只能修改其所辖区划内的记录：请填写行政区划代码。 / The record "%" has no area code and the account "%" may write in its areas only: give the area code.',
          called, gis.actor(), called, gis.actor() using errcode = 'GI004';
      end if;
      raise exception '账户“%”无权修改区划 % 内的这一记录（%）。 / The account "%" may not change this record (%) in area %.',
        gis.actor(), place, called, gis.actor(), called, place using errcode = 'GI004';
    end if;
  end loop;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

do
$$
declare
  guarded text;
begin
  foreach guarded in array gis.register_tables() || array['zone', 'well', 'raster'] loop
    execute format(
      'create or replace trigger a_right before insert or update or delete on gis.%I'
      ' for each row when (current_setting(''gis.bounded'', true) = ''on'')'
      ' execute function gis.refuse_beyond_rights()', guarded);
  end loop;
end
$$;

-- The history of accounts: who was given what, by whom; never a password's hash.
create or replace function gis.account_changed() returns trigger language plpgsql as
$$
declare
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
begin
  if was ->> 'password_hash' is distinct from now ->> 'password_hash' and now is not null then
    now := now || '{"password": "changed"}';
  end if;
  was := was - 'password_hash' - 'digest' - 'used_at';
  now := now - 'password_hash' - 'digest' - 'used_at';
  if was is distinct from now then
    insert into gis.change (actor, reason, table_name, key, op, old, new)
    values (gis.actor(), gis.reason(), tg_table_name,
            (coalesce(now, was) ->> (tg_table_name || '_id'))::bigint, lower(tg_op), was, now);
  end if;
  return null;
end
$$;

create or replace trigger account_changed after insert or update or delete on gis.account
  for each row execute function gis.account_changed();
create or replace trigger account_role_changed after insert or update or delete on gis.account_role
  for each row execute function gis.account_changed();
create or replace trigger token_changed after insert or update or delete on gis.token
  for each row execute function gis.account_changed();
