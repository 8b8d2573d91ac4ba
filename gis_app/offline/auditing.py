"""The journey of an audit of files: read, meet, gather facts, ask the law, tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow.dataset as ds

from gis_app import registry
from gis_app.client import frames
from gis_app.errors import BadInput
from gis_app.law import Rule
from gis_app.machine import cores
from gis_app.offline import answers, facts, reading, tables
from gis_app.offline import zones as land
from gis_app.offline.result import Audit
from gis_app.offline.tables import STATES, Wells
from gis_app.registry import Registry
from gis_app.rules.answers import law_hash
from gis_app.rules.engine import looked_at, parameters_of

PARAMETERS = "law_parameter"
PARAMETER_COLUMNS = ["name", "area", "value", "since"]
_STATE = ["well_state_id", "well_code", "status", "from_on", "recorded_at", "corrected"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the law: a day, some instruments (none: all), an area, anywhere or not.

    `now` is today (of the law's calendar), for what a register says of the present.
    """

    on: date
    instruments: tuple[str, ...] = ()
    area: str = ""
    anywhere: bool = False
    now: date | None = None

    def rules(self, law: Registry) -> list[Rule]:
        """The rules of wells that are in force. Raises `NotFound` for an unknown instrument."""
        return law.rules_on(self.on, self.instruments, "well")


@dataclass(frozen=True)
class Inputs:
    """What was read: wells, zones, registers by id (those not given are not there), parameters."""

    wells: Wells
    zones: land.Zones
    registers: Mapping[str, pd.DataFrame]
    parameters: pd.DataFrame
    problems: pd.DataFrame

    @property
    def world(self) -> facts.World:
        """As `facts` takes it."""
        return facts.World(self.wells, self.zones, set(self.registers), self.parameters)


def audit(  # noqa: PLR0913  (what an analyst may ask is one call)
    wells: reading.Given, zones: land.Given, *, instruments: Sequence[str] = (),
    on: date | str | None = None, registers: Mapping[str, reading.Given] | None = None,
    area: str = "", anywhere: bool = False, now: date | None = None, threads: int | None = None,
) -> Audit:  # fmt: skip
    """What the law of a day says of wells in files, word for word as the service would say it.

    `wells`: a GeoDataFrame of points, a path (GeoParquet, GeoPackage, shapefile, CSV …) or a
    `Source`; columns are matched to the register's fields as an import matches them. `zones`: the
    same with a column `layer`, or a mapping of layers to such. `registers`: the same by register
    (`permit`, `meter`, `withdrawal`, `exemption_grant` …), `law_parameter` (name, area, value,
    since) and `well_state` (the history of the wells' status). A register that is not given is
    unknown, not empty: give an empty frame (`EMPTY`) to say that it has no rows.

    `on` is the day of the law (today), `instruments` narrows it to some documents, `area` to wells
    whose area code begins so, `anywhere` applies documents beyond their own area. Nothing that is
    handed in is changed. Raises `BadInput`, `NotFound`, `UnknownCrs`, `UnreadableFile`, each with
    rows, fields and the remedy.
    """
    law = registry.load()
    asked = Asked(on=day(on), instruments=tuple(instruments), area=area, anywhere=anywhere, now=now)
    rules = asked.rules(law)
    read = inputs(wells, zones, registers or {}, law)
    use = threads or cores()
    with tables.connect(use) as conn:
        prepare(conn, read, rules, asked, threads=use)
        return finish(conn, read, rules, asked, law)


def inputs(
    wells: reading.Given, zones: land.Given, registers: Mapping[str, reading.Given], law: Registry
) -> Inputs:
    """Everything read and checked. Raises as `audit`."""
    told = reading.rows(wells, law.layer("well"))
    _refuse_twice(told.values)
    assert told.x is not None and told.y is not None  # noqa: S101, PT018  (a layer of points)
    places = Wells(told.values, told.x, told.y)
    ground = land.zones(zones, law)
    problems = [told.problems.frame().assign(source="well"), ground.problems]
    read: dict[str, pd.DataFrame] = {}
    parameters = pd.DataFrame(columns=PARAMETER_COLUMNS)
    for name, given in registers.items():
        if name == PARAMETERS:
            parameters = _parameters(_plain(given, name, PARAMETER_COLUMNS))
        elif name == STATES:
            read[name] = _plain(given, name, _STATE)
        elif _is_empty(given):
            read[_register(name, law).id] = pd.DataFrame()
        else:
            rows = reading.rows(given, _register(name, law))
            read[name] = rows.values
            problems.append(rows.problems.frame().assign(source=name))
    return Inputs(places, ground, read, parameters, pd.concat(problems, ignore_index=True))


def prepare(
    conn: duckdb.DuckDBPyConnection, read: Inputs, rules: Sequence[Rule], asked: Asked,
    *, threads: int,
) -> None:  # fmt: skip
    """Make `facts` and `nearest` of what was read."""
    tables.fill(conn, read.wells, read.registers, asked.now)
    facts.prepare(conn, read.world, rules, asked.on, area=asked.area, threads=threads)


def finish(
    conn: duckdb.DuckDBPyConnection, read: Inputs, rules: Sequence[Rule], asked: Asked,
    law: Registry,
) -> Audit:  # fmt: skip
    """Ask the rules of the facts, and gather what is to be told."""
    lacking = answers.blank(answers.known(conn, rules), rules)
    answers.decide(conn, rules, asked.on, lacking, anywhere=asked.anywhere)
    counties = answers.counties(conn)
    found = conn.sql("select * from decided order by subject_id, rule").to_arrow_table()
    return Audit(
        on=asked.on,
        law_hash=hash_of(rules, read.parameters, asked.on),
        table=ds.dataset(found),
        flagged=ds.dataset(answers.flags(conn)),
        not_assessed=not_assessed(read.zones, counties, rules, asked),
        unrecorded=unrecorded(lacking, counties),
        not_given=facts.unknown_without(read.registers),
        problems=read.problems,
        law=law,
    )


def hash_of(rules: Sequence[Rule], parameters: pd.DataFrame, on: date) -> str:
    """The law that was used, hashed as the service does: rules and the numbers they find."""
    names = [p.name for p in parameters_of(rules)]
    return law_hash(rules, facts.numbers_held(parameters, names, on))


def not_assessed(
    zones: land.Zones, counties: Sequence[tuple[str | None, int]], rules: Sequence[Rule],
    asked: Asked,
) -> pd.DataFrame:  # fmt: skip
    """Layers that rules look at and that hold no zone for a county: (area_code, layer, wells)."""
    binding = zones.in_force(asked.on).table
    loaded: dict[str, set[str]] = {}
    for layer, code in binding[["layer", "area_code"]].itertuples(index=False):
        loaded.setdefault(layer, set()).add("" if pd.isna(code) else str(code))
    rows = {
        (county, layer, wells)
        for county, wells in counties
        for layer, area in looked_at(rules, anywhere=asked.anywhere)
        if (not area or county is None or county.startswith(area))
        and not _holds(loaded.get(layer, ()), county)
    }
    ordered = sorted(rows, key=lambda row: (row[1], row[0] is None, row[0] or ""))
    return pd.DataFrame(ordered, columns=["area_code", "layer", "wells"])


def _holds(codes: Any, county: str | None) -> bool:
    if "" in codes:
        return True
    return county is not None and any(c.startswith(county) or county.startswith(c) for c in codes)


def unrecorded(lacking: answers.Blank, counties: Sequence[tuple[str | None, int]]) -> pd.DataFrame:
    """Facts that no well of a county has: (area_code, fact, wells)."""
    wells = dict(counties)
    rows = [(c, name, wells[c]) for c, names in lacking.counties.items() for name in names]
    rows.sort(key=lambda row: (row[1], row[0]))
    return pd.DataFrame(rows, columns=["area_code", "fact", "wells"])


def day(on: date | str | None) -> date:
    """The day asked for (None: today). Raises `BadInput`."""
    told = frames.day(on)
    return tables.today() if told is None else date.fromisoformat(told)


def _register(name: str, law: Registry) -> Any:
    found = law.registers.get(name)
    if found is None:
        known = [*law.registers, PARAMETERS, STATES]
        raise BadInput(
            f"没有登记册“{name}”。现有：{'、'.join(known)}。",
            f"No register {name!r}. There are: {', '.join(known)}.",
        )
    return found


def _refuse_twice(values: pd.DataFrame) -> None:
    twice = values["code"].duplicated(keep=False)
    if twice.any():
        codes = list(dict.fromkeys(values["code"][twice]))[:5]
        rows = [int(n) + 1 for n in np.flatnonzero(twice)[:5]]
        raise BadInput(
            f"井编号重复：{'、'.join(map(str, codes))}（第 {'、'.join(map(str, rows))} 行）。"
            "请为每口井保留一行。",
            f"Well codes stand twice: {', '.join(map(str, codes))} (rows "
            f"{', '.join(map(str, rows))}). Keep one row a well.",
        )


def _plain(given: reading.Given, name: str, columns: Sequence[str]) -> pd.DataFrame:
    if _is_empty(given):
        return pd.DataFrame(columns=list(columns))
    source = given if isinstance(given, reading.Source) else reading.Source(data=given)
    table = source.data if isinstance(source.data, pd.DataFrame) else reading.frame(source)
    absent = [each for each in columns if each not in table]
    if absent:
        raise BadInput(
            f"{name} 缺列：{'、'.join(absent)}。",
            f"{name} lacks the columns {', '.join(absent)}.",
        )
    return pd.DataFrame(table[list(columns)])


def _is_empty(given: reading.Given) -> bool:
    """Whether a frame says that a register has no rows."""
    return isinstance(given, pd.DataFrame) and given.empty and not len(given.columns)


def _parameters(table: pd.DataFrame) -> pd.DataFrame:
    since = pd.to_datetime(table["since"]).dt.date if len(table) else table["since"]
    value = pd.to_numeric(table["value"]).astype("float64")
    return table.assign(since=since, value=value)
