-- The life-cycle of a well: which status may follow which, wherever a change comes from.

-- Every status, its words (those of gis_app/terms.py: a test compares them), and what may follow.
create or replace function gis.life_cycle()
returns table (status text, zh text, en text, next text[]) language sql immutable as
$$
  values
    ('proposed', '拟建', 'proposed', array['approved', 'denied']),
    ('denied', '不予批准', 'denied', array['proposed']),
    ('approved', '已批准', 'approved', array['under_construction', 'lapsed']),
    ('lapsed', '批准已失效', 'approval lapsed', array['proposed']),
    ('under_construction', '在建', 'under construction',
     array['trial', 'unfinished', 'exploration_done']),
    ('unfinished', '未建成', 'unfinished',
     array['under_construction', 'sealed', 'backfilled', 'abandoned']),
    ('trial', '试运行', 'trial', array['active']),
    ('active', '在用', 'active',
     array['paused', 'emergency_only', 'ordered_to_close', 'abandoned', 'closed']),
    ('paused', '停用', 'paused', array['active', 'ordered_to_close', 'abandoned', 'closed']),
    ('emergency_only', '应急备用', 'emergency only',
     array['active', 'paused', 'ordered_to_close', 'abandoned', 'closed']),
    ('ordered_to_close', '责令限期关闭', 'ordered to close', array['closed']),
    ('closed', '已关闭', 'closed', array['sealed']),
    ('sealed', '已封存', 'sealed', array['backfilled']),
    ('abandoned', '报废未封', 'abandoned, unsealed', array['sealed', 'backfilled']),
    -- an explored borehole may go on as a monitoring well
    ('exploration_done', '勘探任务完成', 'exploration done',
     array['active', 'sealed', 'backfilled']),
    ('backfilled', '已回填', 'backfilled', array[]::text[])
$$;

-- Which status can be reached from which. A register sees a well at intervals, so a change may pass
-- over the states between. A shut well comes into use again only with an approval (`reopening`).
create or replace function gis.life_cycle_paths(reopening boolean)
returns table (status text, later text) language sql immutable as
$$
  with recursive step (status, later) as (
    select c.status, n from gis.life_cycle() c cross join unnest(c.next) n
    union all
    select s, n
    from unnest(array['closed', 'sealed']) s
    cross join unnest(array['active', 'paused', 'emergency_only']) n
    where reopening
  ), path (status, later) as (
    select s.status, s.later from step s
    union
    select p.status, s.later from path p join step s on s.status = p.later
  )
  select p.status, p.later from path p where p.status <> p.later
$$;

-- The refusal: the first of the wells that cannot change so, and what it may become instead.
create or replace function gis.refuse_transition(code text, was text, now text, others bigint)
returns void language plpgsql as
$$
declare
  zh text;
  en text;
  from_zh text;
  from_en text;
  to_zh text;
  to_en text;
begin
  select c.zh, c.en into from_zh, from_en from gis.life_cycle() c where c.status = was;
  select c.zh, c.en into to_zh, to_en from gis.life_cycle() c where c.status = now;
  select string_agg(c.zh, '、'), string_agg(c.en, '; ') into zh, en
  from gis.life_cycle_paths(false) p join gis.life_cycle() c on c.status = p.later
  where p.status = was;
  zh := format('井“%s”%s的应用状况不能由“%s”改为“%s”：', code,
               case when others > 0 then format('（另有 %s 口井）', others) else '' end,
               from_zh, to_zh)
        || case when zh is null then format('“%s”是最终状况。', from_zh)
                else format('“%s”之后只能是：%s。', from_zh, zh) end;
  en := format('well "%s"%s cannot change from "%s" to "%s": ', code,
               case when others > 0 then format(' (and %s others)', others) else '' end,
               from_en, to_en)
        || case when en is null then format('"%s" is final.', from_en)
                else format('"%s" may be followed by %s only.', from_en, en) end;
  if exists (select from gis.life_cycle_paths(true) p where p.status = was and p.later = now) then
    zh := zh || '重新启用的，先在“豁免情形”中登记现行有效的“经批准重新启用”。';
    en := en || ' To reopen it, first record an approved reopening that is in force.';
  end if;
  raise exception '%', zh || '原记录有误的，用 gis-app well status … --correct --reason … 更正。 / '
      || en || ' If the record was wrong, correct it: gis-app well status … --correct --reason …'
    using errcode = 'GI002';
end
$$;

-- Passes: what the life-cycle allows; a well whose status was never known; corrections, which need
-- a reason; and the undoing of an import, which gives back the status that the import replaced.
create or replace function gis.keep_life_cycle() returns trigger language plpgsql as
$$
declare
  wrong record;
begin
  execute $s$  -- from its text: see 40_triggers.sql
    with turned as (
      select n.well_id, n.code, n.status as now, coalesce(o.status, (
               select s.status from gis.well_state s  -- a blank between makes nothing undone
               where s.well_id = o.well_id and s.status is not null
               order by s.well_state_id desc limit 1)) as was
      from new_rows n join old_rows o using (well_id)
      where n.status is not null and n.status is distinct from o.status
    )
    select min(t.code) as code, (array_agg(t.was order by t.code))[1] as was,
           (array_agg(t.now order by t.code))[1] as now, count(*) - 1 as others
    from turned t
    left join gis.life_cycle_paths(false) p on p.status = t.was and p.later = t.now
    where t.was <> t.now and p.status is null
      and not gis.reopening_approved(t.code, t.was, t.now)
      and not gis.gives_back(t.well_id, t.now)
  $s$ into wrong;
  if wrong.code is null then
    return null;
  end if;
  if coalesce(current_setting('gis.correcting', true), '') <> 'on' then
    perform gis.refuse_transition(wrong.code, wrong.was, wrong.now, wrong.others);
  elsif gis.reason() is null then
    raise exception '更正井“%”的应用状况须说明理由 / correcting the status of well "%" needs a reason',
      wrong.code, wrong.code using errcode = 'GI002';
  end if;
  return null;
end
$$;

create or replace function gis.reopening_approved(code text, was text, now text)
returns boolean language sql stable as
$$
  select exists (
      select from gis.life_cycle_paths(true) p where p.status = was and p.later = now)
    and exists (
      select from gis.exemption_grant g
      where g.subject = 'well' and g.subject_code = code and g.kind = 'reopening'
        and g.from_on <= gis.today() and (g.until_on is null or g.until_on >= gis.today()))
$$;

-- A batch writes while it is a preview; once it is committed only its undoing writes in its name.
create or replace function gis.gives_back(well bigint, status text)
returns boolean language sql stable as
$$
  select exists (
    select from gis.batch b
    join gis.change c on c.table_name = 'well' and c.key = well and c.batch_id = b.batch_id
    where b.batch_id = gis.batch_id() and b.state = 'committed'
      and c.op = 'update' and c.old ->> 'status' = gives_back.status)
$$;

create or replace trigger well_keeps_life_cycle after update on gis.well
  referencing new table as new_rows old table as old_rows
  for each statement execute function gis.keep_life_cycle();

-- The day on which a state began may be set later: the history keeps it. (The end of a state
-- follows from the next one.)
create or replace function gis.state_day_changed() returns trigger language plpgsql as
$$
begin
  insert into gis.change (actor, reason, batch_id, table_name, key, op, old, new)
  values (gis.actor(), gis.reason(), gis.batch_id(), 'well_state', new.well_state_id, 'update',
          jsonb_strip_nulls(to_jsonb(old)), jsonb_strip_nulls(to_jsonb(new)));
  return null;
end
$$;

create or replace trigger well_state_day_changed after update of from_on on gis.well_state
  for each row when (old.from_on is distinct from new.from_on)
  execute function gis.state_day_changed();
