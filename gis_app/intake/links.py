"""Are the permits that rows speak of the writer's to change?

The database refuses the same by itself, whatever the door (store/after/82_links.sql).
"""

import pandas as pd
from sqlalchemy import Connection

from gis_app.intake.match import Matched
from gis_app.intake.problem import Problems
from gis_app.layer import Layer, Register
from gis_app.store import checks, staging

CODE = "permit_elsewhere"
# of what links wells and permits: the fields with the permit and the well, of a well its area
_FIELDS: dict[str, tuple[str, ...]] = {
    "permit": ("number", ""),
    "permit_well": ("permit_number", "well_code"),
    "well": ("permit_number", "code", "area_code"),
}


def check(
    conn: Connection,
    matched: Matched,
    collection: Layer | Register,
    known: pd.Series,
    problems: Problems,
) -> None:
    """Refuse rows that would add a version to a permit of another area, or link a well to it."""
    fields, values = _FIELDS.get(collection.id, ("",)), matched.values
    field = fields[0]
    if field not in values or not staging.bounded(conn):
        return
    if collection.id == "permit":  # what refreshes a version adds none
        values = values[~known]
    asked = values[values[field].notna()]
    columns = [_texts(asked, name) for name in fields]
    kept = checks.kept_permits(conn, asked.index.tolist(), *columns)
    numbers = asked.loc[list(kept), field].tolist()
    told = list(zip(numbers, kept.values(), strict=True))
    problems.add_rows(
        (CODE, "refuse"),
        (
            [
                f"许可证“{number}”属区划 {area or '（未填）'}，您的账户无权改动它的版本和所含的井："
                "请更正证号，或请在该证区划有权限的账户登记"
                for number, area in told
            ],
            [
                f"The permit {number!r} is of area {area or '(blank)'}, where your account may "
                "change neither its versions nor its wells: mend the number, or ask an account "
                "with rights in that area"
                for number, area in told
            ],
        ),
        list(kept),
        column=matched.columns.get(field),
        value=numbers,
    )


def _texts(rows: pd.DataFrame, name: str) -> list[str | None]:
    if name not in rows:
        return [None] * len(rows)
    return [None if pd.isna(value) else str(value) for value in rows[name]]
