"""The permit numbers of a file, each looked at once."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection

from gis_app.intake.match import Matched
from gis_app.intake.permit_number import Context, Hint, hints
from gis_app.intake.problem import Problems
from gis_app.layer import Layer, Register
from gis_app.store import checks, facts, staging


def check(
    conn: Connection, matched: Matched, collection: Layer | Register, problems: Problems
) -> None:
    """Say what may be wrong with the permit numbers; every text is kept."""
    field = _field(collection)
    if field is None or field not in matched.values:
        return
    numbers = matched.values[field].dropna().astype("str")
    if numbers.empty:
        return
    context = Context(facts.legal_day(conn), sorted(staging.districts(conn)))
    on_wells = _on_wells(conn, collection, numbers)
    found = {
        number: hints(number, replace(context, on_well=number in on_wells))
        for number in numbers.unique()
    }
    said = {hint.code: hint for each in found.values() for hint in each}
    for code, first in said.items():
        here = {n: h for n, each in found.items() if (h := _coded(each, code)) is not None}
        rows = numbers[numbers.isin(list(here))]
        problems.add_rows(
            (code, first.level),
            ([here[n].zh for n in rows], [here[n].en for n in rows]),
            rows.index,
            column=matched.columns.get(field),
            value=rows.to_numpy(),
        )


def _field(collection: Layer | Register) -> str | None:
    if isinstance(collection, Register):
        return collection.permit_field
    return "permit_number" if collection.field_named("permit_number") else None


def _on_wells(conn: Connection, collection: Layer | Register, numbers: pd.Series) -> set[str]:
    """The numbers that wells have: all of a file about wells, else those linked to a well."""
    told = numbers.unique().tolist()
    if isinstance(collection, Layer) or collection.well_field is not None:
        return set(told)
    return checks.permits_on_wells(conn, told)


def _coded(found: list[Hint], code: str) -> Hint | None:
    return next((hint for hint in found if hint.code == code), None)
