-- `create or replace` refuses to change what a function returns.
do
$$
declare
  outdated regprocedure;
begin
  for outdated in
    select oid from pg_proc
    where pronamespace = 'gis'::regnamespace and proretset and proargnames && array['day', 'codes']
  loop
    execute format('drop function %s', outdated);
  end loop;
end
$$;
