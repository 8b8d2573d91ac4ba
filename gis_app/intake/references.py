"""Do the wells, permits and units that rows speak of exist?"""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from gis_app.intake.match import Matched
from gis_app.intake.problem import Level, Problems
from gis_app.layer import Layer, Register
from gis_app.store import checks


@dataclass(frozen=True)
class Reference:
    """A field that names something else: of which kind, and what to say where there is none."""

    field: str
    kind: str
    level: Level
    zh: str
    en: str

    @property
    def code(self) -> str:
        """The code of its problem."""
        return f"{self.kind}_unknown"


_WELL = (
    "井“{}”不在册；请先导入井，或更正编号",
    "No well has the code {!r}: import it first, or mend it",
)
_PERMIT = (
    "没有登记许可证“{}”；已保留，请核对证号或补录许可证",
    "No permit {!r} is registered: it is kept; check the number or import the permit",
)
_UNIT = (
    "没有编号为“{}”的管理单元或行政区；已保留，请核对编号或补录区划",
    "No management unit or district {!r}: it is kept; check the code or import the zone",
)
_SUBJECTS = {
    "well": ("没有登记井“{}”；已保留，请核对编号", "No well {!r}: it is kept; check the code"),
    "application": (
        "没有登记取水申请“{}”；已保留，请核对编号",
        "No application {!r}: it is kept; check the code",
    ),
    "site": (
        "没有登记场地或项目“{}”；已保留，请核对编号",
        "No site {!r}: it is kept; check the code",
    ),
}


def check(
    conn: Connection, matched: Matched, collection: Layer | Register, problems: Problems
) -> None:
    """Refuse wells that the register has not; warn of permits, units and subjects unknown to it."""
    if not isinstance(collection, Register):
        return
    for each in references_of(collection):
        if each.field in matched.values:
            _report(conn, each, matched.values[each.field], matched, problems)
    if collection.field_named("subject_code") is not None:
        _subjects(conn, matched, problems)


def references_of(register: Register) -> list[Reference]:
    """What the fields of a register name; only a well that is not there is refused."""
    found = []
    if register.field_named("well_code") is not None:
        held = register.well_field == "well_code"
        found.append(
            Reference("well_code", "well", "refuse", *_WELL)
            if held
            else Reference("well_code", "well", "warn", *_SUBJECTS["well"])
        )
    if register.permit_field is not None and register.id != "permit":
        found.append(Reference(register.permit_field, "permit", "warn", *_PERMIT))
    if register.field_named("unit_code") is not None:
        found.append(Reference("unit_code", "unit", "warn", *_UNIT))
    return found


def _subjects(conn: Connection, matched: Matched, problems: Problems) -> None:
    """Of grants: each row says of what kind the thing is that it names."""
    if not {"subject", "subject_code"} <= set(matched.values):
        return
    for kind, words in _SUBJECTS.items():
        codes = matched.values["subject_code"].where(matched.values["subject"] == kind)
        _report(conn, Reference("subject_code", kind, "warn", *words), codes, matched, problems)


def _report(
    conn: Connection, asked: Reference, column: pd.Series, matched: Matched, problems: Problems
) -> None:
    codes = column.dropna().astype("str")
    if codes.empty:
        return
    missing = checks.unknown(conn, asked.kind, codes.unique().tolist())
    rows = codes[codes.isin(list(missing))]
    problems.add_rows(
        (asked.code, asked.level),
        ([asked.zh.format(c) for c in rows], [asked.en.format(c) for c in rows]),
        rows.index,
        column=matched.columns.get(asked.field),
        value=rows.to_numpy(),
    )
