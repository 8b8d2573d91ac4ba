"""The journey of a draft: what would change were it law? Asked while it is drawn; nothing is kept.

The findings before and after are made by the same rules, facts and statements as an audit's, over
the wells, applications, sites and zones that the draft can concern and no others.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Engine

from gis_app.intake import borders
from gis_app.intake.draft import Drawn, Fault, faults
from gis_app.law import Rule, Words
from gis_app.layer import Overlap, policy
from gis_app.registry import Registry
from gis_app.rights import Caller, Right
from gis_app.rules import engine as rule_engine
from gis_app.rules.subjects import ZONE_LAYERS
from gis_app.store import audits, facts, supposed, wells
from gis_app.store.engine import looking, reading, turn_day
from gis_app.store.facts import Asked

Row = Mapping[str, Any]
_UNIT = "management_unit"


@dataclass(frozen=True)
class Shared:
    """Ground that a draft shares with another zone, and what the layers declare of that."""

    zone: Row
    policy: Overlap
    shape: BaseGeometry


@dataclass(frozen=True)
class Impact:
    """What a draft would change on a day, were it law by then.

    `problems`: why it cannot be law, and then nothing else is said. `findings` has rule, clause,
    verdict, answer, subject, gained and lost; `moved`, where it was asked for, each of them;
    `wells`, `figures` are those of `store.supposed`; `flags` counts wells by (flag before, flag
    after). `unknown`: what the registers do not say.
    """

    on: date
    shape: BaseGeometry
    problems: Sequence[Fault] = ()
    wells: Mapping[str, int] = field(default_factory=dict)
    findings: Sequence[Row] = ()
    moved: Sequence[Row] | None = None
    flags: Mapping[tuple[str, str], int] = field(default_factory=dict)
    figures: Row = field(default_factory=dict)
    overlaps: Sequence[Shared] = ()
    gaps: Sequence[borders.Flaw] = ()
    slivers: Sequence[borders.Flaw] = ()
    unknown: Sequence[str] = ()


def foresee(
    engine: Engine,
    registry: Registry,
    drawn: Drawn,
    caller: Caller | None = None,
    *,
    each: bool = False,
) -> Impact:
    """What would change were the draft law; with `each` also which findings, of whom.

    It is looked at on the day asked for, or on its own first day if that is later. Raises
    `NotFound` where the zone it amends is not there, `Forbidden` where it concerns wells that a
    caller may not see: half an impact would be a wrong one.
    """
    with reading(engine) as conn:
        turn_day(conn)
    with looking(engine) as conn:
        today = facts.legal_day(conn)
        on = max(drawn.on or today, drawn.valid_from or date.min)
        wrong = faults(drawn, on)
        follows = supposed.Amended()
        if drawn.amends is not None:
            follows = supposed.amended(conn, drawn.layer.id, drawn.amends, on)
        since = drawn.valid_from or on
        if follows.since is not None and follows.since >= since:
            wrong.append(_too_early(follows.since))
        if wrong:
            return Impact(on, drawn.shape, wrong)
        supposed.put(conn, follows, _values(conn, drawn, follows, since), drawn.shape.wkb)
        moved: list[Row] | None = [] if each else None
        return _Look(conn, registry, drawn, on, today, caller, moved).impact()


def _values(
    conn: Connection, drawn: Drawn, follows: supposed.Amended, since: date
) -> dict[str, Any]:
    """The columns of the supposed version: what is not given is as in the version it amends."""
    given, own = drawn.properties, {f.name for f in drawn.layer.fields}
    values = {"boundary_accuracy_m": 10.0, **supposed.inherited(conn, follows)}
    values |= {n: v for n, v in given.items() if n not in own and n in _TAKEN and v is not None}
    attrs = {**values.pop("attrs", {}), **{n: v for n, v in given.items() if n in own}}
    fixed = {"layer": drawn.layer.id, "valid_from": since, "valid_to": drawn.valid_to}
    name = given.get("name") or values.get("name") or "草案 draft"
    return {**values, **fixed, "name": name, "attrs": orjson.dumps(attrs).decode()}


_TAKEN = {"grade", "code", "name", "area_code", "boundary_accuracy_m"}


def _too_early(since: date) -> Fault:
    return Fault(
        "begins_before_the_law",
        Words(
            f"现行版本自 {since} 起生效，下一版的生效日期须晚于它。",
            f"The version in force began on {since}: the next one begins later.",
        ),
    )


@dataclass(frozen=True)
class _Look:
    """One look at the supposed zone, in one snapshot."""

    conn: Connection
    registry: Registry
    drawn: Drawn
    on: date
    today: date
    caller: Caller | None
    moved: list[Row] | None  # each finding, collected as they are compared

    def impact(self) -> Impact:
        conn, layer = self.conn, self.drawn.layer
        ids = supposed.wells(conn, layer.id, self.on)
        if self.caller is not None:
            for area in wells.areas(conn, ids):
                self.caller.require(Right.READ, area)
        counted, figures = supposed.counts(conn), supposed.figures(conn, self.on)
        moved, flags = self._of_wells(ids)
        for kind in _OTHERS:
            moved += self._of_others(kind)
        beside = self._beside()
        return Impact(
            self.on,
            self.drawn.shape,
            wells=counted,
            findings=moved,
            moved=self.moved,
            flags=flags,
            figures=figures,
            overlaps=self._overlaps(),
            gaps=borders.gaps(self.drawn.shape, beside),
            slivers=borders.slivers(self.drawn.shape, beside),
            unknown=self._unknown(counted, figures),
        )

    def _of_wells(self, ids: Sequence[int]) -> tuple[list[Row], Counter[tuple[str, str]]]:
        """Findings of these wells opened and closed, and how many change from flag to flag."""
        rules = self.registry.rules_on(self.on, subject="well")
        touched = self._concerned("well", rules)
        if not ids or not touched:
            return [], Counter()
        asked = Asked(self.on, ids=ids)
        moved = self._compare(touched, supposed.hold(self.conn, touched, asked))
        self._look_at_others([r for r in rules if r not in touched], touched, asked)
        turned: Counter[tuple[str, str]] = Counter()
        for row in supposed.flags(self.conn, ids):
            turned[row["was"], row["now"]] += row["wells"]
        return moved, turned

    def _look_at_others(self, rules: Sequence[Rule], touched: Sequence[Rule], asked: Asked) -> None:
        """How grave the findings are that the draft does not touch: the ledger's, or made now."""
        ids = list(asked.ids or ())
        if self.on == self.today and supposed.all_flagged(self.conn, ids):
            supposed.others_from_ledger(self.conn, ids, [rule.id for rule in touched])
            return
        audits.answer(self.conn, rules, asked)
        supposed.others_decided(self.conn)

    def _of_others(self, kind: str) -> list[Row]:
        """Findings of the applications, sites, zones or units opened and closed."""
        rules, moved = self.registry.rules_on(self.on, subject=kind), []
        if kind == "zone" and self.drawn.layer.id in ZONE_LAYERS:
            itself = Asked(self.on, kind, ids=[supposed.itself(self.conn)])
            moved += self._compare(rules, itself)
        touched = self._concerned(kind, rules)
        if kind == "unit" or not touched:
            return moved + (self._compare(touched, Asked(self.on, kind)) if touched else [])
        ids = supposed.subjects(self.conn, kind)
        near = Asked(self.on, kind, ids=ids)
        return moved + (self._compare(touched, near, upon=True) if ids else [])

    def _concerned(self, kind: str, rules: Sequence[Rule]) -> list[Rule]:
        """The rules whose answers the draft can change.

        A district tells which law binds; a unit lies where its management unit does.
        """
        layer = self.drawn.layer.id
        if kind == "unit" and layer == _UNIT:
            return list(rules)
        return rule_engine.of_layers(rules, {layer})

    def _compare(self, rules: Sequence[Rule], asked: Asked, *, upon: bool = False) -> list[Row]:
        """Findings opened and closed; `upon`: no subject is another one in the supposed world."""
        for world, name in ((False, "found_before"), (True, "found_after")):
            audits.answer(self.conn, rules, replace(asked, supposed=world, upon=world and upon))
            supposed.keep(self.conn, name)
        if self.moved is not None:
            told = supposed.moved(self.conn)
            self.moved.extend({"subject": asked.subject, **row} for row in told)
        return [{"subject": asked.subject, **row} for row in supposed.moves(self.conn)]

    def _overlaps(self) -> list[Shared]:
        layers, ours = self.registry.layers, self.drawn.layer
        named = [layer.id for layer in self.registry.zone_layers]
        found = supposed.overlaps(self.conn, named, self.on, borders.LEAST_M2)
        grade = self.drawn.properties.get("grade")
        return [
            Shared(
                {name: value for name, value in row.items() if name != "shared"},
                policy(ours, layers[row["layer"]], grades=(grade, row["grade"])),
                shapely.from_wkb(bytes(row["shared"])),
            )
            for row in found
        ]

    def _beside(self) -> list[borders.Neighbour]:
        rows = supposed.beside(self.conn, self.on, borders.LEAST_M, borders.MOST_M)
        return [
            borders.Neighbour(
                row["zone_id"],
                row["name"],
                shapely.make_valid(shapely.from_wkb(bytes(row["near"]))),
                row["tolerance_m"],
            )
            for row in rows
        ]

    def _unknown(self, wells: Mapping[str, int], figures: Row) -> list[str]:
        """What the registers cannot say: no register counts the people that a well supplies."""
        told = ("permitted_m3", "reported_m3", "without_replacement")
        blank = [n for n in told if wells["inside"] and not figures[f"{n}_known"]]
        # an application's unit is found in the law as it is
        units = ["applications"] if self.drawn.layer.id == _UNIT else []
        return ["people", *blank, *units]


# what is said of a data set no zone changes
_OTHERS = ("application", "site", "zone", "unit")
