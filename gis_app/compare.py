"""The journey of a comparison: two audits, what opened, closed and changed between them, and why.

Audits of different days, and of different ledgers, are compared alike: findings as they stood when
each had ended, in what both asked. Nothing is written.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from gis_app.errors import BadInput
from gis_app.law import Instrument
from gis_app.registry import Registry
from gis_app.rights import Caller, Right
from gis_app.store import changes, ledger
from gis_app.store.changes import Pair, Side
from gis_app.store.engine import looking, reading, turn_day

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Comparison:
    """What two audits (rows of gis.audit_run) have in common, and on what they differ.

    `area` and `instruments` are what both asked; `alone` instruments that only one did, of which
    nothing is compared. `began`, `lapsed`: instruments in force on one of the days only. `counts`:
    findings by kind, rule and first cause; `continued` is how many both have.
    """

    one: Row
    other: Row
    area: str
    instruments: Sequence[str]
    alone: Sequence[str]
    began: Sequence[Instrument]
    lapsed: Sequence[Instrument]
    continued: int
    counts: Sequence[Row]


def compare(
    engine: Engine, registry: Registry, run_ids: tuple[int, int], caller: Caller | None = None
) -> Comparison:
    """What changed from the first audit to the second, counted.

    Raises `NotFound` for an audit that is not there, `BadInput` for two that asked nothing in
    common, `Forbidden` for a caller who may not read the area.
    """
    with reading(engine) as conn:
        turn_day(conn)
    with looking(engine) as conn:
        one, other = (ledger.run(conn, each) for each in run_ids)
        pair = _pair(registry, one, other, caller)
        changes.find(conn, pair)
        counts, continued = changes.counts(conn), changes.continued(conn, pair)
    alone = sorted(set(one["instruments"]) ^ set(other["instruments"]))
    return Comparison(
        one,
        other,
        pair.area,
        pair.instruments,
        alone,
        began=_turned(registry, pair.instruments, pair.other.on, pair.one.on),
        lapsed=_turned(registry, pair.instruments, pair.one.on, pair.other.on),
        continued=continued,
        counts=counts,
    )


def parts(
    engine: Engine, registry: Registry, run_ids: tuple[int, int], caller: Caller | None = None
) -> Generator[Sequence[Row], None, None]:
    """The changes themselves, some at a time (rows of `store.changes.parts`); raises as `compare`.

    They are read as they are asked for, in one snapshot: close it when done. What is refused is
    refused at once, not when the first is read.
    """
    with reading(engine) as conn:
        turn_day(conn)
        pair = _asked(conn, registry, run_ids, caller)
    return _read(engine, pair)


def _read(engine: Engine, pair: Pair) -> Generator[Sequence[Row], None, None]:
    with looking(engine) as conn:
        changes.find(conn, pair)
        with closing(changes.parts(conn)) as found:
            yield from found


def _asked(
    conn: Connection, registry: Registry, run_ids: tuple[int, int], caller: Caller | None
) -> Pair:
    one, other = (ledger.run(conn, each) for each in run_ids)
    return _pair(registry, one, other, caller)


def _pair(registry: Registry, one: Row, other: Row, caller: Caller | None) -> Pair:
    """What both asked."""
    for each in (one, other):
        if each["finished_at"] is None:
            raise BadInput(
                f"第 {each['run_id']} 次审计没有完成，无从比较。",
                f"Audit {each['run_id']} has not ended: there is nothing to compare.",
            )
    area = _common_area(one, other)
    if caller is not None:
        caller.require(Right.READ, area)
    if one["anywhere"] != other["anywhere"]:
        raise BadInput(
            f"第 {one['run_id']} 次与第 {other['run_id']} 次审计中有一次不限地域（anywhere），"
            "不可比较。请用相同的选项重新审计。",
            f"One of the audits {one['run_id']} and {other['run_id']} applied the law anywhere: "
            "they cannot be compared. Audit again with the same option.",
        )
    named = [i for i in one["instruments"] if i in set(other["instruments"])]
    if not named:
        raise BadInput(
            "两次审计没有共同的法律文件，不可比较。请用相同的 instruments 重新审计。",
            "The audits have no instrument in common. Audit again with the same instruments.",
        )
    return Pair(_side(registry, one, named), _side(registry, other, named), area, named)


def _side(registry: Registry, run: Row, instruments: Sequence[str]) -> Side:
    known = [name for name in instruments if name in registry.instruments]
    rules = registry.rules_on(run["on"], known) if known else []
    return Side(run["run_id"], run["ledger"], run["on"], run["finished_at"], rules)


def _common_area(one: Row, other: Row) -> str:
    narrow, wide = sorted((one["area"], other["area"]), key=len, reverse=True)
    if not narrow.startswith(wide):
        raise BadInput(
            f"两次审计的区域（{one['area']}、{other['area']}）没有重叠，不可比较。",
            f"The areas of the audits ({one['area']}, {other['area']}) have nothing in common.",
        )
    return str(narrow)


def _turned(
    registry: Registry, named: Sequence[str], there: date, absent: date
) -> list[Instrument]:
    """The instruments in force on one day and not on the other."""
    known = [registry.instruments[name] for name in named if name in registry.instruments]
    return [each for each in known if each.in_force(there) and not each.in_force(absent)]
