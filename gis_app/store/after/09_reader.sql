-- The role that callers read as (80_sight.sql); whoever migrates must be able to become it.
do
$$
begin
  if not exists (select from pg_roles where rolname = 'gis_reader') then
    create role gis_reader nologin;
  end if;
  if not pg_has_role(current_user, 'gis_reader', 'member') then
    execute format('grant gis_reader to %I', current_user);
  end if;
exception
  when duplicate_object or unique_violation then null;  -- another database of this cluster was first
  when insufficient_privilege then
    raise exception '数据库用户 % 无权建立角色 gis_reader。请管理员执行：create role gis_reader nologin; grant gis_reader to %; / The database user % may not make the role gis_reader. Have an administrator run: create role gis_reader nologin; grant gis_reader to %;',
      current_user, current_user, current_user, current_user
      using errcode = 'insufficient_privilege';
end
$$;
