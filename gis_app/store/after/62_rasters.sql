-- Rasters on record: written once. A row may be ended or taken back, by nobody changed or deleted:
-- what was published on a day, and by whom, stays known. Its history is kept as the registers' is.
create or replace function gis.keep_raster() returns trigger language plpgsql as
$$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - array['valid_to', 'withdrawn_at', 'withdrawn_by', 'withdrawn_why']
      is distinct from
      to_jsonb(old) - array['valid_to', 'withdrawn_at', 'withdrawn_by', 'withdrawn_why'] then
    raise exception '栅格 % 已登记，只能终止或撤回，不能修改或删除；请另行登记新的一版。 / Raster % is on record: it may be ended or taken back, not changed or deleted. Add a new one.',
      old.raster_id, old.raster_id using errcode = 'GI001';
  end if;
  if old.withdrawn_at is not null then
    raise exception '栅格 % 已撤回，不能再改。 / Raster % was taken back and is not changed any more.',
      old.raster_id, old.raster_id using errcode = 'GI002';
  end if;
  if old.valid_to <= gis.today() and new.valid_to is distinct from old.valid_to then
    raise exception '栅格 % 已于 % 失效，不能恢复或改期；请另行登记新的一版。 / Raster % ended on %: add a new one.',
      old.raster_id, old.valid_to, old.raster_id, old.valid_to using errcode = 'GI001';
  end if;
  return new;
end
$$;

create or replace trigger keep_raster before update or delete on gis.raster
  for each row execute function gis.keep_raster();
create or replace trigger raster_inserted after insert on gis.raster
  referencing new table as new_rows
  for each statement execute function gis.register_changed('geom');
create or replace trigger raster_updated after update on gis.raster
  referencing old table as old_rows new table as new_rows
  for each statement execute function gis.register_changed('geom');
