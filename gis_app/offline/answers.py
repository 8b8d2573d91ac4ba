"""From facts to findings: the one statement of the rules, and what makes a finding of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from gis_app.flags import FLAGS, flag_of
from gis_app.law import Answer, Rule, Verdict
from gis_app.offline import tables
from gis_app.rules import answers, engine

_FOUND = """
create table decided as
select f.subject_id, x.code as subject_code, x.area_code, f.rule, p.instrument, p.clause, f.answer,
       f.verdict, p.layer, i.zone_id, i.version as zone_version, z.name as zone_name, i.edge_m,
       i.tolerance_m, coalesce(i.joint, false) as joint,
       case when f.answer = 'indeterminate' then rtrim(f.missing, ',') else '' end as missing,
       f.exemption, x.lon, x.lat
from ({found}) f
join facts x on x.subject_id = f.subject_id
join placed p on p.rule = f.rule
left join nearest i on i.subject_id = f.subject_id and i.ask = p.ask
left join zones z on z.row = i.row
order by f.subject_id, f.rule
"""
_NOTHING = (
    "select null::bigint as subject_id, null::varchar as rule, null::varchar as answer,"
    " null::varchar as verdict, null::varchar as exemption, null::varchar as missing where false"
)
_FLAGS = """
select x.subject_id, x.code, x.area_code, coalesce(r.flag, 'clear') as flag, r.rule
from facts x
left join (
  select d.subject_id, arg_min(g.flag, (g.rank, d.rule)) as flag,
         arg_min(d.rule, (g.rank, d.rule)) as rule
  from decided d join gravity g on g.answer = d.answer and g.verdict = d.verdict
  group by d.subject_id
) r on r.subject_id = x.subject_id
order by x.subject_id
"""


@dataclass(frozen=True)
class Blank:
    """Facts that nobody has: `counties` by the county's code, `everywhere` those no well has."""

    counties: dict[str, frozenset[str]]
    everywhere: frozenset[str]

    def bits(self) -> dict[str, int]:
        """A bit for each fact that some county lacks, 0 for one that all lack."""
        somewhere = sorted(set().union(*self.counties.values()) - self.everywhere)
        bits = {name: 1 << n for n, name in enumerate(somewhere)}
        return bits | dict.fromkeys(sorted(self.everywhere), 0)


def known(conn: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> dict[str | None, set[str]]:
    """By county (None: wells of no known area) the facts that some well there has."""
    names = engine.of_counties(rules)
    counts = ", ".join(f'count("{name}")' for name in names)
    statement = f"select left(area_code, 6), {counts or '0'} from facts group by 1"
    return {
        county: {name for name, count in zip(names, counted, strict=False) if count}
        for county, *counted in conn.execute(statement).fetchall()
    }


def counties(conn: duckdb.DuckDBPyConnection) -> list[tuple[str | None, int]]:
    """Every county (None: not known) with its wells."""
    statement = "select left(area_code, 6), count(*) from facts group by 1 order by 1"
    return conn.execute(statement).fetchall()


def blank(found: dict[str | None, set[str]], rules: Sequence[Rule]) -> Blank:
    """What whole counties lack, of what `known` found of all their wells."""
    names = frozenset(engine.of_counties(rules))
    if not found:
        return Blank({}, frozenset())
    counties = {c: names - has for c, has in found.items() if c is not None}
    return Blank(counties, names.difference(*found.values()))


def decide(
    conn: duckdb.DuckDBPyConnection, rules: Sequence[Rule], on: date, lacking: Blank,
    *, anywhere: bool = False,
) -> None:  # fmt: skip
    """Make `decided`: one row per finding of these rules on `facts`."""
    bits = lacking.bits()
    _gaps(conn, lacking, bits)
    bound = rules if anywhere else _binding(conn, rules)
    found = (
        answers.to_sql(bound, on, anywhere=anywhere, dialect="duckdb", gaps=bits)
        if bound
        else _NOTHING
    )
    tables.keep(conn, "placed", _placed(rules))
    conn.execute(_FOUND.format(found=found))


def flags(conn: duckdb.DuckDBPyConnection) -> pa.Table:
    """Every well with the gravest of its findings, as the map classes it, and its rule."""
    ranks = list(FLAGS)
    rows = [(a.value, v.value, flag_of(a.value, v.value)) for a in Answer for v in Verdict]
    answer, verdict, flag = zip(*rows, strict=True)
    rank = [ranks.index(each) for each in flag]
    tables.keep(
        conn,
        "gravity",
        pa.table({"answer": answer, "verdict": verdict, "flag": flag, "rank": rank}),
    )
    return conn.sql(_FLAGS).to_arrow_table()


def _gaps(conn: duckdb.DuckDBPyConnection, lacking: Blank, bits: dict[str, int]) -> None:
    """The column `gaps` of the facts: which facts the county of each well lacks."""
    rows = [
        (county, sum(bits[name] for name in names)) for county, names in lacking.counties.items()
    ]
    counties, sums = zip(*rows, strict=True) if rows else ((), ())
    table = pa.table(
        {"county": pa.array(counties, pa.string()), "bits": pa.array(sums, pa.int64())}
    )
    tables.keep(conn, "unrecorded", table)
    conn.execute(
        "alter table facts add column gaps bigint default 0;"
        " update facts set gaps = u.bits from unrecorded u where u.county = left(area_code, 6)"
    )


def _binding(conn: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> list[Rule]:
    """Those rules that bind somewhere among the facts."""
    places = conn.execute("select distinct left(area_code, 6) from facts").fetchall()
    return engine.binding_in(rules, [place for (place,) in places])


def _placed(rules: Sequence[Rule]) -> pa.Table:
    """Which rule looks at which layer first."""
    rows: list[tuple[Any, ...]] = []
    for each in rules:
        first = next(iter(engine.reads(each).asks), None)
        place = (first.layer, first.column) if first else (None, None)
        rows.append((each.id, each.instrument.id, each.clause, *place))
    names = ("rule", "instrument", "clause", "layer", "ask")
    return tables.texts(rows, names)
