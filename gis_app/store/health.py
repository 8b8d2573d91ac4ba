"""How the database in use is doing: what an administrator looks at first."""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, text

from gis_app.law import Words
from gis_app.store import schema


@dataclass(frozen=True)
class Sign:
    """One thing looked at: what was found; where something is wrong, what it is and the way out."""

    about: Words
    found: str
    wrong: Words | None = None


def look(conn: Connection, connections: int) -> list[Sign]:
    """What there is to say of the database; a server process takes so many connections.

    Where the schema is not this program's, nothing beyond it is looked at. Nothing is changed.
    """
    server = conn.execute(text(_SERVER)).one()
    first = [_postgis(server), _connections(server, connections), _schema(conn)]
    return first if first[-1].wrong else [*first, *_held(conn)]


_SERVER = """
select current_setting('server_version') as version, current_database() as database,
       (select extversion from pg_extension where extname = 'postgis') as postgis,
       exists (select from pg_available_extensions where name = 'postgis') as available,
       current_setting('max_connections')::int
         - current_setting('superuser_reserved_connections')::int as most,
       (select count(*) from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()) as taken
"""


def _postgis(server: Row[tuple[object, ...]]) -> Sign:
    wrong = None
    if server.postgis is None and not server.available:
        wrong = Words(
            "数据库服务器没有 PostGIS，请安装后再试。",
            "The server of the database has no PostGIS: install it there.",
        )
    found = f"{server.database} · PostgreSQL {server.version} · PostGIS {server.postgis or '-'}"
    return Sign(Words("数据库", "database"), found, wrong)


def _connections(server: Row[tuple[object, ...]], each: int) -> Sign:
    wrong = None
    if server.most < each:
        wrong = Words(
            f"一个服务进程可用到 {each} 个连接：请调大 max_connections，或调小 GIS_POOL_SIZE。",
            f"A server process takes up to {each}: raise max_connections, or lower GIS_POOL_SIZE.",
        )
    found = (
        f"{server.taken} / {server.most}，够 {server.most // each} 个服务进程 / server processes"
    )
    return Sign(Words("连接", "connections"), found, wrong)


def _schema(conn: Connection) -> Sign:
    about, found = Words("结构", "schema"), schema.version(conn)
    if found is None:
        wrong = Words(
            "数据库里还没有建表：gis-app db migrate。",
            "Nothing has been set up in it yet: gis-app db migrate.",
        )
    elif not schema.knows(found):
        wrong = Words(
            "数据库已由更新的程序升级：请更新本程序。",
            "A newer program has brought it further: update this program.",
        )
    elif not schema.current(conn):
        wrong = Words(
            "结构旧于本程序：先 gis-app db backup，再 gis-app db migrate。",
            "It is older than this program: gis-app db backup, then gis-app db migrate.",
        )
    else:
        wrong = None
    return Sign(about, found or "-", wrong)


def _held(conn: Connection) -> list[Sign]:
    """Days and works begun; each heals by itself or waits for somebody, so none is wrong."""
    row = conn.execute(text(_HELD)).one()
    day = f"{row.day or '-'}（今天 / today {row.today}）"
    audited = f"{row.run} · {row.on}" if row.run else "-"
    waiting = f"{row.previews} 个预览未提交 / previews not committed"
    if row.previews:
        waiting += "：gis-app batches，gis-app discard N"
    return [
        Sign(Words("井与区划的关系算到", "incidence as of"), day),
        Sign(Words("现行台账最近的审计", "last standing audit"), audited),
        Sign(Words("导入", "imports"), waiting),
    ]


_HELD = """
select gis.today() as today, (select max(day) from gis.incidence_day) as day,
       (select count(*) from gis.batch where state = 'preview') as previews,
       run.run_id as run, run.on
from (select) as nothing
left join lateral (
  select run_id, "on" from gis.audit_run
  where ledger = 'standing' and finished_at is not null
  order by run_id desc limit 1
) as run on true
"""
