"""An editor's journeys: a feature created, replaced, changed in part, removed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from gis_app.crs import Served, served
from gis_app.errors import BadInput, Conflict, Outdated, Unconditional
from gis_app.intake import feature
from gis_app.intake.feature import Written
from gis_app.intake.problem import Problem
from gis_app.layer import Layer, Register
from gis_app.registry import Registry
from gis_app.store import edits, facts, items
from gis_app.store.engine import turn_day, writing


@dataclass(frozen=True)
class Editor:
    """Who edits, what, and why."""

    engine: Engine
    registry: Registry
    collection: Layer | Register
    actor: str
    reason: str | None = None


@dataclass(frozen=True)
class Edited:
    """A feature as it is after an edit, and what is doubtful of it."""

    feature: items.Feature
    warnings: list[Problem]


def create(editor: Editor, written: Written) -> Edited:
    """Add a feature. Raises `BadInput` with its faults, `Conflict` where its key is taken."""
    with _transaction(editor) as conn:
        done = feature.check(conn, editor.registry, editor.collection, written, known=False)
        made = edits.create(conn, editor.collection, _row(editor, done))
        return Edited(edits.current(conn, editor.collection, made, facts.legal_day(conn)),
                      done.warnings)  # fmt: skip


def replace(editor: Editor, feature_id: int, match: str | None, written: Written) -> Edited:
    """Make a feature what is given; what is not given becomes blank. Law gets a draft beside it.

    `match` is the If-Match header. Raises `Unconditional` without it, `Outdated` where the feature
    is not as it says, and as `create`.
    """
    with _transaction(editor) as conn:
        was = _current(conn, editor, feature_id, match)
        return _write(conn, editor, was, written)


def change(
    editor: Editor, feature_id: int, match: str | None, patch: Mapping[str, Any], crs: Served
) -> Edited:
    """Change parts of a feature (RFC 7396 merge patch): null makes a property blank.

    Raises as `replace`.
    """
    if patch.get("id", feature_id) != feature_id:
        raise BadInput("要素的 id 不可更改。", "The id of a feature cannot be changed.")
    with _transaction(editor) as conn:
        was = _current(conn, editor, feature_id, match)
        changed = patch.get("properties") or {}
        if not isinstance(changed, Mapping):
            raise BadInput("properties 应为对象。", "`properties` must be an object.")
        properties = {**orjson.loads(orjson.dumps(was["properties"])), **changed}
        if "geometry" in patch:
            return _write(conn, editor, was, Written(properties, patch["geometry"], crs))
        shape = was["geometry"] and orjson.loads(was["geometry"])
        return _write(conn, editor, was, Written(properties, shape, served(None)))


def remove(editor: Editor, feature_id: int, match: str | None) -> None:
    """Delete a feature; a zone that has been law ends today. Raises as `replace`."""
    with _transaction(editor) as conn:
        was = _current(conn, editor, feature_id, match)
        edits.remove(conn, editor.collection, was, facts.legal_day(conn))


def _write(conn: Connection, editor: Editor, was: items.Feature, written: Written) -> Edited:
    done = feature.check(
        conn, editor.registry, editor.collection, written,
        known=True,
    )  # fmt: skip
    edits.replace(conn, editor.collection, was, _row(editor, done))
    now = edits.current(conn, editor.collection, was["id"], facts.legal_day(conn))
    return Edited(now, done.warnings)


def _row(editor: Editor, done: feature.Checked) -> dict[str, Any]:
    zones = isinstance(editor.collection, Layer) and editor.collection.geometry == "polygon"
    return {**done.row, "layer": editor.collection.id} if zones else done.row


def _current(conn: Connection, editor: Editor, feature_id: int, match: str | None) -> items.Feature:
    was = edits.current(conn, editor.collection, feature_id, facts.legal_day(conn))
    if match is None:
        raise Unconditional(
            "请在 If-Match 中给出读取该要素时得到的 ETag，以免覆盖他人的修改。",
            "Give the ETag that the feature had when you read it as If-Match, so that nobody's "
            "change is overwritten.",
        )
    tags = {tag.strip().removeprefix("W/") for tag in match.split(",")}
    if "*" not in tags and items.etag(was) not in tags:
        outdated = Outdated(
            "该要素在您读取之后已被修改。current 为现状；请核对后用新的 ETag 重试。",
            "The feature has changed since you read it. `current` is how it is now: compare, and "
            "try again with its ETag.",
        )
        outdated.current = was
        raise outdated
    return was


@contextmanager
def _transaction(editor: Editor) -> Iterator[Connection]:
    with editor.engine.connect() as conn:
        turn_day(conn)
    try:
        with writing(editor.engine, editor.actor, editor.reason) as conn:
            yield conn
    except IntegrityError as error:
        detail = str(getattr(getattr(error.orig, "diag", None), "message_detail", "") or error.orig)
        raise Conflict(
            f"与在册记录冲突（{detail}）。请先处理相关记录。",
            f"It is at odds with what is registered ({detail}). See to that first.",
        ) from error


__all__ = ["Edited", "Editor", "change", "create", "remove", "replace"]
