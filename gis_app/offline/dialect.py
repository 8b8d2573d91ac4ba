"""The service's own queries over the registers, as DuckDB understands them.

`gis_app/registers/sql` is written once, for PostgreSQL. Its functions become macros here: sqlglot
(which Ibis compiles with) translates, and `_GROUND` gives what has no counterpart.
"""

import re
from functools import lru_cache

import sqlglot
from sqlglot import exp

from gis_app import registers
from gis_app.errors import SetupError
from gis_app.rules.columns import GRANTS, VIOLATIONS

_FUNCTION = re.compile(
    r"create or replace function gis\.(?P<name>\w+)\((?P<arguments>.*?)\)\s*"
    r"returns (?:table \((?P<columns>.*?)\)|\w[\w ]*?)\s+language sql.*?as\s*\$\$(?P<body>.*?)\$\$",
    re.S,
)
_CODES = "codes"  # in files everything is read: nothing is asked of a few wells alone
# metres_between(lon, lat, lon, lat), geodesic metres, is given by `tables.fill`
_GROUND = (
    # x = any (list), which DuckDB takes for a query within the query, and plans for seconds
    "create macro one_of(x, listed) as case when list_contains(listed, x) then true"
    " when x is not null and len(listed) = list_count(listed) then false end",
    # instants are told in legal time here
    "create macro gis.legal_day(instant) as cast(instant as date)",
    "create macro gis.place(lon, lat) as"
    " case when lon is not null and lat is not null then {'lon': lon, 'lat': lat} end",
    "create macro gis.metres_apart(one, other) as"
    " metres_between(one.lon, one.lat, other.lon, other.lat)",
)


@lru_cache(maxsize=1)
def macros() -> tuple[str, ...]:
    """Statements that make every function of the registers a macro of the schema `gis`."""
    made = list(_GROUND)
    for name in registers.FUNCTIONS:
        made += [_macro(each) for each in _FUNCTION.finditer(registers.sql(name))]
    return tuple(made)


def facts_of_wells(day: str) -> list[str]:
    """Statements that make `told`, each well's own facts on a day (ISO), in DuckDB.

    Every part of the service's query becomes a table of its own: planned as one statement, with its
    macros taken apart over and over, it costs 12 s before the first row.
    """
    text = registers.facts_of_wells().format(
        day=f"date '{day}'",
        codes="null",
        granted="".join(_granted(kind) for kind in GRANTS),
        violated="".join(
            f",\n coalesce('{kind}' = any (v.kinds), false) as violation__{kind}"
            for kind in VIOLATIONS
        ),
    )
    whole = _translated(text)
    made = []
    for part in whole.ctes:
        query = part.this
        if columns := [each.name for each in part.args["alias"].columns]:
            _rename(query, columns)
        made.append(f"create temp table {part.alias} as {_written(query)}")
    whole.set("with_", None)
    for n, call in enumerate(_calls(whole)):
        name = f"told_{n}"
        alias = call.alias
        call.set("alias", None)
        made.append(f"create temp table {name} as select * from {_written(call)}")
        call.replace(exp.to_table(name, alias=alias))
    return [*made, f"create temp table told as {_written(whole)}"]


def _calls(query: exp.Query) -> list[exp.Table]:
    """The calls of table macros that a query joins."""
    tables = [join.this for join in query.args.get("joins") or ()]
    return [each for each in tables if isinstance(each.this, exp.Anonymous)]


def _granted(kind: str) -> str:
    return (
        f",\n case when '{kind}' = any (g.sure) then true when '{kind}' = any (g.open) then null"
        f" else false end as granted__{kind}"
    )


def _macro(found: re.Match[str]) -> str:
    arguments = [a for a in _names(found["arguments"]) if a != _CODES]
    body = _translated(found["body"].strip(), found["name"], arguments)
    given = ", ".join(f"p_{each}" for each in arguments)
    if found["columns"] is None:
        return f"create macro gis.{found['name']}({given}) as ({_written(body)})"
    _rename(body, _names(found["columns"]))
    return f"create macro gis.{found['name']}({given}) as table {_written(body)}"


def _written(query: exp.Query | exp.Table) -> str:
    return query.sql(dialect="duckdb", comments=False)


def _names(declared: str) -> list[str]:
    """The names in a list of arguments or columns."""
    return [each.split()[0] for each in declared.split(",") if each.strip()]


def _translated(text: str, function: str = "", arguments: list[str] | None = None) -> exp.Query:
    """A query with its arguments named p_…, without `codes`, and no select of nothing."""
    told = sqlglot.parse_one(text, read="postgres")
    if not isinstance(told, exp.Query):
        raise SetupError(f"译不了函数 {function}。", f"Cannot translate the function {function}.")
    for call in list(told.find_all(exp.Anonymous)):
        if call.expressions and _is_codes(call.expressions[-1]):
            call.set("expressions", call.expressions[:-1])
    for either in list(told.find_all(exp.Or)):
        if any(_asks_codes(side) for side in (either.this, either.expression)):
            either.replace(exp.true())
    for column in list(told.find_all(exp.Column)):
        if column.name in (arguments or ()) and column.table in ("", function):
            column.replace(exp.column(f"p_{column.name}"))
    for equal in [e for e in told.find_all(exp.EQ) if isinstance(e.expression, exp.Any)]:
        listed = equal.expression.this
        equal.replace(exp.Anonymous(this="one_of", expressions=[equal.this, listed]))
    for select in told.find_all(exp.Select):
        if not select.expressions:
            select.set("expressions", [exp.Literal.number(1)])
    return told


def _is_codes(given: exp.Expression) -> bool:
    return isinstance(given, exp.Null) or (
        isinstance(given, exp.Column) and given.name == _CODES and not given.table
    )


def _asks_codes(side: exp.Expression) -> bool:
    return isinstance(side, exp.Is) and _is_codes(side.this)


def _rename(query: exp.Query, names: list[str]) -> None:
    """Give the columns of a query the names that its function declares."""
    first = query
    while isinstance(first, exp.SetOperation):
        first = first.this
    for name, told in zip(names, list(first.expressions), strict=True):
        if not isinstance(told, exp.Column | exp.Alias) or told.alias_or_name != name:
            told.replace(exp.alias_(told.unalias(), name))
