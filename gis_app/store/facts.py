"""One row of facts per subject, as of a day: what the rules read.

Temporary tables live for one transaction: `incidence` (touching pairs on that day), `covered`
(questions of place settled only by several zones together), `nearest`, `facts`, and what
`gis_app.store.audits` makes of them. One kind of subject at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from psycopg import sql
from sqlalchemy import Connection, text

from gis_app import registers
from gis_app.law import Rule
from gis_app.rules import engine
from gis_app.rules.columns import COLUMNS, GRANTS, VIOLATIONS
from gis_app.rules.subjects import SHARED, SUBJECTS, ZONE_LAYERS
from gis_app.store import parameters
from gis_app.store.columns import (
    asked_rows,
    granted,
    lines,
    matches,
    once,
    parameter_columns,
    violated,
)
from gis_app.store.statements import run, script

FEW = 20_000  # measured: 0.25 ms a well; one pass over the records of a million takes 30 s


@dataclass(frozen=True)
class Asked:
    """Whose facts: a kind of subject on a day, in an area (adcode prefix), or only some of them.

    `source` is the table that applications are read from: the register, or one made for a
    pre-check. `codes` are the wells whose records have to be read for that (None: all).
    `supposed`: with the zone of `store.supposed` as if it were law; `upon`: on the incidence just
    made of the law as it is; `held`: of what `supposed.hold` has kept. `recalling`: what counties
    lack is as the last audit of everything kept it.
    """

    on: date
    subject: str = "well"
    area: str = ""
    ids: Sequence[int] | None = None
    source: str = "gis.application"
    codes: Sequence[str] | None = None
    supposed: bool = False
    upon: bool = False
    held: bool = False
    recalling: bool = False

    def base(self) -> sql.Composable:
        """The query that gives each subject's own facts."""
        if self.held:
            return sql.SQL("select * from pg_temp.held_facts")
        if self.subject == "well":  # the query that an audit of files asks too
            query = sql.SQL(registers.facts_of_wells())
        else:
            query = script(f"facts_{self.subject}")
        return query.format(
            day=sql.Literal(self.on),
            source=sql.SQL(self.source),
            zones=self.zones,
            zone_layers=sql.Literal(list(ZONE_LAYERS)),
            codes=once(sql.Literal(None if self.codes is None else list(self.codes))),
            granted=lines([granted(kind) for kind in GRANTS]),
            violated=lines([violated(kind) for kind in VIOLATIONS]),
        )

    def shapes(self) -> sql.Composable:
        """A query that gives each subject's shape."""
        if self.subject == "well":
            return sql.SQL("select w.well_id as subject_id, w.geom from gis.well w")
        return self.base()

    @property
    def zones(self) -> sql.Composable:
        """The table that zones are read from."""
        return sql.SQL("pg_temp.supposed_zone" if self.supposed else "gis.zone")

    @property
    def footprint(self) -> bool:
        """Whether its shape is the ground it takes up."""
        return SUBJECTS[self.subject].footprint


def legal_day(conn: Connection) -> date:
    """Today by the calendar of law (Asia/Shanghai), as the database sees it."""
    day: date = conn.execute(text("select gis.today()")).scalar_one()
    return day


def prepare(conn: Connection, rules: Sequence[Rule], asked: Asked, *, gaps: bool = False) -> None:
    """Make `incidence`, `covered`, `facts` and `nearest` for what is asked.

    `facts` has subject_id, code, geom, uncertainty_m, area_code and what the rules read: columns of
    the subject, `in__…` (null: cannot be known), `since__…` and `param__…`; `gaps`: what its county
    lacks, by `unrecorded`.
    """
    asks = engine.asks_of(rules)
    layers = sorted({engine.DISTRICT, *(ask.layer for ask in asks)})
    asked = replace(asked, codes=read_of(conn, rules, asked))
    incidence(conn, layers, asked)
    _drop(conn, "facts")
    conn.execute(text("drop table if exists covered, nearest, kept_facts"))
    questions = asked_rows(asks)
    if asked.subject == "well":
        run(conn, script("covered").format(asked=questions, zones=asked.zones))
    else:
        names = {"asked": questions, "footprint": sql.Literal(asked.footprint)}
        names |= {"base": asked.base(), "zones": asked.zones}
        run(conn, script("covered_shapes").format(**names))
    held = parameters.in_force(conn, [p.name for p in engine.parameters_of(rules)], asked.on)
    numbers = parameter_columns(engine.parameters_of(rules), held)
    run(conn, _facts(rules, asked, numbers, gaps=gaps))
    run(conn, script("nearest").format(asked=questions))
    conn.execute(text("analyze facts (subject_id, area_code)"))  # what the planner joins by
    conn.execute(text("analyze nearest"))


def read_of(conn: Connection, rules: Sequence[Rule], asked: Asked) -> list[str] | None:
    """The wells whose records tell these rules of a few asked for: they themselves and, where a
    rule reads what is shared, those of one owner or permit.
    """
    if asked.held or asked.subject != "well" or asked.ids is None or len(asked.ids) > FEW:
        return None
    alone = set(SHARED).isdisjoint(engine.columns_of(rules))
    statement = _ALONE if alone else script("companions").as_string()
    return list(conn.execute(text(statement), {"ids": list(asked.ids)}).scalar_one())


_ALONE = "select array(select w.code from gis.well w where w.well_id = any (:ids))"


def incidence(conn: Connection, layers: Sequence[str], asked: Asked) -> None:
    """Make `incidence`: the touching pairs of subjects and zones of some layers on a day."""
    if not asked.upon:
        _drop(conn, "incidence")
        _drop(conn, "depths")
    if asked.subject != "well":
        names: dict[str, sql.Composable] = {
            "layers": sql.Literal(list(layers)),
            "day": sql.Literal(asked.on),
            "footprint": sql.Literal(asked.footprint),
            "subjects": only(asked.ids),
        }
        if not asked.upon:
            run(conn, script("incidence_of_shapes").format(base=asked.base(), **names))
        if asked.supposed:
            run(conn, script("unsuppose_shapes").format(zones=asked.zones, **names))
            run(conn, script("suppose_shapes").format(base=asked.base(), **names))
        return
    conn.execute(text("select gis.roll()"))
    conn.execute(text("drop table if exists met"))
    others = conn.execute(
        text(script("zones_of_another_day").as_string()), {"layers": list(layers), "on": asked.on}
    ).all()
    pairs = [sql.SQL("select * from gis.well_zone")]
    if asked.supposed:
        pairs.append(sql.SQL("select * from pg_temp.supposed_pair"))
    if others:
        ids, versions = ([getattr(z, name) for z in others] for name in ("zone_id", "version"))
        meet = "create temp table met on commit drop as select * from gis.meet({}, {}, null)"
        run(conn, sql.SQL(meet).format(sql.Literal(ids), sql.Literal(versions)))
        pairs.append(sql.SQL("select * from met"))
    named = {
        "day": sql.Literal(asked.on),
        "layers": sql.Literal(list(layers)),
        "pairs": sql.SQL(" union all ").join(pairs),
        "zones": asked.zones,
        "wells": only(asked.ids, "well_id"),
        "kind": sql.SQL("view" if asked.ids is None else "table"),
        "stays": sql.SQL("" if asked.ids is None else "on commit drop"),
    }
    run(conn, script("incidence_on").format(**named))


def keep_depths(conn: Connection, asked: Asked) -> None:
    """Keep how deep the shapes of `depths` lie in zones, for `gis.depths_of_shapes`."""
    run(conn, script("keep_depths").format(footprint=sql.Literal(asked.footprint)))


def forget_depths(conn: Connection) -> None:
    """Forget the depths that are kept of shapes and zones that are gone."""
    run(conn, script("forget_depths"))


def _drop(conn: Connection, name: str) -> None:
    """Drop a temporary table or view, if there is one."""
    kind = conn.execute(
        text("select relkind from pg_class where oid = to_regclass('pg_temp.' || :name)"),
        {"name": name},
    ).scalar()
    if kind is not None:
        conn.execute(text(f"drop {'view' if kind == 'v' else 'table'} pg_temp.{name}"))


def only(ids: Sequence[int] | None, column: str = "subject_id") -> sql.Composable:
    """A condition on an id column: these, or none named: all."""
    if ids is None:
        return sql.SQL("true")
    listed = sql.Literal(f"{{{','.join(map(str, ids))}}}")
    return sql.SQL("{} = any ({}::bigint[])").format(sql.Identifier(column), listed)


def _facts(
    rules: Sequence[Rule], asked: Asked, numbers: sql.Composable, *, gaps: bool
) -> sql.Composable:
    asks = engine.asks_of(rules)
    read = engine.columns_of(rules)
    dated = {ask for ask in asks if ask.since_column in read}
    touches, columns, joins = [], [], []
    for n, ask in enumerate(asks):
        names = {
            "sure": sql.Identifier(f"sure{n}"),
            "touch": sql.Identifier(f"touch{n}"),
            "s": sql.Identifier(f"s{n}"),
            "since": sql.SQL("{}.since").format(sql.Identifier(f"s{n}"))
            if ask in dated
            else sql.SQL("null::date"),
            "c": sql.Identifier(f"c{n}"),
            "ask": sql.Literal(ask.column),
            "inside": sql.Identifier(ask.column),
            "since_column": sql.Identifier(ask.since_column),
            "matches": matches(ask, surely=True),
            "may_match": matches(ask, surely=False),
            "zones": asked.zones,
            "ground_since": script("supposed_since") if asked.supposed else _GROUND_SINCE,
        }
        touches.append(_TOUCH.format(**names))
        columns.append(_COLUMN.format(**names))
        joins.append(_JOIN.format(**names))
        if ask in dated:
            joins.append(_SINCE.format(shapes=asked.shapes(), **names))
    own = [name for name in read if name in COLUMNS and name != "area_code"]
    return script("facts").format(
        base=asked.base(),
        zones=asked.zones,
        own=lines([sql.SQL("b.{}").format(sql.Identifier(name)) for name in own]),
        touches=lines(touches),
        columns=lines(columns),
        joins=sql.SQL("\n").join(joins),
        district=sql.Literal(engine.DISTRICT),
        area=sql.Literal(asked.area),
        subjects=only(asked.ids),
        there=_DRILLED.format(day=sql.Literal(asked.on))
        if asked.subject == "well"
        else sql.SQL("true"),
        parameters=numbers,
        gaps=sql.SQL(", coalesce(u.bits, 0) as gaps" if gaps else ""),
        unrecorded=sql.SQL(_UNRECORDED if gaps else ""),
    )


_DRILLED = sql.SQL(
    "not exists (select from gis.undrilled_on({day}) u where u.well_id = w.subject_id)"
)
_UNRECORDED = "left join unrecorded u on u.county = left(w.area_code, 6)"
_TOUCH = sql.SQL(
    "bool_or({matches} and i.inside and i.edge_m >= i.tolerance_m) as {sure},"
    " bool_or({may_match}) as {touch}"
)
_COLUMN = sql.SQL(
    "case when t.{sure} or {c}.edge_m >= {c}.tolerance_m then true"
    " when t.{touch} then null else false end as {inside}, {since} as {since_column}"
)
_GROUND_SINCE = sql.SQL("gis.zone_since(i.zone_id, i.version, p.geom)")
# The ground's own history. Where no single zone surely holds the subject the youngest counts, so
# that a position in doubt never makes a well newer than its zone.
_SINCE = sql.SQL(
    """left join (
  select b.subject_id,
         coalesce(min(b.since) filter (where b.edge_m >= b.tolerance_m), max(b.since)) as since
  from (
    select i.subject_id, i.edge_m, i.tolerance_m,
           case when z.version = 1 then z.valid_from
                else {ground_since} end as since
    from incidence i
    join {zones} z on z.zone_id = i.zone_id and z.version = i.version
    join ({shapes}) p on p.subject_id = i.subject_id
    where i.inside and {matches}
  ) b
  group by b.subject_id
) {s} on {s}.subject_id = b.subject_id"""
)
_JOIN = sql.SQL("left join covered {c} on {c}.subject_id = b.subject_id and {c}.ask = {ask}")
