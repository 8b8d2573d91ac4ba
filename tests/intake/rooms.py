"""What tests of registers share: what a preview says, and two wells that it may speak of."""

from collections.abc import Callable
from pathlib import Path

from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.intake.problem import Problem
from gis_app.store.engine import writing
from tests.world import add_well

WITHDRAWAL = "井编号,确定方法,起,止（含）,取水量"
YEAR = "2023-01-01,2023-12-31"


def said(
    desk: Desk,
    csv_file: Callable[..., Path],
    register: str,
    *lines: str,
    about: str = "",
    **options: object,
) -> list[Problem]:
    """What a preview of a sheet (header, rows) says, whole-file first; `about` one kind only."""
    path = csv_file(*lines, name=f"{register}.csv")
    made = journey.preview(desk, path, ImportOptions(layer=register, **options))
    found = journey.problems(desk.engine, made.batch_id)
    return [p for p in found if not about or p.code == about]


def two_wells(desk: Desk) -> None:
    """Register W1 with a yearly volume of 41,500 m³, and W2 with none."""
    with writing(desk.engine, "test") as conn:
        add_well(conn, "W1", 0, 0, annual_permitted_m3=41_500)
        add_well(conn, "W2", 100, 0)
