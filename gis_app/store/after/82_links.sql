-- Permits and the wells they cover. Which wells a permit has decides what is permitted and taken, at all of
-- them: a well is put on a permit, or taken off it, by who may write where both are; or where the well is, if
-- the permit's division holds the well's (a city's permit covers wells of its counties). A version of a
-- permit is added by who may write where the permit is.

-- How the codes within a division begin: those of provinces and cities may be written with their zeros.
create or replace function gis.beginning(division text) returns text language sql immutable as
$$ select regexp_replace(division, '^(.{2,6}?)(00)+$', '\1') $$;

-- The division of a permit that keeps the caller from linking a well there ('' where it names none); null
-- where nothing does. Without a well's division: from adding a version.
create or replace function gis.kept_permit(permit text, well_area text) returns text
language sql stable as
$$
  select p.place from gis.area_of_permit(permit) p (place)
  where current_setting('gis.bounded', true) = 'on' and not gis.holds('{edit_registers}', p.place)
    and not coalesce(p.place <> '' and starts_with(well_area, gis.beginning(p.place)), false)
$$;

create or replace function gis.refuse_kept(permit text, well_area text) returns void
language plpgsql as
$$
declare
  kept constant text := gis.kept_permit(permit, well_area);
begin
  if kept is not null then
    raise exception '许可证“%”属区划 %，账户“%”无权改动它的版本和所含的井：请更正证号，或请在该证区划有权限的账户登记。 / The permit "%" is of area %, where the account "%" may change neither its versions nor its wells: mend the permit number, or ask an account with rights in that area.',
      permit, coalesce(nullif(kept, ''), '（未填）'), gis.actor(),
      permit, coalesce(nullif(kept, ''), '(blank)'), gis.actor() using errcode = 'GI004';
  end if;
end
$$;

create or replace function gis.refuse_link() returns trigger language plpgsql as
$$
begin
  if tg_table_name = 'permit' then
    if new.number is distinct from old.number then perform gis.refuse_kept(new.number, null); end if;
  elsif tg_table_name = 'well' then
    if new.permit_number is distinct from old.permit_number then
      perform gis.refuse_kept(new.permit_number, new.area_code);
    end if;
  else
    if tg_op <> 'INSERT' then
      perform gis.refuse_kept(old.permit_number, (select area_code from gis.well where code = old.well_code));
    end if;
    if tg_op <> 'DELETE' then
      perform gis.refuse_kept(new.permit_number, (select area_code from gis.well where code = new.well_code));
    end if;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

create or replace trigger a_right_of_links before insert or update on gis.permit
  for each row when (current_setting('gis.bounded', true) = 'on') execute function gis.refuse_link();
create or replace trigger a_right_of_links before insert or update on gis.well
  for each row when (current_setting('gis.bounded', true) = 'on') execute function gis.refuse_link();
create or replace trigger a_right_of_links before insert or update or delete on gis.permit_well
  for each row when (current_setting('gis.bounded', true) = 'on') execute function gis.refuse_link();
