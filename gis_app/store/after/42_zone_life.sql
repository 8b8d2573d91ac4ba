-- The life of a zone version: draft → in review → approved, returned to draft or withdrawn on the way.
-- Kept by the database for every door: the service, the command line, an import, plain SQL.

-- Each step with the status it leads from and to (a row a status), and its words.
create or replace function gis.zone_steps()
returns table (step text, was text, now text, zh text, en text) language sql immutable as
$$
  values
    ('submit', 'draft', 'in_review', '送审', 'submit'),
    ('return', 'in_review', 'draft', '退回', 'return'),
    ('approve', 'in_review', 'approved', '批准', 'approve'),
    ('withdraw', 'draft', 'withdrawn', '撤回', 'withdraw'),
    ('withdraw', 'in_review', 'withdrawn', '撤回', 'withdraw'),
    ('withdraw', 'approved', 'withdrawn', '撤回', 'withdraw')
$$;

-- What an author has written of a version; its days are set by who approves or repeals it.
create or replace function gis.zone_content(image jsonb) returns jsonb language sql immutable as
$$
  select image - array['law_status', 'valid_from', 'valid_to', 'batch_id', 'recorded_at',
                       'recorded_by']
$$;

-- Everybody whose hand wrote the shape or the properties of a version, by the history; of a number
-- used again, since it was last begun.
create or replace function gis.zone_authors(zone bigint, number int)
returns table (author text) language sql stable as
$$
  with written as (
    select c.change_id, c.actor, c.op, gis.zone_content(c.old) as old, gis.zone_content(c.new) as new
    from gis.change c
    where c.table_name = 'zone' and c.key = zone and (c.new ->> 'version')::int = number
  )
  select distinct w.actor from written w
  where (w.op = 'insert' or w.op = 'update' and w.old is distinct from w.new)
    and w.change_id >= (select max(b.change_id) from written b where b.op = 'insert')
$$;

-- The steps of a version's life as the history has them, first to last.
create or replace view gis.zone_life with (security_invoker = true) as
select c.key as zone_id, (c.new ->> 'version')::int as version, c.old ->> 'law_status' as was,
       c.new ->> 'law_status' as now, c.actor, c.reason, c.batch_id, c.at, c.change_id
from gis.change c
where c.table_name = 'zone' and c.new is not null
  and c.old ->> 'law_status' is distinct from c.new ->> 'law_status';

create or replace function gis.refuse_step(z gis.zone, now text) returns void language plpgsql as
$$
declare
  zh text;
  en text;
begin
  select string_agg(s.zh, '、'), string_agg(s.en, ', ') into zh, en
  from gis.zone_steps() s where s.was = z.law_status;
  raise exception '区划“%”（第 % 版）不能由“%”改为“%”；现在可以：%。 / zone "%" version % cannot go from "%" to "%"; from here: %.',
    z.name, z.version, z.law_status, now, coalesce(zh, '无'), z.name, z.version, z.law_status, now,
    coalesce(en, 'nothing')
    using errcode = 'GI002';
end
$$;

create or replace function gis.refuse_own_draft(z gis.zone) returns void language plpgsql as
$$
begin
  raise exception '区划“%”（第 % 版）由“%”起草或修改过，起草人不能批准自己的草案；请由另一人批准。 / zone "%" version % was drafted or changed by "%", and an author cannot approve his own draft: another person approves it.',
    z.name, z.version, gis.actor(), z.name, z.version, gis.actor()
    using errcode = 'GI003';
end
$$;

-- A version that is inserted as law was not approved here: it is declared to be law already. An
-- import declares so in the name of its batch (the file, who committed it and why are kept); any
-- other hand says so (`gis.declaring`) with a reason. No door of the service says so.
create or replace function gis.keep_zone_life() returns trigger language plpgsql as
$$
declare
  said boolean;
begin
  if tg_op = 'INSERT' then
    said := coalesce(current_setting('gis.declaring', true), '') = 'on' and gis.reason() is not null;
    if new.law_status = 'approved' and gis.batch_id() is null and not said then
      perform gis.refuse_own_draft(new);
    end if;
    return new;
  end if;
  if new.law_status <> old.law_status and not exists (
       select from gis.zone_steps() s where s.was = old.law_status and s.now = new.law_status) then
    perform gis.refuse_step(old, new.law_status);
  end if;
  if old.law_status in ('in_review', 'approved') and new.law_status <> 'draft'
     and gis.zone_content(gis.zone_image(new)) is distinct from gis.zone_content(gis.zone_image(old)) then
    raise exception '区划“%”（第 % 版）在审查中或已批准，不能更改；审查中的请先退回，已批准的请另立新版本 / zone "%" version % is in review or approved and cannot be changed: return it to draft first, or make a new version',
      old.name, old.version, old.name, old.version
      using errcode = case old.law_status when 'approved' then 'GI001' else 'GI002' end;
  end if;
  if old.law_status = 'approved' and new.law_status = 'approved'
     and new.valid_from is distinct from old.valid_from then
    raise exception '区划“%”（第 % 版）已批准，生效日期不能更改；请撤回后另立新版本 / zone "%" version % is approved and its first day cannot be changed: withdraw it and make a new version',
      old.name, old.version, old.name, old.version using errcode = 'GI001';
  end if;
  if new.law_status = 'approved' and old.law_status <> 'approved' and exists (
       select from gis.zone_authors(old.zone_id, old.version) a
       where lower(btrim(a.author)) = lower(btrim(gis.actor()))) then
    perform gis.refuse_own_draft(old);
  end if;
  return new;
end
$$;

create or replace trigger zone_keeps_life before insert or update on gis.zone
  for each row execute function gis.keep_zone_life();
