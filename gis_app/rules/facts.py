"""What a rule may ask: one row per subject, every column three-valued.

Columns are those of `columns.py`; `inside` and `meets` ask how the subject lies to a layer's zones
taken together. A null is *cannot be known* and flows through `&`, `|` and `~` as in Kleene's logic,
in every engine that Ibis compiles to.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, DateValue, NumericValue, Table

from gis_app.law import Parameter
from gis_app.rules.columns import COLUMNS

_TYPES = {"text": "string", "number": "float64", "boolean": "boolean", "date": "date"}

PLANNED = ("proposed", "approved", "under_construction")
WORKING = ("trial", "active", "paused", "emergency_only", "ordered_to_close")
UNSEALED = (*WORKING, "abandoned", "unfinished", "exploration_done")
SHUT = ("closed", "sealed", "backfilled")


@dataclass(frozen=True)
class Ask:
    """A question about place: is it inside this layer (of this grade)?"""

    layer: str
    grade: str | None = None

    @property
    def column(self) -> str:
        """The facts column that holds the answer."""
        return f"in__{self.layer}" + (f"__{self.grade}" if self.grade else "")

    @property
    def since_column(self) -> str:
        """The facts column that holds the day the deciding zone came into force."""
        return f"since__{self.layer}" + (f"__{self.grade}" if self.grade else "")


class Facts:
    """The facts of every subject as columns; built by the engine, read by rules."""

    def __init__(self, table: Table, on: date) -> None:
        self._table = table
        self._on = on

    @property
    def on(self) -> DateValue:
        """The asked day."""
        return self.day()

    def inside(self, layer: str, grade: str | None = None) -> BooleanValue:
        """Whether every position it may have lies in the layer (null: on the line)."""
        return self._column(Ask(layer, grade).column)

    def meets(self, layer: str, grade: str | None = None) -> BooleanValue:
        """Whether a footprint surely has ground in the layer (null: on the line)."""
        return self.inside(layer, grade)

    def zone_since(self, layer: str, grade: str | None = None) -> DateValue:
        """The day the zone that decides `inside` came into force."""
        return self._column(Ask(layer, grade).since_column)

    def parameter(self, parameter: Parameter) -> NumericValue:
        """The value of a delegated number where the subject lies, on the day (null: not set)."""
        return self._column(parameter.column)

    def listed(self, parameter: Parameter) -> BooleanValue:
        """Whether the area it lies in stands on a published list (null: nobody has said)."""
        return self.parameter(parameter) == 1

    def recorded_as(self, column: str, values: Collection[str]) -> BooleanValue:
        """Whether the register says so in so many words: a blank is "it does not say", false.

        For what must be claimed and documented to count (a type that withdraws 自备), never for
        facts that would be true whether written down or not.
        """
        value = self._claim(column)
        return value.notnull() & value.isin(list(values))

    def recorded_before(self, column: str, day: DateValue) -> BooleanValue:
        """Whether the office's own records hold a day that lies before another: a blank is no.

        For days that exist only by being recorded (an order's deadline, an application received).
        """
        value = self._claim(column)
        before: BooleanValue = value.notnull() & (value < day)
        return before

    def recorded_above(self, column: str, number: float | NumericValue) -> BooleanValue:
        """Whether the office's own records hold a number above another: a blank is no."""
        value = self._claim(column)
        above: BooleanValue = value.notnull() & (value > number)
        return above

    def recorded_at_least(self, column: str, number: NumericValue) -> BooleanValue:
        """Whether the office's own records hold a number not below another: a blank is no."""
        value = self._claim(column)
        reached: BooleanValue = value.notnull() & (value >= number)
        return reached

    def recorded_at_most(self, column: str, number: float) -> BooleanValue:
        """Whether the office's own records hold a number not above another: a blank is no."""
        value = self._claim(column)
        at_most: BooleanValue = value.notnull() & (value <= number)
        return at_most

    def granted(self, *kinds: str) -> BooleanValue:
        """Whether an exemption of one of these kinds has been granted and has not ended.

        False where none is recorded; null where one is recorded without its end.
        """
        return reduce(or_, [self._column(f"granted__{kind}") for kind in kinds])

    def violated(self, *kinds: str) -> BooleanValue:
        """Whether a fault of one of these kinds stands recorded and not put right."""
        return reduce(or_, [self._claimed(f"violation__{kind}") for kind in kinds])

    def day(self, days: int = 0) -> DateValue:
        """The asked day, or some days after (before) it."""
        return ibis.literal(self._asked() + timedelta(days=days), type="date")

    def years_ago(self, years: int) -> DateValue:
        """The same day some years before the asked day (29 February: 1 March).

        What fell before it, and lasts those years to the same day, is over on the asked day.
        """
        asked = self._asked()
        year = asked.year - years
        try:
            return ibis.literal(asked.replace(year=year), type="date")
        except ValueError:
            return ibis.literal(date(year, 3, 1), type="date")

    def _asked(self) -> date:
        return self._on

    def _claimed(self, name: str) -> BooleanValue:
        value = self._claim(name)
        claimed: BooleanValue = value.notnull() & value
        return claimed

    def _column(self, name: str) -> Any:
        return self._table[name]

    def _claim(self, name: str) -> Any:
        return self._column(name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in COLUMNS:
            raise AttributeError(f"no fact {name!r}")
        return self._column(name)


class Recorder(Facts):
    """Facts without values that note what a rule reads, in the order it reads them."""

    def __init__(self) -> None:
        super().__init__(ibis.table({"nothing": "int64"}, name="nothing"), date(2000, 1, 1))
        self.columns: list[str] = []
        self.claims: list[str] = []
        self.asks: list[Ask] = []
        self.parameters: list[Parameter] = []
        self.of_day = False

    def parameter(self, parameter: Parameter) -> NumericValue:
        """As `Facts.parameter`, noted."""
        if parameter not in self.parameters:
            self.parameters.append(parameter)
        return super().parameter(parameter)

    def inside(self, layer: str, grade: str | None = None) -> BooleanValue:
        """As `Facts.inside`, noted."""
        self._note(Ask(layer, grade))
        return super().inside(layer, grade)

    def zone_since(self, layer: str, grade: str | None = None) -> DateValue:
        """As `Facts.zone_since`, noted."""
        self._note(Ask(layer, grade))
        return super().zone_since(layer, grade)

    def also(self, other: "Recorder") -> None:
        """Note what another recorder has noted."""
        self.columns = list(dict.fromkeys([*self.columns, *other.columns]))
        self.claims = list(dict.fromkeys([*self.claims, *other.claims]))
        self.asks = list(dict.fromkeys([*self.asks, *other.asks]))
        self.parameters = list(dict.fromkeys([*self.parameters, *other.parameters]))
        self.of_day |= other.of_day

    def _asked(self) -> date:
        self.of_day = True
        return super()._asked()

    def _note(self, ask: Ask) -> None:
        if ask not in self.asks:
            self.asks.append(ask)

    def _claim(self, name: str) -> Any:
        if name not in self.claims:
            self.claims.append(name)
        return self._blank(name)

    def _column(self, name: str) -> Any:
        if name not in self.columns:
            self.columns.append(name)
        return self._blank(name)

    def _blank(self, name: str) -> Any:
        return ibis.table({name: type_of(name)}, name="facts")[name]


def facts_table(columns: Iterable[str]) -> Table:
    """The unbound table `facts`: `subject_id` and these columns."""
    names = ["subject_id", *sorted(set(columns))]
    return ibis.table({name: type_of(name) for name in names}, name="facts")


def type_of(name: str) -> str:
    """The Ibis type of a facts column."""
    if name in {"subject_id", "gaps"}:
        return "int64"
    if name.startswith("in__"):
        return "boolean"
    if name.startswith("since__"):
        return "date"
    if name.startswith("param__"):
        return "float64"
    return _TYPES[COLUMNS[name].kind]
