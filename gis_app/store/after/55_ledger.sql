-- The ledger that maps, cards and the collection of findings show: the standing one; only where
-- nothing but audits `--anywhere` has ever been run, theirs.
create or replace function gis.shown_ledger() returns text language sql stable as
$$
  select case when exists (select from gis.audit_run where ledger = 'standing')
         then 'standing' else 'standing+anywhere' end
$$;
