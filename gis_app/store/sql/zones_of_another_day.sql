-- Zone versions of some layers that bind on a day but not today: (zone_id, version).
select z.zone_id, z.version
from gis.zone z
where z.layer = any (:layers)
  and gis.binds(z.law_status, z.valid_from, z.valid_to, :on)
  and not gis.binds(z.law_status, z.valid_from, z.valid_to, gis.today())
order by z.zone_id
