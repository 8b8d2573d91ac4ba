-- One MVT of the wells in tile %(z)s/%(x)s/%(y)s, z ≥ 10, of the divisions %(areas)s (patterns like
-- 140302%%; null: all): as it is kept, where no well is unsettled and those in it are all seen, else
-- drawn (gis.draw_wells says with what). With the tile's version and the legal day of the same snapshot.
select {version},
       gis.today(),
       coalesce(
         (select k.body from gis.well_tile k
          where k.z = %(z)s and k.x = %(x)s and k.y = %(y)s
            and not exists (select from gis.well_unsettled)
            and (%(areas)s::text[] is null
                 or not exists (select from unnest(k.areas) a
                                where (a like any (%(areas)s)) is not true))),
         gis.draw_wells(%(z)s, %(x)s, %(y)s, %(areas)s))
