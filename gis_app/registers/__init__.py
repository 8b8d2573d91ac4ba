"""Registers beside the wells: one file per kind of record, each names its declarations REGISTERS.

Declarations only; tables, imports, the API and the reference page follow from them.
"""

from gis_app.layer import Register
from gis_app.registers import control, enforcement, metering, permit, projects

ALL: tuple[Register, ...] = tuple(
    register
    for room in (permit, metering, control, enforcement, projects)
    for register in room.REGISTERS
)
