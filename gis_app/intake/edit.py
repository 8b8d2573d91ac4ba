"""An editor's journeys: a feature created, replaced, changed in part, removed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from typing import Any

import orjson
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from gis_app.crs import Served, served
from gis_app.errors import BadInput, Conflict, NotFound, Outdated, Refused, Unconditional
from gis_app.intake import feature, overlap
from gis_app.intake.feature import Written
from gis_app.intake.problem import Problem
from gis_app.layer import Layer, Register
from gis_app.registry import Registry
from gis_app.rights import Caller
from gis_app.store import edits, facts, items
from gis_app.store.engine import Actor, detail, reading, turn_day, writing


@dataclass(frozen=True)
class Editor:
    """Who edits, what, and why."""

    engine: Engine
    registry: Registry
    collection: Layer | Register
    actor: Actor
    reason: str | None = None


def because(editor: Editor, reason: str | None) -> Editor:
    """The same editor with another reason; none given: the one he has."""
    return editor if reason is None else replace_fields(editor, reason=reason)


@dataclass(frozen=True)
class Seen:
    """What an editor has seen: the If-Match header, and the version of a zone he speaks of."""

    match: str | None
    version: int | None = None


@dataclass(frozen=True)
class Edited:
    """A feature as it is after an edit, and what is doubtful of it."""

    feature: items.Feature
    warnings: list[Problem]


def create(editor: Editor, written: Written) -> Edited:
    """Add a feature. Raises `BadInput` with its faults, `Conflict` where its key is taken."""
    with editing(editor) as conn:
        done = feature.check(conn, editor.registry, editor.collection, written)
        made = edits.create(conn, editor.collection, done.row)
        held = edits.hold(conn, editor.collection, made, facts.legal_day(conn))
        return Edited(held.feature, done.warnings)


def replace(editor: Editor, feature_id: int, seen: Seen, written: Written) -> Edited:
    """Make a feature what is given; what is not given becomes blank. Law gets a draft beside it.

    Raises `Unconditional` without If-Match, `Outdated` where the feature is not as it says, and as
    `create`. What says the same as before changes nothing.
    """
    with editing(editor) as conn:
        try:
            was = _latest(conn, editor, feature_id, seen)
        except NotFound as gone:
            # OGC API – Features, Part 4, put-rid-exception: who says of which state never creates
            raise (gone if seen.match is None else Outdated(gone.zh, gone.en)) from gone
        return _write(conn, editor, was, written)


def change(
    editor: Editor, feature_id: int, seen: Seen, patch: Mapping[str, Any], crs: Served
) -> Edited:
    """Change parts of a feature (RFC 7396 merge patch): null makes a property blank.

    Raises as `replace`.
    """
    _check_patch(patch, feature_id)
    with editing(editor) as conn:
        was = _latest(conn, editor, feature_id, seen)
        changed = patch.get("properties") or {}
        if not isinstance(changed, Mapping):
            raise BadInput("properties 应为对象。", "`properties` must be an object.")
        properties = {**orjson.loads(orjson.dumps(was["properties"])), **changed}
        if "geometry" in patch:
            return _write(conn, editor, was, Written(properties, patch["geometry"], crs))
        shape = was["geometry"] and orjson.loads(was["geometry"])
        return _write(conn, editor, was, Written(properties, shape, served(None)))


def remove(editor: Editor, feature_id: int, seen: Seen) -> None:
    """Delete a feature; a zone that has been law ends today. Raises as `replace`.

    Of a zone with a draft beside the law `*` does not say which is meant: `Refused`.
    """
    with editing(editor) as conn:
        held = seen_as_is(conn, editor, feature_id, seen)
        if held.law is not None and seen.version is None and seen.match == "*":
            draft = held.feature["properties"]["version"]
            raise Refused(
                f"该区划既有生效的第 {held.law} 版，又有草案第 {draft} 版：请用 ?version= 指明。",
                f"This zone has version {held.law}, which is law, and a draft, version {draft}: "
                "say which by ?version=.",
            )
        edits.remove(conn, editor.collection, held.feature, facts.legal_day(conn))


def _check_patch(patch: Mapping[str, Any], feature_id: int) -> None:
    if str(patch.get("id", feature_id)) != str(feature_id):
        raise BadInput("要素的 id 不可更改。", "The id of a feature cannot be changed.")
    strange = sorted(set(patch) - _MEMBERS)
    if strange or not {"properties", "geometry"} & set(patch):
        named = "、".join(strange) or "（空）"
        raise BadInput(
            f"修改应写在 properties 或 geometry 之内，不是 {named}。",
            f"Changes stand within `properties` or `geometry`, not {', '.join(strange) or 'none'}.",
        )


_MEMBERS = {"type", "id", "properties", "geometry", "links", "bbox", "warnings"}


def _write(conn: Connection, editor: Editor, was: items.Feature, written: Written) -> Edited:
    done = feature.check(conn, editor.registry, editor.collection, written, itself=was["id"])
    with conn.begin_nested() as step:
        edits.replace(conn, editor.collection, was, done.row)
        now = edits.hold(conn, editor.collection, was["id"], facts.legal_day(conn)).feature
        if items.same(was, now) and not _decides(was, now):
            step.rollback()
            now = was
        elif _decides(was, now) and now["properties"]["law_status"] == "approved":
            _refuse_overlap(conn, editor, was["id"], now["properties"]["version"])
    return Edited(now, done.warnings)


def _refuse_overlap(conn: Connection, editor: Editor, zone_id: int, version: int) -> None:
    if isinstance(editor.collection, Layer):
        overlap.refuse_as_law(conn, editor.collection, zone_id, version, editor.registry)


def _decides(was: items.Feature, now: items.Feature) -> bool:
    """Whether a draft has got another status: that is a change, though it says the same."""
    one, other = was["properties"], now["properties"]
    status = one.get("law_status") != other.get("law_status")
    return bool(status and one.get("version") == other.get("version"))


def _latest(conn: Connection, editor: Editor, feature_id: int, seen: Seen) -> items.Feature:
    """The state that a change is made of: of a zone its latest version, and no other."""
    held = seen_as_is(conn, editor, feature_id, seen)
    if seen.version not in {None, held.latest}:
        raise _outdated(edits.hold(conn, editor.collection, feature_id, facts.legal_day(conn)))
    return held.feature


def seen_as_is(conn: Connection, editor: Editor, feature_id: int, seen: Seen) -> edits.Held:
    """A feature, locked, that is as the editor has seen it.

    Raises `Unconditional` without If-Match, `Outdated` where it is another, `Forbidden` where the
    editor may not write.
    """
    _check_place(conn, editor, feature_id)
    day = facts.legal_day(conn)
    held = edits.hold(conn, editor.collection, feature_id, day, seen.version)
    if seen.match is None:
        raise Unconditional(
            "请在 If-Match 中给出读取该要素时得到的 ETag，以免覆盖他人的修改。",
            "Give the ETag that the feature had when you read it as If-Match, so that nobody's "
            "change is overwritten.",
        )
    if not items.holds(seen.match, items.etag(held.feature)):
        raise _outdated(held)
    return held


def _check_place(conn: Connection, editor: Editor, feature_id: int) -> None:
    """Nobody is told the state of what lies where he may not write: `Forbidden`."""
    if not isinstance(editor.actor, Caller):
        return
    for area in edits.areas(conn, editor.collection, feature_id):
        editor.actor.require_one(editor.collection.written_by, area)


def _outdated(held: edits.Held) -> Outdated:
    version = held.feature["properties"].get("version")
    zh = en = ""
    if held.law is not None:
        zh = f"生效的第 {held.law} 版之外已有第 {version} 版草案，请读取 ?version={version}。"
        en = f" Beside version {held.law}, which is law, a draft exists: read ?version={version}."
    error = Outdated(
        f"该要素在您读取之后已被修改。{zh}current 为现状；请核对后用它的 ETag 重试。",
        f"The feature has changed since you read it.{en} `current` is how it is now: "
        "compare, and try again with its ETag.",
    )
    error.current = held.feature
    return error


@contextmanager
def editing(editor: Editor) -> Iterator[Connection]:
    """The transaction of an editor. Raises `Conflict` for what is at odds with the register."""
    with reading(editor.engine) as conn:
        turn_day(conn)
    try:
        with writing(editor.engine, editor.actor, editor.reason) as conn:
            yield conn
    except IntegrityError as error:
        raise Conflict(
            f"与在册记录冲突（{detail(error)}）。请先处理相关记录。",
            f"It is at odds with what is registered ({detail(error)}). See to that first.",
        ) from error
