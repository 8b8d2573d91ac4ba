-- Incidence: which wells meet which zones, with signed geodesic distance to the boundary.

-- The wells whose disc of uncertainty touches a zone version, and whether the point is inside. Its parts
-- stand outside and the wells' index inside, forced by `offset 0`; the planner left alone takes
-- > 200 s for what takes 4. Candidates meet by boxes that hold the accuracies (`reach`); the exact test
-- follows. A well on a cut line meets two parts, hence the grouping: zone by zone it stays in the cache.
create or replace function gis.wells_touching(zone bigint, number int)
returns table (well_id bigint, place geometry, uncertainty_m double precision, inside boolean)
language sql stable parallel safe rows 100 as
$$
  select w.well_id, w.geom, w.uncertainty_m, bool_or(w.inside)
  from (
    select p.geom, p.reach, p.boundary_accuracy_m, gis.degrees(1, p.reach) as metre
    from gis.zone_part p
    where p.zone_id = zone and p.version = number
    offset 0
  ) p
  cross join lateral (
    select w.well_id, w.geom, w.uncertainty_m, st_intersects(p.geom, w.geom) as inside
    from gis.well w
    where gis.reach(w.geom, w.uncertainty_m) && p.reach
    offset 0
  ) w
  where w.inside
     or st_dwithin(p.geom, w.geom, (w.uncertainty_m + p.boundary_accuracy_m) * p.metre)
  group by w.well_id, w.geom, w.uncertainty_m
$$;

-- The zones in force that the disc of a well touches: the well outside, the parts' index inside.
create or replace function gis.zones_touched(place geometry, uncertainty_m double precision)
returns table (zone_id bigint, version int, inside boolean)
language sql stable parallel safe rows 10 as
$$
  select p.zone_id, p.version, bool_or(p.inside)
  from (
    select p.zone_id, p.version, p.geom, p.boundary_accuracy_m,
           st_intersects(p.geom, place) as inside
    from gis.zone_part p
    where p.live and p.reach && gis.reach(place, uncertainty_m)
    offset 0
  ) p
  where p.inside
     or st_dwithin(p.geom, place, gis.degrees(uncertainty_m + p.boundary_accuracy_m, place))
  group by p.zone_id, p.version
$$;

-- Geodesic metres from a place (4490; the same in 3395: `conformal`) to a boundary or a piece of
-- one (3395). The nearest point is found in 3395, which is conformal on the ellipsoid (3857 is not:
-- 0.4 % between north and east).
create or replace function gis.metres_to(edge geometry, conformal geometry, place geometry)
returns double precision language sql immutable parallel safe as
$$
  select st_distance(
    place::geography, st_transform(st_closestpoint(edge, conformal), 4490)::geography)
$$;

-- Pairs of (the zone versions named × all wells) and (the wells named × all zones in force) as rows
-- of gis.well_zone: with layer, grade, edge_m (geodesic metres to the zone's boundary, positive
-- inside) and tolerance_m (both accuracies together); pairs outside that are no nearer than the
-- tolerance fall away. Zone by zone, a boundary of few vertices is collected once and looked through as
-- a whole: 3 µs a pair where the search for the nearest piece takes 6; above 1,200 the search is faster.
create or replace function gis.meet(zone_ids bigint[], versions int[], well_ids bigint[])
returns table (well_id bigint, zone_id bigint, version int, layer text, grade text,
               inside boolean, edge_m double precision, tolerance_m double precision)
language sql stable parallel safe rows 100000 as
$$
  select pair.well_id, pair.zone_id, pair.version, pair.layer, pair.grade, pair.inside,
         case when pair.inside then e.metres else -e.metres end, pair.tolerance_m
  from (
    select z.zone_id, z.version, z.layer, z.grade, b.line, w.well_id, w.place, w.inside,
           w.uncertainty_m + z.boundary_accuracy_m as tolerance_m
    from unnest(zone_ids, versions) as k (zone_id, version)
    join gis.zone z on z.zone_id = k.zone_id and z.version = k.version
    cross join lateral (
      select case when sum(st_npoints(e.geom)) <= 1200 then st_collect(e.geom) end as line
      from gis.zone_edge e
      where e.zone_id = k.zone_id and e.version = k.version
    ) b
    cross join lateral gis.wells_touching(k.zone_id, k.version) w
    union all
    select z.zone_id, z.version, z.layer, z.grade, null, w.well_id, w.geom, t.inside,
           w.uncertainty_m + z.boundary_accuracy_m
    from unnest(well_ids) as k (well_id)
    join gis.well w on w.well_id = k.well_id
    cross join lateral gis.zones_touched(w.geom, w.uncertainty_m) t
    join gis.zone z on z.zone_id = t.zone_id and z.version = t.version
  ) pair
  cross join lateral (select st_transform(pair.place, 3395) as conformal offset 0) w
  cross join lateral (
    select gis.metres_to(coalesce(pair.line, (
             select e.geom from gis.zone_edge e
             where e.zone_id = pair.zone_id and e.version = pair.version
             order by e.geom <-> w.conformal
             limit 1)), w.conformal, pair.place) as metres
    offset 0
  ) e
  where pair.inside or e.metres < pair.tolerance_m
$$;

-- The day from which the ground at a place has been in a zone without a break, up to a version.
create or replace function gis.zone_since(zone bigint, upto int, place geometry)
returns date language plpgsql stable parallel safe as
$$
declare
  each record;
  since date;
begin
  for each in
    select z.valid_from, z.valid_to from gis.zone z
    where z.zone_id = zone and z.version <= upto and z.law_status = 'approved'
      and st_intersects(z.geom, place)
    order by z.valid_from desc
  loop
    exit when since is not null and each.valid_to is distinct from since;
    since := each.valid_from;
  end loop;
  return since;
end
$$;

-- Whether a zone version binds on a day: start included, end excluded.
create or replace function gis.binds(status text, valid_from date, valid_to date, day date)
returns boolean language sql immutable parallel safe as
$$ select status = 'approved' and valid_from <= day and (valid_to is null or day < valid_to) $$;

-- The pieces that a zone is met by, and those of its boundary in 3395. 0.005° keeps a line that is
-- straight in degrees within 4 mm of straight there.
create or replace function gis.parts_of(ground geometry) returns setof geometry
language sql immutable parallel safe as
$$ select st_subdivide(ground, 128) $$;

create or replace function gis.edges_of(ground geometry) returns setof geometry
language sql immutable parallel safe as
$$
  select st_subdivide(st_transform(st_segmentize(ring.geom, 0.005), 3395), 128)
  from st_dump(st_boundary(ground)) as ring
$$;

-- Parts and edges of the named zone versions, made anew where they are approved.
create or replace function gis.cut_zones(zone_ids bigint[], numbers int[]) returns void
language plpgsql as
$$
begin
  delete from gis.zone_part p using unnest(zone_ids, numbers) k (zone_id, version)
  where p.zone_id = k.zone_id and p.version = k.version;
  delete from gis.zone_edge e using unnest(zone_ids, numbers) k (zone_id, version)
  where e.zone_id = k.zone_id and e.version = k.version;

  insert into gis.zone_part (zone_id, version, boundary_accuracy_m, geom, reach)
  select z.zone_id, z.version, z.boundary_accuracy_m, p.geom,
         gis.reach(p.geom, z.boundary_accuracy_m)
  from unnest(zone_ids, numbers) k (zone_id, version)
  join gis.zone z on z.zone_id = k.zone_id and z.version = k.version
  cross join lateral gis.parts_of(z.geom) as p (geom)
  where z.law_status = 'approved';

  insert into gis.zone_edge (zone_id, version, geom)
  select z.zone_id, z.version, e.geom
  from unnest(zone_ids, numbers) k (zone_id, version)
  join gis.zone z on z.zone_id = k.zone_id and z.version = k.version
  cross join lateral gis.edges_of(z.geom) as e (geom)
  where z.law_status = 'approved';
end
$$;

-- Bring the incidence of the named zones (all their versions) to the legal day.
create or replace function gis.settle_zones(zone_ids bigint[]) returns void
language plpgsql as
$$
declare
  live_ids bigint[];
  live_versions int[];
begin
  select array_agg(z.zone_id), array_agg(z.version) into live_ids, live_versions
  from gis.zone z
  where z.zone_id = any (zone_ids)
    and gis.binds(z.law_status, z.valid_from, z.valid_to, gis.today());

  update gis.zone_part p set live = l.live
  from (
    select p.ctid, k.zone_id is not null as live
    from gis.zone_part p
    left join unnest(live_ids, live_versions) k (zone_id, version)
      on k.zone_id = p.zone_id and k.version = p.version
    where p.zone_id = any (zone_ids)
  ) l
  where p.ctid = l.ctid and p.live <> l.live;

  delete from gis.well_zone where zone_id = any (zone_ids);
  insert into gis.well_zone select * from gis.meet(live_ids, live_versions, null);
end
$$;

-- Bring the incidence of the named wells up to date.
create or replace function gis.settle_wells(well_ids bigint[]) returns void
language plpgsql as
$$
declare
  many constant boolean := cardinality(well_ids) > 20000
    and cardinality(well_ids) > (select reltuples / 10 from pg_class where oid = 'gis.well'::regclass);
begin
  delete from gis.well_zone where well_id = any (well_ids);
  if many then  -- most of the register: zones outside, once through
    insert into gis.well_zone
    select m.* from gis.meet(
      (select array_agg(zone_id order by zone_id) from gis.zone
       where gis.binds(law_status, valid_from, valid_to, gis.today())),
      (select array_agg(version order by zone_id) from gis.zone
       where gis.binds(law_status, valid_from, valid_to, gis.today())),
      null) m
    where m.well_id in (select unnest(well_ids));
  else
    insert into gis.well_zone select * from gis.meet(null, null, well_ids);
  end if;
end
$$;

-- Everything from nothing, by the parts of the zones: the measure that edits are compared with.
create or replace function gis.refresh_incidence() returns void
language plpgsql as
$$
declare
  live_ids bigint[];
  live_versions int[];
begin
  perform pg_advisory_xact_lock(hashtext('gis.incidence'));
  update gis.zone_part p set live = gis.binds(z.law_status, z.valid_from, z.valid_to, gis.today())
  from gis.zone z
  where z.zone_id = p.zone_id and z.version = p.version
    and p.live <> gis.binds(z.law_status, z.valid_from, z.valid_to, gis.today());
  select array_agg(k.zone_id), array_agg(k.version) into live_ids, live_versions
  from (select distinct p.zone_id, p.version from gis.zone_part p where p.live) k;

  -- for two million rows indexes are made in a third of the time that keeping them takes
  truncate gis.well_zone;
  alter table gis.well_zone drop constraint well_zone_pkey;
  drop index gis.well_zone_zone_id;
  insert into gis.well_zone
  select * from gis.meet(live_ids, live_versions, null) order by well_id, zone_id;
  alter table gis.well_zone add constraint well_zone_pkey primary key (well_id, zone_id);
  create index well_zone_zone_id on gis.well_zone (zone_id);

  insert into gis.incidence_day (day) values (gis.today())
  on conflict (one) do update set day = excluded.day;
end
$$;

-- When the calendar has moved on: zones that came into force or lapsed since the last look.
create or replace function gis.roll() returns void
language plpgsql as
$$
declare
  last date;
begin
  select day into last from gis.incidence_day;
  if last = gis.today() then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtext('gis.incidence'));
  select day into last from gis.incidence_day;
  if last = gis.today() then
    return;
  end if;
  perform gis.compact_versions();
  perform gis.settle_zones(array_agg(distinct zone_id)), gis.bump(array_agg(distinct layer))
  from gis.zone
  where law_status = 'approved'
    and (valid_from > coalesce(last, '-infinity') and valid_from <= gis.today()
      or valid_to > coalesce(last, '-infinity') and valid_to <= gis.today())
  having count(*) > 0;
  insert into gis.incidence_day (day) values (gis.today())
  on conflict (one) do update set day = excluded.day;
end
$$;
