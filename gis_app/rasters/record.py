"""A raster put on record, ended, taken back."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, text

from gis_app.areas import area_code
from gis_app.errors import BadInput, Refused
from gis_app.raster import arrival
from gis_app.raster.arrival import Made
from gis_app.raster.arrival_check import Said
from gis_app.raster.notice import Notice
from gis_app.raster.shelf import Shelf
from gis_app.raster.source import digest, open_raster
from gis_app.raster_layer import RasterLayer
from gis_app.registry import Registry
from gis_app.rights import Caller
from gis_app.store import facts, rasters
from gis_app.store.engine import Actor, reading, writing
from gis_app.telling import Told, quiet


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where rasters are worked on: the database, the declarations, the shelf of files, and who."""

    engine: Engine
    registry: Registry
    shelf: Shelf
    actor: Actor
    reason: str | None = None
    progress: Told = quiet


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is said of a file: its layer, unit and CRS where it lacks them, since when and where.

    `valid_from` None is the legal day; `area` is a division code ("" is no one's).
    """

    layer: str
    unit: str | None = None
    crs: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    area: str = ""
    source: str | None = None


@dataclass(frozen=True)
class Added:
    """A raster on record, and what is to be said of it."""

    row: RowMapping
    notices: list[Notice]


def shelf(home: Path) -> Shelf:
    """The shelf of a deployment, below its folder."""
    return Shelf(home / "rasters")


def add(desk: Desk, path: Path, asked: Asked, *, file_name: str | None = None) -> Added:
    """Check a file, make its COGs, and put it on record: from its day on it is the layer's.

    One that held before is superseded, not changed. Raises `Refused` with every fault (see
    `arrival.make`), and where the same file is on record already; `Forbidden` by rights.
    """
    layer = desk.registry.raster(asked.layer)
    _check(desk, layer, asked)
    open_raster(path).close()
    sha256 = digest(path)
    with reading(desk.engine) as conn:
        _refuse_twin(conn, layer, sha256, asked.area)
    with tempfile.TemporaryDirectory(dir=desk.shelf.room()) as room:
        said = Said(unit=asked.unit, crs=asked.crs)
        made = arrival.make(path, layer, said, Path(room), desk.progress)
        kept = {
            "sha256": sha256,
            "analysis_sha256": desk.shelf.keep(made.analysis),
            "picture_sha256": desk.shelf.keep(made.picture),
        }
    with writing(desk.engine, desk.actor, desk.reason) as conn:
        _queue(conn, layer)
        _refuse_twin(conn, layer, sha256, asked.area)
        values = _values(layer, asked, made) | kept | {"file_name": file_name or path.name}
        values["valid_from"] = asked.valid_from or facts.legal_day(conn)
        raster_id = rasters.add(conn, values, made.bounds.wkt)
        row = rasters.get(conn, raster_id)
    desk.progress("已登记", "On record", 1.0)
    return Added(row, made.notices)


def withdraw(desk: Desk, raster_id: int) -> RowMapping:
    """Take a raster back: it holds on no day, and what it had superseded holds again.

    Raises `NotFound`, `IllegalTransition` where it was taken back already, `BadInput` without a
    reason, `Forbidden` by rights.
    """
    if not (desk.reason or "").strip():
        raise BadInput("撤回栅格须说明理由。", "Say why the raster is taken back.")
    with writing(desk.engine, desk.actor, desk.reason) as conn:
        rasters.withdraw(conn, raster_id, str(desk.reason))
        return rasters.get(conn, raster_id)


def end(desk: Desk, raster_id: int, on: date) -> RowMapping:
    """Let a raster hold no longer from a day on. Raises as `withdraw`, and `BadInput` for a day
    that is not after its first.
    """
    with reading(desk.engine) as conn:
        begun = rasters.get(conn, raster_id)["valid_from"]
    if on <= begun:
        raise BadInput(
            f"栅格 {raster_id} 自 {begun} 起有效，不能在 {on} 终止；误登记的请撤回。",
            f"Raster {raster_id} holds from {begun} on and cannot end on {on}: take back what was "
            "put on record in error.",
        )
    with writing(desk.engine, desk.actor, desk.reason) as conn:
        rasters.end(conn, raster_id, on)
        return rasters.get(conn, raster_id)


def _check(desk: Desk, layer: RasterLayer, asked: Asked) -> None:
    area_code(asked.area, blank=True)
    if asked.valid_from and asked.valid_to and asked.valid_to <= asked.valid_from:
        raise BadInput(
            f"失效日期 {asked.valid_to} 应晚于生效日期 {asked.valid_from}。",
            f"It ends on {asked.valid_to}, which is not after {asked.valid_from}.",
        )
    if isinstance(desk.actor, Caller):
        desk.actor.require_one(layer.written_by, asked.area)


def _refuse_twin(conn: Connection, layer: RasterLayer, sha256: str, area: str) -> None:
    twin = rasters.twin(conn, layer.id, sha256, area)
    if twin is not None:
        number, since = twin["raster_id"], twin["valid_from"]
        raise Refused(
            f"同一文件已登记为“{layer.zh}”第 {number} 号（自 {since} 起）。如需重来，先撤回："
            f"gis-app raster remove {number} --reason …",
            f"The same file is on record as {layer.en}, number {number} (from {since} on). To do "
            f"it again, take that back first: gis-app raster remove {number} --reason …",
        )


def _queue(conn: Connection, layer: RasterLayer) -> None:
    """Rasters of a layer are put on record one after another."""
    conn.execute(
        text("select pg_advisory_xact_lock(hashtext('gis.raster'), hashtext(:layer))"),
        {"layer": layer.id},
    )


def _values(layer: RasterLayer, asked: Asked, made: Made) -> dict[str, Any]:
    tally = made.tally
    return {
        "layer": layer.id, "area_code": asked.area, "valid_to": asked.valid_to,
        "unit": made.unit, "crs": made.wkt, "cell": made.cell, "width": made.width,
        "height": made.height, "max_zoom": made.max_zoom, "least": tally.least,
        "most": tally.most, "mean": tally.mean, "valid_share": tally.valid_share,
        "cells": {str(code): count for code, count in sorted(tally.cells.items())},
        "source": asked.source, "lineage": made.lineage,
    }  # fmt: skip
