"""Registers beside the wells: one file per kind of record, each names its declarations REGISTERS.

Declarations only; tables, imports, the API and the reference page follow from them. `sql/` says
what they tell of a well on a day: once, for the service and for an audit of files.
"""

from importlib.resources import files

from gis_app.layer import Register
from gis_app.registers import control, enforcement, metering, permit, projects

ALL: tuple[Register, ...] = tuple(
    register
    for room in (permit, metering, control, enforcement, projects)
    for register in room.REGISTERS
)

# functions of the schema, one row per well (owner …); in the order in which they are made
FUNCTIONS = (
    "50_registers.sql",
    "51_permits_of_a_span.sql",
    "52_volumes.sql",
    "53_shut_wells.sql",
    "54_drilled.sql",
)


def facts_of_wells() -> str:
    """The query of each well's own facts, with its places: day, codes, granted, violated."""
    return sql("facts_well.sql").replace("{permits}", sql("facts_well_permits.sql"))


def sql(name: str) -> str:
    """The text of `registers/sql/<name>`."""
    return files("gis_app.registers").joinpath("sql", name).read_text(encoding="utf-8")
