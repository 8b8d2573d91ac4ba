"""Accounts, their roles, sessions and tokens in the database. Secrets come as digests only."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, case, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from gis_app.errors import BadInput, NotFound
from gis_app.rights import Grant, Role
from gis_app.store.tables import account, account_role, failed_sign_in, session, token, zone

# a session ends so long after its last request, and so long after it began
IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
WINDOW = timedelta(minutes=15)
_NOTED = timedelta(minutes=1)  # uses are noted once a minute, not at every request


def named(conn: Connection, name: str) -> RowMapping:
    """An account by its name, in any case. Raises `NotFound`."""
    found = find(conn, name)
    if found is None:
        raise NotFound(f"没有账户“{name}”。", f"There is no account {name!r}.")
    return found


def find(conn: Connection, name: str) -> RowMapping | None:
    """An account by its name, in any case; None where there is none."""
    statement = select(account).where(func.lower(account.c.name) == name.lower())
    return conn.execute(statement).mappings().one_or_none()


def district_codes(conn: Connection) -> set[str]:
    """The codes of districts, of whatever day."""
    codes = select(zone.c.area_code).where(
        zone.c.layer == "district", zone.c.area_code.is_not(None)
    )
    return set(conn.execute(codes).scalars())


def listing(conn: Connection) -> list[dict[str, Any]]:
    """All accounts by name, with their grants; no hashes."""
    columns = [c for c in account.c if c.name != "password_hash"]
    rows = conn.execute(select(*columns).order_by(func.lower(account.c.name))).mappings()
    held = defaultdict(list)
    for account_id, role, area in conn.execute(_GRANTS):
        held[account_id].append(Grant(Role(role), area))
    return [{**row, "grants": tuple(sorted(held[row["account_id"]]))} for row in rows]


_GRANTS = select(account_role.c.account_id, account_role.c.role, account_role.c.area)


def any_there(conn: Connection) -> bool:
    """Whether anybody has an account."""
    return bool(conn.execute(select(func.count()).select_from(account)).scalar_one())


def create(conn: Connection, name: str, full_name: str | None, password_hash: str) -> int:
    """A new account whose password must be changed; its id. Raises `BadInput`."""
    if find(conn, name) is not None:
        raise BadInput(f"账户“{name}”已存在。", f"There is an account {name!r} already.")
    values = {"name": name, "full_name": full_name, "password_hash": password_hash}
    statement = insert(account).values(**values, must_change=True).returning(account.c.account_id)
    return int(conn.execute(statement).scalar_one())


def set_password(
    conn: Connection, account_id: int, password_hash: str | None, *, must_change: bool
) -> None:
    """Another password (None: there is none); all sessions of the account end."""
    one = account.c.account_id == account_id
    values = {"password_hash": password_hash, "must_change": must_change}
    conn.execute(update(account).where(one).values(**values))
    end_sessions(conn, account_id)


def set_disabled(conn: Connection, account_id: int, *, disabled: bool) -> None:
    """Shut an account, and end its sessions; or open it again."""
    at = func.now() if disabled else None
    one = account.c.account_id == account_id
    conn.execute(update(account).where(one).values(disabled_at=at))
    if disabled:
        end_sessions(conn, account_id)


def grants(conn: Connection, account_id: int) -> tuple[Grant, ...]:
    """The roles of an account."""
    mine = _GRANTS.where(account_role.c.account_id == account_id)
    return tuple(sorted(Grant(Role(role), area) for _, role, area in conn.execute(mine)))


def grant(conn: Connection, account_id: int, given: Grant) -> None:
    """Give a role; what is given already stays."""
    row = {"account_id": account_id, "role": given.role.value, "area": given.area}
    conn.execute(insert(account_role).values(**row).on_conflict_do_nothing())


def revoke(conn: Connection, account_id: int, taken: Grant) -> None:
    """Take a role. Raises `NotFound`."""
    one = (account_role.c.account_id == account_id) & (account_role.c.role == taken.role.value)
    gone = conn.execute(delete(account_role).where(one, account_role.c.area == taken.area))
    if not gone.rowcount:
        raise NotFound(
            f"该账户没有角色 {taken.role}（{taken.area or '全部区划'}）。",
            f"The account has no role {taken.role} in {taken.area or 'all areas'}.",
        )


def administrators(conn: Connection) -> int:
    """How many accounts may administer everywhere."""
    statement = (
        select(func.count())
        .select_from(account.join(account_role))
        .where(
            account.c.disabled_at.is_(None),
            account_role.c.role == Role.ADMINISTRATOR.value,
            account_role.c.area == "",
        )
    )
    return int(conn.execute(statement).scalar_one())


def begin_session(conn: Connection, account_id: int, digest: str, csrf: str) -> datetime:
    """A session; when it ends. Ended ones are swept up."""
    conn.execute(delete(session).where(session.c.ends_at < func.now()))
    values = {"account_id": account_id, "digest": digest, "csrf": csrf}
    statement = insert(session).values(**values, ends_at=func.now() + IDLE)
    ends_at: datetime = conn.execute(statement.returning(session.c.ends_at)).scalar_one()
    return ends_at


def of_session(conn: Connection, digest: str) -> RowMapping | None:
    """The account, the CSRF token and whether use should be noted, of a session that lasts."""
    statement = (
        select(
            account.c.account_id,
            account.c.name,
            account.c.must_change,
            session.c.csrf,
            (session.c.seen_at < func.now() - _NOTED).label("to_note"),
        )
        .select_from(session.join(account))
        .where(session.c.digest == digest, session.c.ends_at > func.now())
        .where(account.c.disabled_at.is_(None))
    )
    return conn.execute(statement).mappings().one_or_none()


def note_session(conn: Connection, digest: str) -> None:
    """The session was used now: it lasts on."""
    later = func.least(func.now() + IDLE, session.c.started_at + LONGEST)
    one = session.c.digest == digest
    conn.execute(update(session).where(one).values(seen_at=func.now(), ends_at=later))


def end_session(conn: Connection, digest: str) -> None:
    """Sign out."""
    conn.execute(delete(session).where(session.c.digest == digest))


def end_sessions(conn: Connection, account_id: int) -> None:
    """Sign an account out everywhere."""
    conn.execute(delete(session).where(session.c.account_id == account_id))


def create_token(conn: Connection, account_id: int, digest: str, values: dict[str, Any]) -> int:
    """A token with `label`, `roles`, `area`, `ends_at`; its id."""
    row = {**values, "account_id": account_id, "digest": digest}
    return int(conn.execute(insert(token).values(**row).returning(token.c.token_id)).scalar_one())


def tokens(conn: Connection, account_id: int) -> list[dict[str, Any]]:
    """The tokens of an account, newest first; no digests."""
    columns = [c for c in token.c if c.name not in {"digest", "account_id"}]
    mine = select(*columns).where(token.c.account_id == account_id)
    rows = conn.execute(mine.order_by(token.c.token_id.desc())).mappings()
    return [dict(row) for row in rows]


def revoke_token(conn: Connection, account_id: int, token_id: int) -> None:
    """Take a token back. Raises `NotFound`."""
    mine = (token.c.account_id == account_id) & (token.c.token_id == token_id)
    gone = update(token).where(mine, token.c.revoked_at.is_(None)).values(revoked_at=func.now())
    if not conn.execute(gone).rowcount:
        raise NotFound(
            f"没有可撤销的令牌 {token_id}。", f"There is no token {token_id} to take back."
        )


def revoke_tokens(conn: Connection, account_id: int) -> None:
    """Take back all tokens of an account."""
    held = (token.c.account_id == account_id) & token.c.revoked_at.is_(None)
    conn.execute(update(token).where(held).values(revoked_at=func.now()))


def of_token(conn: Connection, digest: str) -> RowMapping | None:
    """The account, the roles and area, and whether use should be noted, of a token that holds."""
    noted = func.coalesce(token.c.used_at < func.now() - _NOTED, True).label("to_note")
    statement = (
        select(account.c.account_id, account.c.name, token.c.roles, token.c.area, noted)
        .select_from(token.join(account))
        .where(token.c.digest == digest, token.c.revoked_at.is_(None))
        .where(func.coalesce(token.c.ends_at > func.now(), True))
        .where(account.c.disabled_at.is_(None))
    )
    return conn.execute(statement).mappings().one_or_none()


def note_token(conn: Connection, digest: str) -> None:
    """The token was used now."""
    conn.execute(update(token).where(token.c.digest == digest).values(used_at=func.now()))


def queue(conn: Connection, keys: Sequence[str]) -> None:
    """Let those who say the same keys come one after another, until the transaction ends."""
    for key in sorted(keys):
        conn.execute(text("select pg_advisory_xact_lock(hashtext(:k))"), {"k": f"sign-in {key}"})


def wait_s(conn: Connection, keys: Sequence[str], free: int) -> int:
    """Seconds until an attempt is heard: none for the first `free` failures of a quarter of an
    hour, then five, and twice as long after each, at most that quarter.
    """
    conn.execute(delete(failed_sign_in).where(failed_sign_in.c.at < func.now() - WINDOW))
    counted = (
        select(func.count().label("n"), func.max(failed_sign_in.c.at).label("last"))
        .where(failed_sign_in.c.key.in_(keys))
        .group_by(failed_sign_in.c.key)
        .subquery()
    )
    pause = func.least(5 * func.power(2, counted.c.n - free), WINDOW.total_seconds())
    due = counted.c.last + func.make_interval(0, 0, 0, 0, 0, 0, pause)
    left = func.ceil(func.extract("epoch", due - func.clock_timestamp()))
    statement = select(func.max(case((counted.c.n >= free, left), else_=0)))
    return max(0, int(conn.execute(statement).scalar() or 0))


def note_failure(conn: Connection, keys: Sequence[str]) -> None:
    """A wrong name or password."""
    conn.execute(insert(failed_sign_in), [{"key": key} for key in keys])


def forget_failures(conn: Connection, key: str) -> None:
    """The right password has been given for this name."""
    conn.execute(delete(failed_sign_in).where(failed_sign_in.c.key == key))
