"""The life of zone versions: their steps, what became of them, how they differ, what is in work."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select, text, update

from gis_app.errors import BadInput, IllegalTransition, NotFound
from gis_app.store import zones
from gis_app.store.edits import end_earlier
from gis_app.store.statements import answers
from gis_app.store.tables import zone

STEPS = ("submit", "return", "approve", "withdraw")
MOST_CODES = 1000


def take(
    conn: Connection, zone_id: int, version: int, step: str, valid_from: date | None = None
) -> None:
    """Lead a version a step further; its approval ends the version it follows, which goes on
    where the approved one is withdrawn before its day.

    `valid_from` is the day from which an approved version is law. Raises `NotFound`, `BadInput`
    for an approval without that day, `IllegalTransition` naming what may be done; the database
    raises `OwnDraft`.
    """
    one = (zone.c.zone_id == zone_id) & (zone.c.version == version)
    held = conn.execute(
        select(zone.c.law_status, zone.c.valid_from).where(one).with_for_update()
    ).first()
    if held is None:
        raise NotFound(
            f"区划 {zone_id} 没有第 {version} 版。", f"Zone {zone_id} has no version {version}."
        )
    values: dict[str, Any] = {"law_status": _leads_to(conn, step, held.law_status)}
    if step == "withdraw":
        zones.withdraw(conn, zone_id, version)
        return
    if step == "approve":
        since = valid_from or held.valid_from
        if since is None:
            raise BadInput(
                "批准时须给出生效日期（valid_from）。", "An approval needs a day: give valid_from."
            )
        end_earlier(conn, zone_id, version, since)
        values["valid_from"] = since
    conn.execute(update(zone).where(one).values(**values))


def _leads_to(conn: Connection, step: str, status: str) -> str:
    rows = conn.execute(text("select step, now, zh from gis.zone_steps() where was = :was"),
                        {"was": status}).all()  # fmt: skip
    found = next((row.now for row in rows if row.step == step), None)
    if found is None:
        zh = "、".join(row.zh for row in rows) or "无"
        en = ", ".join(row.step for row in rows) or "nothing"
        raise IllegalTransition(
            f"状态为“{status}”的版本不能这样处理（{step}）；现在可以：{zh}。",
            f"A version that is {status!r} takes no step {step!r}; from here: {en}.",
        )
    return str(found)


def versions(conn: Connection, layer: str, zone_id: int) -> list[dict[str, Any]]:
    """The versions of a zone, latest first (see zone_versions.sql). Raises `NotFound`."""
    found = answers(conn, "zone_versions", zone_id=zone_id, layer=layer)
    if not found:
        raise NotFound(
            f"图层 {layer} 没有编号为 {zone_id} 的区划。", f"Layer {layer} has no zone {zone_id}."
        )
    return found


def difference(conn: Connection, zone_id: int, one: int, other: int) -> dict[str, Any]:
    """How the ground of two versions differs (see zone_difference.sql). Raises `NotFound`."""
    given = {"zone_id": zone_id, "one": one, "other": other, "most": MOST_CODES}
    found = answers(conn, "zone_difference", **given)
    if not found:
        raise NotFound(
            f"区划 {zone_id} 没有第 {one} 版或第 {other} 版。",
            f"Zone {zone_id} has no version {one} or no version {other}.",
        )
    return found[0]


def in_work(conn: Connection, limit: int = MOST_CODES) -> list[dict[str, Any]]:
    """Drafts and versions in review, newest first."""
    names = ("layer", "zone_id", "version", "name", "law_status", "recorded_by", "recorded_at")
    statement = (
        select(*(zone.c[name] for name in names))
        .where(zone.c.law_status.in_(("draft", "in_review")))
        .order_by(zone.c.recorded_at.desc(), zone.c.zone_id.desc(), zone.c.version.desc())
        .limit(limit)
    )
    return [dict(zip(names, row, strict=True)) for row in conn.execute(statement)]


def layer_of(conn: Connection, zone_id: int) -> str:
    """The layer of a zone. Raises `NotFound`."""
    found = conn.execute(select(zone.c.layer).where(zone.c.zone_id == zone_id).limit(1)).scalar()
    if found is None:
        raise NotFound(f"没有编号为 {zone_id} 的区划。", f"There is no zone {zone_id}.")
    return str(found)
