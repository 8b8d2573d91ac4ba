"""What a rule may ask of a well: one row per well, every column three-valued.

Columns are those of the register (layers/well.py); `inside` asks whether a well lies in a layer's
zones taken together. A null is *cannot be known* and flows through `&`, `|` and `~` as in Kleene's
logic, in every engine that Ibis compiles to.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, DateValue, NumericValue, Table

from gis_app.law import Parameter

# Register columns that rules may read, with their Ibis types. `area_code` is the district the
# well lies in or, where no district is loaded, the registered one.
WELL_COLUMNS: dict[str, str] = {
    "area_code": "string",
    "self_supply": "boolean",
    "status": "string",
    "well_type": "string",
    "use": "string",
    "industry": "string",
    "permit_state": "string",
    "annual_permitted_m3": "float64",
    "prior_permitted_m3": "float64",
    "annual_reported_m3": "float64",
    "exemption_kind": "string",
    "exemption_until": "date",
    "completed_on": "date",
    "depth_m": "float64",
    "diameter_mm": "float64",
    "meter_state": "string",
}

PLANNED = ("proposed", "approved", "under_construction")
WORKING = ("trial", "active", "paused", "emergency_only", "ordered_to_close")
UNSEALED = (*WORKING, "abandoned", "unfinished", "exploration_done")
SHUT = ("closed", "sealed", "backfilled")


@dataclass(frozen=True, order=True)
class Ask:
    """A question about place: is the well inside this layer (of this grade)?"""

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
    """The facts of every well as columns; built by the engine, read by rules."""

    def __init__(self, table: Table, on: date) -> None:
        self._table = table
        self.on = ibis.literal(on, type="date")

    def inside(self, layer: str, grade: str | None = None) -> BooleanValue:
        """Whether the well's disc of uncertainty is covered by the layer (null: on the line)."""
        return self._column(Ask(layer, grade).column)

    def zone_since(self, layer: str, grade: str | None = None) -> DateValue:
        """The day the zone that decides `inside` came into force."""
        return self._column(Ask(layer, grade).since_column)

    def parameter(self, parameter: Parameter) -> NumericValue:
        """The value of a delegated number where the well lies, on the day (null: not set)."""
        return self._column(parameter.column)

    def recorded_as(self, column: str, values: Collection[str]) -> BooleanValue:
        """Whether the register says so in so many words: a blank is "it does not say", false.

        For what must be claimed and documented to count (an exemption granted, a type that
        withdraws 自备), never for facts that would be true whether written down or not.
        """
        value = self._claim(column)
        return value.notnull() & value.isin(list(values))

    def granted(self, *kinds: str) -> BooleanValue:
        """Whether a temporary exemption of one of these kinds is recorded and has not ended."""
        return self.recorded_as("exemption_kind", kinds) & (self.exemption_until >= self.on)

    def _column(self, name: str) -> Any:
        return self._table[name]

    def _claim(self, name: str) -> Any:
        return self._column(name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in WELL_COLUMNS:
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
        return ibis.table({name: _type_of(name)}, name="facts")[name]


def facts_table(asks: Iterable[Ask], parameters: Iterable[Parameter] = ()) -> Table:
    """The unbound table `facts` with the register columns, these questions and parameters."""
    names = ["well_id", *WELL_COLUMNS, *sorted({p.column for p in parameters})]
    for ask in sorted(set(asks)):
        names += [ask.column, ask.since_column]
    return ibis.table({name: _type_of(name) for name in names}, name="facts")


def _type_of(name: str) -> str:
    if name == "well_id":
        return "int64"
    if name.startswith("in__"):
        return "boolean"
    if name.startswith("since__"):
        return "date"
    if name.startswith("param__"):
        return "float64"
    return WELL_COLUMNS[name]
