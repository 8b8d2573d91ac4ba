"""Journeys of a zone version: led a step further, repealed, compared with another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from gis_app.errors import BadInput
from gis_app.intake import overlap
from gis_app.intake.edit import Edited, Editor, Seen, editing, seen_as_is
from gis_app.layer import Layer, Register
from gis_app.registry import Registry
from gis_app.rights import Caller, Right
from gis_app.store import facts, items, zone_life, zones

_LIFE = {"version", "law_status"}


@dataclass(frozen=True)
class Step:
    """A step of a version, and from which day an approved one is law."""

    name: str
    valid_from: date | None = None


def take(editor: Editor, zone_id: int, seen: Seen, step: Step) -> Edited:
    """Lead a version (`seen.version`) a step further.

    Raises `Unconditional`, `Outdated`, `IllegalTransition`, `OwnDraft` and `BadInput`, as
    `store.zone_life.take`; `Forbidden`, naming the role, for who approves nothing anywhere.
    """
    refuse_no_zone(editor.collection)
    if step.name == "approve" and isinstance(editor.actor, Caller):
        editor.actor.require(Right.APPROVE)
    if step.name == "return" and not (editor.reason or "").strip():
        raise BadInput(
            "退回时须写明理由（reason），起草人才知道改什么。",
            "Say why it is returned (reason): its author has to know what to mend.",
        )
    with editing(editor) as conn:
        seen_as_is(conn, editor, zone_id, seen)
        lead(conn, editor.registry, editor.collection, (zone_id, seen.version or 0), step)
        return Edited(_one(conn, editor, zone_id, seen.version), [])


def lead(
    conn: Connection,
    registry: Registry,
    layer: Layer | Register,
    version: tuple[int, int],
    step: Step,
) -> None:
    """Lead a version (zone, number) a step further; what may not be law on that ground is not.

    Raises as `store.zone_life.take`, and `Conflict` as `overlap.refuse_as_law`.
    """
    zone_life.take(conn, *version, step.name, step.valid_from)
    if step.name == "approve" and isinstance(layer, Layer):
        overlap.refuse_as_law(conn, layer, *version, registry)


def repeal(
    editor: Editor, zone_id: int, seen: Seen, on: date | None, *, past: bool = False
) -> Edited:
    """End the law of a zone from a day on (none: today; `past`: one gone by is meant); the version
    that is ended.

    Raises as `store.zones.repeal`, `Unconditional` and `Outdated`.
    """
    refuse_no_zone(editor.collection)
    with editing(editor) as conn:
        day = on or facts.legal_day(conn)
        version = zones.to_repeal(conn, zone_id, day, past=past)
        seen_as_is(conn, editor, zone_id, Seen(seen.match, version))
        zones.repeal(conn, zone_id, day, past=past)
        return Edited(_one(conn, editor, zone_id, version), [])


def difference(
    conn: Connection, layer: Layer | Register, zone_id: int, one: int, other: int
) -> dict[str, Any]:
    """How two versions of a zone differ: ground, wells, properties by name, before and after; and
    the divisions (`areas`) they belong to.
    """
    refuse_no_zone(layer)
    day = facts.legal_day(conn)
    before, after = (
        items.one(conn, layer, items.Wanted(zone_id, day, number))["properties"]
        for number in (one, other)
    )
    return {
        **zone_life.difference(conn, zone_id, one, other),
        "changed": _changed(before, after),
        "areas": [before["area_code"], after["area_code"]],
    }


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "before": before[name], "after": after[name]}
        for name in before
        if name not in _LIFE and before[name] != after[name]
    ]


def _one(conn: Connection, editor: Editor, zone_id: int, version: int | None) -> items.Feature:
    wanted = items.Wanted(zone_id, facts.legal_day(conn), version)
    return items.one(conn, editor.collection, wanted)


def refuse_no_zone(collection: Layer | Register) -> None:
    """Raise `BadInput` for a collection whose features have no versions."""
    if isinstance(collection, Register) or collection.geometry != "polygon":
        raise BadInput(
            f"“{collection.zh}”不是区划图层，没有版本。",
            f"{collection.id} holds no zones: its features have no versions.",
        )
