"""Connections and transactions: one transaction a journey, its actor written into it."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from math import inf
from time import monotonic

import orjson
import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from gis_app.errors import (
    BadInput,
    Conflict,
    Forbidden,
    GisError,
    IllegalTransition,
    InForce,
    OwnDraft,
    Unavailable,
)
from gis_app.rights import Caller, Right

log = logging.getLogger(__name__)

# Who writes: a caller of the service, bound by his rights; or a name at the console, which is not.
Actor = str | Caller


def connect(url: str, *, pool_size: int = 16, statement_timeout_s: int = 0) -> Engine:
    """An engine on a PostGIS database; the clock of law is set in SQL, not here."""
    options = f"-c search_path=public -c statement_timeout={statement_timeout_s * 1000}"
    scheme, _, rest = url.partition("://")
    engine = create_engine(
        f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url,
        pool_size=pool_size,
        max_overflow=0,  # one that is closed after its use has prepared its statements for nothing
        pool_use_lifo=True,
        connect_args={"options": options},
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )
    event.listen(engine, "checkin", _lay_down)
    event.listen(engine, "checkout", partial(_still_there, engine.dialect))
    event.listen(engine, "handle_error", _let_go)
    return engine


_IDLE_S = 1.0


def _lay_down(_: object, record: ConnectionPoolEntry) -> None:
    record.info["idle_since"] = monotonic()


def _still_there(
    dialect: Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _: object
) -> None:
    """Before a connection that lay idle is used, ask whether the server is still there.

    Where it is not the pool makes all connections anew. One that was used just now is not asked: it
    would be a round trip for every question.
    """
    if monotonic() - record.info.get("idle_since", inf) > _IDLE_S:
        try:
            dialect.do_ping(connection)
        except psycopg.Error as error:
            raise InvalidatePoolError from error


def _let_go(context: ExceptionContext) -> None:
    """Close the cursor of a lost connection, which SQLAlchemy drops as it is."""
    run = context.execution_context
    if context.is_disconnect and run is not None and run.cursor is not None:
        run.cursor.close()


def turn_day(conn: Connection) -> None:
    """When the calendar has moved on, bring the incidence to the new day, and keep it."""
    if conn.execute(text(f"select {_DAY_IS_OLD}")).scalar_one():
        conn.execute(text("select gis.roll()"))
        conn.commit()


_DAY_IS_OLD = "not exists (select from gis.incidence_day where day = gis.today())"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading; what it did by mistake is rolled back."""
    with _translated(), engine.connect() as conn:
        yield conn


@contextmanager
def seeing(engine: Engine, caller: Caller) -> Iterator[Connection]:
    """A connection for reading that is shown only what a caller may see (after/80_sight.sql).

    Its sight holds for one transaction and goes with it; what is asked after that is refused.
    """
    with _translated(), engine.connect() as conn:
        transaction = conn.begin()
        if _look(conn, caller):
            transaction.rollback()
            turn_day(conn)
            transaction = conn.begin()
            _look(conn, caller)
        with transaction:  # committed: after a rollback the driver forgets what it has prepared
            yield conn


def _look(conn: Connection, caller: Caller) -> bool:
    """Take the sight of a caller for this transaction; whether the calendar has moved on."""
    sight = {**_patterns(caller, _READS), "caller": caller.name or ""}
    return bool(conn.execute(_SIGHT, sight).scalar_one())


_READS = (Right.READ, Right.READ_REGISTERS, Right.READ_DRAFTS)
_WRITES = (Right.DRAFT, Right.APPROVE, Right.EDIT_REGISTERS)


def _set(names: Iterable[str]) -> str:
    """The words that set `gis.<name>` to values of these names, for a transaction."""
    return ", ".join(f"set_config('gis.{each}', :{each}, true)" for each in names)


# the role last: then it is the reader who reads
_SIGHT = text(
    f"select {_DAY_IS_OLD}, {_set((*_READS, 'caller'))}, set_config('role', 'gis_reader', true)"
)


def _patterns(caller: Caller, rights: tuple[Right, ...]) -> dict[str, str]:
    """Where a caller has rights, as arrays of patterns in the database's writing."""
    return {
        right: "{" + ",".join(f"{area}%" for area in caller.areas(right)) + "}" for right in rights
    }


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the world throughout; what it makes is rolled back."""
    still = engine.execution_options(isolation_level="REPEATABLE READ")
    with _translated(), still.connect() as conn:
        yield conn


@contextmanager
def writing(
    engine: Engine, actor: Actor, reason: str | None = None, batch_id: int | None = None
) -> Iterator[Connection]:
    """One transaction whose actor, reason and batch the history will name.

    What a caller may not write the database refuses (`Forbidden`, after/81_rights.sql).
    """
    with _translated(), engine.begin() as conn:
        sign(conn, actor, reason, batch_id)
        yield conn


@contextmanager
def auditing(engine: Engine, actor: Actor) -> Iterator[Connection]:
    """One transaction that sees one state of the world, after every audit before it has ended.

    Locking a table takes no snapshot; the first query after it does.
    """
    alone = engine.execution_options(isolation_level="REPEATABLE READ")
    with _translated(), alone.begin() as conn:
        conn.execute(text("lock table gis.audit_run in share row exclusive mode"))
        sign(conn, actor)
        yield conn


def detail(error: IntegrityError) -> str:
    """What exactly the database found at odds."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "message_detail", None) or error.orig)


def sign(
    conn: Connection, actor: Actor, reason: str | None = None, batch_id: int | None = None
) -> None:
    """Say who is writing in this transaction, why, and in which import."""
    said = {"actor": name_of(actor), "reason": reason or "", "batch_id": str(batch_id or "")}
    if isinstance(actor, Caller):
        said |= {"bounded": "on", **_patterns(actor, _WRITES)}
    else:
        said |= {"bounded": ""}
    conn.execute(text(f"select {_set(said)}"), said)


def name_of(actor: Actor) -> str:
    """How the history names who writes."""
    return actor if isinstance(actor, str) else actor.name or "visitor"


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except GisError:
        raise
    except PoolTimeout as error:
        raise Unavailable(
            "请求过多，数据库连接已用尽，请稍后重试。",
            "Too many ask at once and no connection is free: try again in a moment.",
        ) from error
    except (DBAPIError, psycopg.Error) as error:  # the driver's own: of statements run by parts
        raise _ours(error) from error


_REFUSALS: dict[str, type[GisError]] = {
    "GI001": InForce,
    "GI002": IllegalTransition,
    "GI003": OwnDraft,
    "GI004": Forbidden,
}


def _not_taken(message: str) -> BadInput:
    if "NUL" in message:  # what the driver finds, before the database is asked
        return BadInput("文字里不能有 NUL 字符（%00）。", "A text holds no character NUL (%00).")
    return BadInput(
        f"数据库不能接受这个值：{message}。", f"The database cannot take this value: {message}."
    )


def _line(cause: object) -> str:
    return " ".join(str(cause).split()).rstrip(".")


def _ours(error: DBAPIError | psycopg.Error) -> Exception:
    """The database's own refusals in our words; what we do not know stays as it is."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    # a connection that is lost, or never was, has no diagnosis; nor has what never reached it
    message = getattr(getattr(cause, "diag", None), "message_primary", None) or _line(cause)
    zh, _, en = message.partition(" / ")
    if state in _REFUSALS:
        return _REFUSALS[state](zh, en or zh)
    if state in {"40001", "40P01"}:
        return Conflict(
            "另一人正在修改同一数据，请重试。",
            "Someone else is changing the same data: try again.",
        )
    if state == "57014":
        return Unavailable(
            "查询超过时限。请缩小范围后重试。", "The query ran out of time: ask for a smaller area."
        )
    # PostGIS says by an internal error that coordinates lie outside of their CRS
    strange = state == "XX000" and message.startswith("transform:")
    if strange or isinstance(cause, psycopg.DataError) or str(state or "").startswith("22"):
        return _not_taken(message)
    if isinstance(cause, psycopg.OperationalError):
        log.warning("the database does not answer: %s", message)  # where it lies is nobody's matter
        return Unavailable(
            "数据库没有应答。请管理员查看服务日志和 gis-app db status；稍后重试。",
            "The database does not answer. The administrator finds the cause in the log of the "
            "service and by gis-app db status; try again later.",
        )
    return error
