"""What every command is composed of: the settings, the cluster, the engine."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from types import ModuleType

from pydantic import ValidationError
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from gis_app.cluster import Cluster
from gis_app.errors import BadInput, NotFound, SetupError, Unavailable
from gis_app.settings import Settings
from gis_app.store import schema
from gis_app.store.engine import connect

_opened: ContextVar[ExitStack | None] = ContextVar("opened", default=None)


@contextmanager
def closing() -> Iterator[None]:
    """Dispose, at the end of a command, of the engines it opened."""
    with ExitStack() as stack:
        token = _opened.set(stack)
        try:
            yield
        finally:
            _opened.reset(token)


def needs_rasters(name: str) -> ModuleType:
    """A module that needs rasterio, which not every deployment has. Raises `SetupError`."""
    return _needed(name, "raster", ("栅格库", "raster libraries"))


def needs_offline() -> ModuleType:
    """`gis_app.offline`, whose engine not every deployment has. Raises `SetupError`."""
    return _needed("gis_app.offline", "notebook", ("审计文件所用的库", "libraries of file audits"))


def _needed(name: str, extra: str, words: tuple[str, str]) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise SetupError(
            f"缺少{words[0]}（{error.name}）。请安装：pip install 'gis-app[server,{extra}]'；"
            "在源码目录里：make everything。",
            f"The {words[1]} are missing ({error.name}): pip install 'gis-app[server,{extra}]'; "
            "in a checkout: make everything.",
        ) from error


def settings() -> Settings:
    """The settings of this deployment; raises `BadInput` naming the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        names = ", ".join("GIS_" + str(each["loc"][0]).upper() for each in wrong.errors())
        detail = "; ".join(each["msg"] for each in wrong.errors())
        raise BadInput(
            f"环境变量 {names} 的值无效：{detail}",
            f"The environment variable {names} has no valid value: {detail}",
        ) from wrong


def cluster(settings: Settings, tcp_port: int | None = None) -> Cluster:
    """The private cluster; raises `BadInput` where another database is named instead."""
    if not settings.private_cluster:
        raise BadInput(
            "已设置 GIS_DATABASE_URL：数据库由别处管理，本程序不启动也不停止它。",
            "GIS_DATABASE_URL is set: the database is run elsewhere, and not started or stopped "
            "from here.",
        )
    return Cluster(settings.home, tcp_port)


def database_url(settings: Settings, *, making: bool = False) -> str:
    """The address of the database, which is started first if it is our own.

    `making`: one is made where there is none; else `NotFound` says so.
    """
    if settings.database_url:
        return settings.database_url
    own = cluster(settings)
    if not (making or own.made):
        raise no_database(settings.home)
    own.start()
    own.ensure_database(settings.database)
    return own.url(settings.database)


def no_database(home: Path) -> NotFound:
    """What a command says that finds none and makes none."""
    return NotFound(
        f"{home} 里没有数据库。数据在别处的，请更正 GIS_HOME；要在这里新建：gis-app import、demo、"
        "serve、db migrate，或用 gis-app db restore 从备份恢复。",
        f"There is no database in {home}. If yours lies elsewhere, set GIS_HOME to it; to make one "
        "here: gis-app import, demo, serve, db migrate, or db restore from a backup.",
    )


def engine(
    settings: Settings, *, migrate: bool = False, timed: bool = False, making: bool = False
) -> Engine:
    """An engine on the database, known to answer.

    `making`: the command may begin a deployment; without it `NotFound` says that there is none.
    With `migrate` the schema is brought to the newest revision first. `timed` puts the deployment's
    time limit on every statement: right for a service, wrong for an import or a migration.
    """
    found = connect(
        database_url(settings, making=making),
        pool_size=settings.pool_size,
        statement_timeout_s=settings.statement_timeout_s if timed else 0,
    )
    if (stack := _opened.get()) is not None:
        stack.callback(found.dispose)
    try:
        with found.connect() as conn:
            conn.execute(text("select 1"))
    except OperationalError as down:
        where = found.url.set(drivername="postgresql").render_as_string(hide_password=True)
        why = " ".join(str(down.orig).split())
        zh, en = ("请检查 GIS_DATABASE_URL  的主机、端口、库名、用户、口令，以及数据库是否在运行。",
                  "Check the host, port, database, user and password in GIS_DATABASE_URL, and "
                  "whether that database runs.")  # fmt: skip
        if settings.private_cluster:
            zh, en = ("请看 gis-app db status 和 GIS_HOME/logs/postgresql.log。",
                      "See gis-app db status and GIS_HOME/logs/postgresql.log.")  # fmt: skip
        raise Unavailable(
            f"无法连接数据库 {where}（{why}）。{zh}",
            f"The database {where} does not answer ({why}). {en}",
        ) from down
    if migrate:
        schema.upgrade(found)
    return found
