-- A version was withdrawn before its day came: the law that its approval had ended, in the same
-- transaction, goes on as it would have without it. A day that somebody set otherwise stays.
update gis.zone z
set valid_to = (c.old ->> 'valid_to')::date
from gis.change a, gis.change c
where z.zone_id = :zone_id and z.version < :version
  and z.law_status = 'approved' and z.valid_to > gis.today()
  and a.table_name = 'zone' and a.key = :zone_id and (a.new ->> 'version')::int = :version
  and a.new ->> 'law_status' = 'approved' and a.old ->> 'law_status' is distinct from 'approved'
  and c.table_name = 'zone' and c.key = :zone_id and (c.new ->> 'version')::int = z.version
  and c.op = 'update' and c.at = a.at and (c.new ->> 'valid_to')::date = z.valid_to
  and c.old ->> 'valid_to' is distinct from c.new ->> 'valid_to'
