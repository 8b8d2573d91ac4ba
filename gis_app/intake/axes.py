"""What is said of the order in which a sheet gives east and north."""

from gis_app.intake import crosscheck
from gis_app.intake.crosscheck import Place
from gis_app.intake.problem import Problems


def surveyors(place: Place, rows: crosscheck.BoolArray, problems: Problems) -> None:
    """That the sheet gives north before east, as surveyors write."""
    if rows.any():
        problems.add(
            "surveyor_order",
            "info",
            f"“{place.pair.x}”为北（纵）坐标、“{place.pair.y}”为东（横）坐标，按测量习惯读取",
            f"{place.pair.x!r} is north and {place.pair.y!r} is east, as surveyors write",
        )


def otherwise(place: Place, rows: crosscheck.BoolArray, problems: Problems) -> None:
    """Refuse rows that stand the other way round than most of the sheet."""
    x, y = place.pair.x, place.pair.y
    place.report(
        rows,
        ("swapped_axes", "refuse"),
        (
            f"此行“{x}”与“{y}”的次序与其余各行相反（东、北颠倒），请改正此行",
            f"The values of {x!r} and {y!r} stand the other way round than in the other rows (east "
            "and north): mend this row",
        ),
        problems,
        place.x,
    )


def swapped(place: Place, rows: crosscheck.BoolArray, problems: Problems) -> None:
    """Refuse rows whose east and north are swapped, with the way out."""
    x, y = place.pair.x, place.pair.y
    names = ("lon", "lat") if place.pair.kind == "geographic" else ("easting", "northing")
    place.report(
        rows,
        ("swapped_axes", "refuse"),
        (
            f"“{x}”与“{y}”的值互换了（东、北颠倒）；如属实用 "
            f"--map {names[0]}={y} --map {names[1]}={x}",
            f"The values of {x!r} and {y!r} are swapped (east and north); if so use "
            f"--map {names[0]}={y} --map {names[1]}={x}",
        ),
        problems,
        place.x,
    )
