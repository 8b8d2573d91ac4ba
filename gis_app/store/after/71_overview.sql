-- The overview of wells. Writers only say which wells may stand otherwise than counted
-- (well_unsettled), so they never wait for one another, and an audit that sees an older state of
-- the register cannot count wrongly. One settler at a time (gis.settle_tiles) counts those wells
-- anew. Whoever reads takes the overview, less what the unsettled were counted as, plus what they
-- are: exact in every snapshot, settled or not.

-- The cell of zoom 15 a place (3857) is in: y << 15 | x.
create or replace function gis.overview_cell(place geometry)
returns int language sql immutable parallel safe as
$$ select gis.tile_column(-st_y(place), 15) << 15 | gis.tile_column(st_x(place), 15) $$;

-- The cells that the named wells are counted in.
create or replace function gis.cells_counted(ids bigint[]) returns int[] language sql stable as
$$
  select coalesce(array_agg(distinct c.cell), '{}')
  from unnest(ids) k (well_id) join gis.well_counted c on c.well_id = k.well_id
$$;

-- Count the named wells anew.
create or replace function gis.count_wells(ids bigint[]) returns void language plpgsql as
$$
begin
  with named as materialized (
    select unnest(ids) as well_id
  ), now as materialized (
    select w.well_id, gis.overview_cell(w.geom_web) as cell,
           coalesce(f.flag, 'unassessed') as flag
    from named k
    join gis.well w on w.well_id = k.well_id
    left join gis.well_flag f on f.well_id = k.well_id
  ), was as materialized (
    select c.well_id, c.cell, c.flag from named k join gis.well_counted c using (well_id)
  ), gone as (
    delete from gis.well_counted c using was
    where c.well_id = was.well_id
      and not exists (select from now n where n.well_id = was.well_id)
  ), kept as (
    insert into gis.well_counted as c (well_id, cell, flag)
    select n.well_id, n.cell, n.flag from now n left join was using (well_id)
    where (n.cell, n.flag) is distinct from (was.cell, was.flag)
    order by n.well_id
    on conflict (well_id) do update set cell = excluded.cell, flag = excluded.flag
  ), difference as (
    select cell & 32767 as x, cell >> 15 as y, flag, sum(n)::int as wells
    from (select cell, flag, 1 as n from now
          union all
          select cell, flag, -1 from was) d
    group by cell, flag
    having sum(n) <> 0
  )
  insert into gis.well_overview as o
    (z, x, y, cell, close, indeterminate, restricted, duty, exempt, clear, unassessed)
  select z, d.x >> (15 - z), d.y >> (15 - z),
         ((d.y >> (9 - z)) & 63) << 6 | ((d.x >> (9 - z)) & 63),
         coalesce(sum(d.wells) filter (where d.flag = 'close'), 0),
         coalesce(sum(d.wells) filter (where d.flag = 'indeterminate'), 0),
         coalesce(sum(d.wells) filter (where d.flag = 'restricted'), 0),
         coalesce(sum(d.wells) filter (where d.flag = 'duty'), 0),
         coalesce(sum(d.wells) filter (where d.flag = 'exempt'), 0),
         coalesce(sum(d.wells) filter (where d.flag = 'clear'), 0),
         coalesce(sum(d.wells) filter (where d.flag = 'unassessed'), 0)
  from difference d cross join generate_series(4, 9) z
  group by 1, 2, 3, 4
  order by 1, 2, 3, 4  -- what is read together lies together
  on conflict (z, x, y, cell) do update set
    close = o.close + excluded.close,
    indeterminate = o.indeterminate + excluded.indeterminate,
    restricted = o.restricted + excluded.restricted,
    duty = o.duty + excluded.duty,
    exempt = o.exempt + excluded.exempt,
    clear = o.clear + excluded.clear,
    unassessed = o.unassessed + excluded.unassessed;
  if cardinality(ids) > 1000 then
    delete from gis.well_overview
    where close + indeterminate + restricted + duty + exempt + clear + unassessed = 0;
  end if;
end
$$;
