"""One feature from an editor, checked as a row of a file is, and refused with the same reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from sqlalchemy import Connection

from gis_app.crs import STORAGE_SRID, Served
from gis_app.errors import BadInput, Conflict, Forbidden
from gis_app.intake import drawn, ground, links, preparation
from gis_app.intake.geometry import Shapes
from gis_app.intake.options import ImportOptions
from gis_app.intake.problem import Problem
from gis_app.intake.read import Table
from gis_app.layer import Layer, Register
from gis_app.registry import Registry
from gis_app.store.sources import fields

_FORMAT = "GeoJSON"


@dataclass(frozen=True)
class Written:
    """A feature as an editor gives it: GeoJSON members, and the CRS of its geometry."""

    properties: Mapping[str, Any]
    geometry: Mapping[str, Any] | None
    crs: Served


@dataclass(frozen=True)
class Checked:
    """The row of a feature as its table takes it (`geom` hex EWKB), and what is doubtful of it."""

    row: dict[str, Any]
    warnings: list[Problem]


def check(
    conn: Connection,
    registry: Registry,
    collection: Layer | Register,
    written: Written,
    *,
    itself: int | None = None,
) -> Checked:
    """Check a feature as an import would; `itself`: the registered one that it replaces.

    Raises `BadInput` naming each field and the remedy, `Conflict` where its key is taken,
    `Forbidden` where it speaks of a permit, or lies on ground, that is another's.
    """
    properties = declared(collection, written.properties)
    shapes, doubts = shapes_of(written, collection)
    table = Table(
        frame=pd.DataFrame([properties], index=[1], dtype=object),
        geometry=shapes,
        crs=CRS.from_epsg(written.crs.srid),
        encoding="utf-8",
        format=_FORMAT,
        source_layer=collection.id,
    )
    mapping = {name: name for name in properties}
    known = itself is not None
    refresh = known and collection.geometry != "polygon"
    options = ImportOptions(
        layer=collection.id, mapping=mapping, update="code" if refresh else None
    )
    ready = preparation.prepare(conn, table, registry, options, itself=itself)
    problems = [_problem(row) for row in ready.problems.frame().to_dict("records")]
    # a draft may lie on a neighbour's ground, its approval looks again: `overlap.refuse_as_law`
    problems = [replace(p, level="warn") if p.code == "overlap" else p for p in problems]
    _refuse([p for p in problems if p.level == "refuse"])
    doubtful = [p for p in problems if p.level == "warn" and not (known and _itself(p))]
    (row,) = ready.rows.drop_columns(["row_no"]).to_pylist()
    if "law_status" in row and "law_status" not in properties:
        row["law_status"] = None  # a file's zones are law from their day on, an editor's are drafts
    if collection.geometry == "any":
        row["geom"] = _as_given(row["geom"], written)
    return Checked(row, [*doubts, *doubtful])


def declared(
    collection: Layer | Register, given: Mapping[str, Any], *, partial: bool = False
) -> dict[str, Any]:
    """The properties that are declared, each of its kind; what is only served falls away.

    `partial`: what is required may still be missing. Raises `BadInput` that names each fault.
    """
    own = {f.name for f in collection.all_fields}
    derived = set(fields(collection)) - own | {"number_parts"}
    kept = {name: value for name, value in given.items() if name not in derived}
    # imported here: its optional format checkers take a second to load, at every command
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415

    schema = collection.json_schema() | ({"required": []} if partial else {})
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    faults = list(checker.iter_errors(kept))
    if faults:
        problems = [
            Problem(
                code="not_as_declared",
                level="refuse",
                zh=f"{_where(fault)}与声明不符：{fault.message}",
                en=f"{_where(fault)}not as declared: {fault.message}",
                column=".".join(str(part) for part in fault.absolute_path) or None,
            )
            for fault in faults
        ]
        _refuse(problems)
    nul = [name for name, value in kept.items() if isinstance(value, str) and "\0" in value]
    if nul:
        raise BadInput(
            f"{'、'.join(nul)} 中有空字符（NUL）。", f"There is a NUL in {', '.join(nul)}."
        )
    return {name: value for name, value in kept.items() if value is not None}


def _where(fault: Any) -> str:
    path = ".".join(str(part) for part in fault.absolute_path)
    return f"{path}: " if path else ""


def shapes_of(written: Written, collection: Layer | Register) -> tuple[Shapes, list[Problem]]:
    """The one shape of a feature (None: it has none), longitude first where it is in degrees; and
    what was left out or added.
    """
    if written.geometry is not None:
        return drawn.shapes(written.geometry, written.crs)
    if collection.geometry != "none":
        raise BadInput("没有位置：请给出 geometry。", "There is no place: give a `geometry`.")
    return np.array([None], dtype=object), []


def _as_given(geom: str, written: Written) -> str:
    """A place that may be of any kind keeps its kind: a polygon is no collection of one."""
    parts = shapely.get_parts(shapely.from_wkb(geom))
    several = written.geometry is None or str(written.geometry["type"]).startswith("Multi")
    if several or len(parts) != 1:
        return geom
    marked = shapely.set_srid(parts[0], STORAGE_SRID)
    return str(shapely.to_wkb(marked, hex=True, include_srid=True))


def _problem(row: Mapping[Any, Any]) -> Problem:
    column, value = (None if pd.isna(row.get(k)) else str(row[k]) for k in ("column", "value"))
    told = {k: row[k] for k in ("code", "level", "zh", "en")}
    return Problem(**told, column=column, value=value)


def _itself(problem: Problem) -> bool:
    """Whether a zone is only said to be registered already."""
    return problem.code == "already_registered"


def _refuse(problems: list[Problem]) -> None:
    if not problems:
        return
    zh = "；".join(p.zh for p in problems)
    en = "; ".join(p.en for p in problems)
    if {p.code for p in problems} == {"already_registered"}:
        raise Conflict(f"{zh}。修改请用 PUT 或 PATCH。", f"{en}. Change it by PUT or PATCH.")
    if {p.code for p in problems} <= {links.CODE, ground.CODE}:
        raise Forbidden(f"{zh}。", f"{en}.", problems)
    raise BadInput(f"要素未通过核查：{zh}。", f"The feature has faults: {en}.", problems)
