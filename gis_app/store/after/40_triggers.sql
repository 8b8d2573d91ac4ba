-- Triggers: once per statement, on the set of rows it changed. What joins the rows as they were with
-- the rows as they are is executed from its text: a plan that is kept is that of the session's first
-- statement, and what is quick for one row (a loop in a loop) takes minutes for ten thousand.

-- Wells and zones meet each other's committed rows: writers of wells go side by side, a writer of
-- zones goes alone (the queries of the triggers below look again after the lock is had).
create or replace function gis.take_turns() returns trigger language plpgsql as
$$
begin
  if tg_table_name = 'well' then
    perform pg_advisory_xact_lock_shared(hashtext('gis.incidence'));
  else
    perform pg_advisory_xact_lock(hashtext('gis.incidence'));
  end if;
  return null;
end
$$;

create or replace trigger well_takes_turns before insert or update or delete on gis.well
  for each statement execute function gis.take_turns();
create or replace trigger zone_takes_turns before insert or update or delete on gis.zone
  for each statement execute function gis.take_turns();

create or replace function gis.well_changed() returns trigger language plpgsql as
$$
declare
  moved bigint[];
begin
  if tg_op = 'INSERT' then
    insert into gis.change (actor, reason, batch_id, table_name, key, op, new)
    select gis.actor(), gis.reason(), gis.batch_id(), 'well', n.well_id, 'insert', gis.well_image(n)
    from new_rows n;
    insert into gis.well_state (well_id, status, from_on, reason, batch_id)
    select n.well_id, n.status, n.completed_on, gis.reason(), gis.batch_id() from new_rows n;
    select array_agg(n.well_id) into moved from new_rows n;
  elsif tg_op = 'UPDATE' then
    execute $s$
      insert into gis.change (actor, reason, batch_id, table_name, key, op, old, new)
      select gis.actor(), gis.reason(), gis.batch_id(), 'well', n.well_id, 'update',
             gis.well_image(o), gis.well_image(n)
      from new_rows n join old_rows o using (well_id)
      where n is distinct from o
    $s$;
    execute $s$
      with turned as (
        select n.well_id, n.status from new_rows n join old_rows o using (well_id)
        where n.status is distinct from o.status
      ), ended as (
        update gis.well_state s set to_on = gis.today() from turned t
        where s.well_id = t.well_id and s.to_on is null
      )
      insert into gis.well_state (well_id, status, from_on, reason, batch_id)
      select t.well_id, t.status, gis.today(), gis.reason(), gis.batch_id() from turned t
    $s$;
    execute $s$
      select array_agg(n.well_id)
      from new_rows n join old_rows o using (well_id)
      where not st_orderingequals(n.geom, o.geom) or n.uncertainty_m <> o.uncertainty_m
    $s$ into moved;
  else
    insert into gis.change (actor, reason, batch_id, table_name, key, op, old)
    select gis.actor(), gis.reason(), gis.batch_id(), 'well', o.well_id, 'delete', gis.well_image(o)
    from old_rows o;
    delete from gis.well_zone z using old_rows o where z.well_id = o.well_id;
    delete from gis.well_flag f using old_rows o where f.well_id = o.well_id;
    update gis.well_state s set to_on = gis.today() from old_rows o
    where s.well_id = o.well_id and s.to_on is null;
  end if;
  if moved is not null then
    perform gis.settle_wells(moved);
  end if;
  perform gis.bump(array['well']);
  return null;
end
$$;

create or replace trigger well_inserted after insert on gis.well
  referencing new table as new_rows for each statement execute function gis.well_changed();
create or replace trigger well_updated after update on gis.well
  referencing new table as new_rows old table as old_rows
  for each statement execute function gis.well_changed();
create or replace trigger well_deleted after delete on gis.well
  referencing old table as old_rows for each statement execute function gis.well_changed();

create or replace function gis.zone_changed() returns trigger language plpgsql as
$$
declare
  cut_ids bigint[];
  cut_versions int[];
  settled bigint[];
begin
  if tg_op = 'INSERT' then
    insert into gis.change (actor, reason, batch_id, table_name, key, op, new)
    select gis.actor(), gis.reason(), gis.batch_id(), 'zone', n.zone_id, 'insert', gis.zone_image(n)
    from new_rows n;
    select array_agg(n.zone_id), array_agg(n.version), array_agg(distinct n.zone_id)
    into cut_ids, cut_versions, settled
    from new_rows n where n.law_status = 'approved';
    perform gis.bump(array_agg(distinct n.layer)) from new_rows n;
  elsif tg_op = 'UPDATE' then
    execute $s$
      insert into gis.change (actor, reason, batch_id, table_name, key, op, old, new)
      select gis.actor(), gis.reason(), gis.batch_id(), 'zone', n.zone_id, 'update',
             gis.zone_image(o), gis.zone_image(n)
      from new_rows n join old_rows o using (zone_id, version)
      where n is distinct from o
    $s$;
    execute $s$
      select array_agg(n.zone_id), array_agg(n.version)
      from new_rows n join old_rows o using (zone_id, version)
      where (n.law_status = 'approved') <> (o.law_status = 'approved')
         or n.law_status = 'approved'
            and (not st_orderingequals(n.geom, o.geom)
                 or n.boundary_accuracy_m <> o.boundary_accuracy_m)
    $s$ into cut_ids, cut_versions;
    execute $s$
      select array_agg(distinct n.zone_id)
      from new_rows n join old_rows o using (zone_id, version)
      where n.zone_id = any ($1)
         or (n.law_status, n.valid_from, n.valid_to, n.layer, n.grade)
            is distinct from (o.law_status, o.valid_from, o.valid_to, o.layer, o.grade)
    $s$ into settled using cut_ids;
    perform gis.bump(array_agg(distinct r.layer))
    from (select layer from new_rows union select layer from old_rows) r;
  else
    insert into gis.change (actor, reason, batch_id, table_name, key, op, old)
    select gis.actor(), gis.reason(), gis.batch_id(), 'zone', o.zone_id, 'delete', gis.zone_image(o)
    from old_rows o;
    select array_agg(o.zone_id), array_agg(o.version), array_agg(distinct o.zone_id)
    into cut_ids, cut_versions, settled from old_rows o;
    perform gis.bump(array_agg(distinct o.layer)) from old_rows o;
  end if;
  if cut_ids is not null then
    perform gis.cut_zones(cut_ids, cut_versions);
  end if;
  if settled is not null then
    perform gis.settle_zones(settled);
  end if;
  return null;
end
$$;

create or replace trigger zone_inserted after insert on gis.zone
  referencing new table as new_rows for each statement execute function gis.zone_changed();
create or replace trigger zone_updated after update on gis.zone
  referencing new table as new_rows old table as old_rows
  for each statement execute function gis.zone_changed();
create or replace trigger zone_deleted after delete on gis.zone
  referencing old table as old_rows for each statement execute function gis.zone_changed();

-- A version that has been in force is never changed or deleted; it may be ended or withdrawn.
create or replace function gis.guard_zone() returns trigger language plpgsql as
$$
begin
  if tg_op = 'UPDATE' and (new.zone_id, new.version) <> (old.zone_id, old.version) then
    raise exception '区划的标识和版本号不能更改 / the id and version of a zone cannot be changed'
      using errcode = 'GI001';
  end if;
  if tg_op = 'UPDATE' and old.law_status = 'approved' and old.valid_to <= gis.today()
     and new.valid_to is distinct from old.valid_to then
    raise exception '区划“%”（第 % 版）已于 % 失效，不能恢复或改期；请另立新版本 / zone "%" version % ended on %: make a new version',
      old.name, old.version, old.valid_to, old.name, old.version, old.valid_to
      using errcode = 'GI001';
  end if;
  if old.law_status = 'withdrawn'
     or old.law_status = 'approved' and old.valid_from <= gis.today() then
    if tg_op = 'DELETE' then
      raise exception '区划“%”（第 % 版）已生效，不能删除；请废止或撤回 / zone "%" version % has been in force and cannot be deleted: repeal or withdraw it',
        old.name, old.version, old.name, old.version using errcode = 'GI001';
    end if;
    if old.law_status = 'withdrawn'
       or new.law_status not in ('approved', 'withdrawn')
       or (new.layer, new.grade, new.code, new.name, new.instrument, new.clause, new.authority,
           new.area_code, new.valid_from, new.boundary_accuracy_m, new.attrs, new.zone_id,
           new.version)
          is distinct from
          (old.layer, old.grade, old.code, old.name, old.instrument, old.clause, old.authority,
           old.area_code, old.valid_from, old.boundary_accuracy_m, old.attrs, old.zone_id,
           old.version)
       or not st_orderingequals(new.geom, old.geom) then
      raise exception '区划“%”（第 % 版）已生效，不能更改；请另立新版本 / zone "%" version % has been in force and cannot be changed: make a new version',
        old.name, old.version, old.name, old.version using errcode = 'GI001';
    end if;
  end if;
  return coalesce(new, old);
end
$$;

create or replace trigger zone_guard before update or delete on gis.zone
  for each row execute function gis.guard_zone();

create or replace function gis.refuse_truncate() returns trigger language plpgsql as
$$
begin
  raise exception 'gis.%: 请用 delete，truncate 不留历史 / use delete: truncate leaves no history',
    tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create or replace trigger well_no_truncate before truncate on gis.well
  for each statement execute function gis.refuse_truncate();
create or replace trigger zone_no_truncate before truncate on gis.zone
  for each statement execute function gis.refuse_truncate();
