"""A run's zones as drafts: through the door of every file of zones, compared with the last."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Engine

from gis_app.errors import BadInput, GisError, Refused
from gis_app.intake import batch
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.raster.notice import Notice
from gis_app.store import facts, zoning
from gis_app.store.engine import reading, writing
from gis_app.telling import Told, quiet
from gis_app.zoning import compute, features
from gis_app.zoning.compute import Computed
from gis_app.zoning.features import Ask
from gis_app.zoning.plan import Asked, Plan

LAYER = "pollution_priority_zone"
LEAST_M2 = 1.0  # below it a border only has other corners
MOST = 5000  # zones that a person can be expected to look through, and more


_NOTHING = Notice(
    "warn", "zones", "none_drafted",
    "没有一块达到 min_area_m2 的管控类或保护类区域：没有草案；上次的草案（如有）未动。",
    "No control or protection area of min_area_m2 came about: nothing is drafted, and drafts of a "
    "former run stand as they are.",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What is to be done with the zones: drafted at all; the former run's drafts undone."""

    draft: bool = True
    replace: bool = False


@dataclass(frozen=True)
class Done:
    """A run with what became of it: its id, the drafts' batch, the run before, the difference.

    `difference` is by grade, in m² (see zoning_difference.sql); `unchanged`: the same inputs were
    drafted before, and nothing was written.
    """

    computed: Computed
    run_id: int
    batch_id: int | None
    former_id: int | None
    difference: list[dict[str, Any]]
    unchanged: bool
    notices: list[Notice]


def asked(engine: Engine, plan: Plan, folder: Path) -> Asked:
    """A plan with its area and, where it wants them, the register's protection areas.

    Raises `BadInput` where it names no area, `NotFound` for a code that no district has.
    """
    with reading(engine) as conn:
        area = _area(conn, plan, folder)
        on = facts.legal_day(conn)
        registered = zoning.protected(conn, area, on) if plan.registered else []
    return Asked(plan, folder, area, registered, plan.area)


def _area(conn: Connection, plan: Plan, folder: Path) -> BaseGeometry:
    if plan.area_file is not None:
        ask = Ask(name="area", path=folder / plan.area_file, crs=plan.area_crs)
        _, shapes = features.opened(ask)
        return shapely.union_all(shapely.make_valid(shapes))
    if plan.area is None:
        raise BadInput(
            "没有说明区域：请用 --area 区划代码，或在计划中写 area 或 area_file。",
            "No area: say --area CODE, or area or area_file in the plan.",
        )
    return zoning.ground(conn, plan.area, facts.legal_day(conn))


def run(desk: Desk, wanted: Asked, target: Path, wish: Wish, told: Told = quiet) -> Done:
    """Compute a plan, keep the run, bring its zones in as drafts, compare them with the last run's.

    A signal leaves nothing behind: no folder, no run, no batch. An error of drafting leaves the
    computed files, which are right. Raises as `compute.run` and as an import.
    """
    computed = compute.run(wanted, target, told)
    try:
        return _kept(desk, wanted, computed, wish)
    except GisError:
        raise
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _kept(desk: Desk, wanted: Asked, computed: Computed, wish: Wish) -> Done:
    plan = wanted.plan
    with reading(desk.engine) as conn:
        former = zoning.standing(conn, plan.name, wanted.area_code)
    plain = Done(computed, 0, None, None, [], unchanged=False, notices=list(computed.notices))
    if former is not None and former["digest"] == computed.digest:
        folder = _the_one(computed.folder, Path(former["folder"]))
        return replace(
            plain, computed=replace(computed, folder=folder), run_id=former["zoning_run_id"],
            batch_id=former["batch_id"], unchanged=True,
        )  # fmt: skip
    if not (wish.draft and computed.sketch and computed.sketch.features):
        if wish.draft and computed.sketch:
            plain.notices.append(_NOTHING)
        with writing(desk.engine, desk.actor) as conn:
            return replace(plain, run_id=zoning.keep(conn, _row(wanted, computed)))
    former_id = former["zoning_run_id"] if former is not None else None
    done = replace(_drafted(desk, wanted, computed, former_id), former_id=former_id)
    if former is None:
        return done
    done = replace(done, difference=_compared(desk, done, former["batch_id"]))
    if not wish.replace:
        return done
    return replace(done, notices=[*done.notices, *_undone(desk, former["batch_id"])])


def _the_one(new: Path, old: Path) -> Path:
    """Of two folders with the same bytes the older, where it is still there."""
    if not (old / "zones.geojson").exists():
        return new
    shutil.rmtree(new)
    return old


def _row(wanted: Asked, computed: Computed) -> dict[str, Any]:
    meanings = computed.overlay.meanings
    cells = {meanings[code][1]: computed.area_km2(code) for code in computed.cells}
    return {
        "name": wanted.plan.name, "area_code": wanted.area_code,
        "profile": wanted.plan.profile, "digest": computed.digest,
        "folder": str(computed.folder), "lineage": computed.lineage,
        "summary": {"km2": cells, "notices": [each.__dict__ for each in computed.notices]},
    }  # fmt: skip


def _drafted(desk: Desk, wanted: Asked, computed: Computed, former_id: int | None) -> Done:
    """The zones brought in: previewed, the run kept with the batch, committed; else neither."""
    count = len(computed.sketch.features) if computed.sketch else 0
    if count > MOST:
        raise BadInput(
            f"得到 {count:,} 块区划，超过 {MOST:,} 块，未建草案（栅格已保存在 {computed.folder}）。"
            "请加大 min_area_m2。",
            f"{count:,} zones came about, more than {MOST:,}: none was drafted (the rasters are in "
            f"{computed.folder}). Make min_area_m2 larger.",
        )
    options = ImportOptions(layer=LAYER, crs="EPSG:4490", anywhere=wanted.plan.area is None)
    named = f"{wanted.plan.name} {computed.digest[:12]}.geojson"
    previewed = batch.preview(desk, computed.zones_file, options, file_name=named)
    run_id = None
    try:
        with writing(desk.engine, desk.actor) as conn:
            row = {**_row(wanted, computed), "batch_id": previewed.batch_id}
            run_id = zoning.keep(conn, {**row, "former_id": former_id})
        batch.commit(desk, previewed.batch_id)
    except BaseException:
        _given_up(desk, previewed.batch_id, run_id)
        raise
    return Done(
        computed, run_id, previewed.batch_id, None, [], unchanged=False,
        notices=list(computed.notices),
    )  # fmt: skip


def _given_up(desk: Desk, batch_id: int, run_id: int | None) -> None:
    if batch.get(desk.engine, batch_id).state != "preview":
        return
    batch.discard(desk, batch_id)
    if run_id is not None:
        with writing(desk.engine, desk.actor) as conn:
            zoning.forget(conn, run_id)


def _compared(desk: Desk, done: Done, former_batch: int) -> list[dict[str, Any]]:
    """The difference by grade, kept with the run; the ground itself goes to difference.geojson."""
    with reading(desk.engine) as conn:
        found = zoning.difference(conn, former_batch, int(done.batch_id or 0))
    ways = ("entering", "leaving")
    features_ = [
        {"type": "Feature", "properties": {"grade": row["grade"], "way": way},
         "geometry": json.loads(row[way])}
        for row in found for way in ways if row[way] and row[f"{way}_m2"] >= LEAST_M2
    ]  # fmt: skip
    told = {"type": "FeatureCollection", "features": features_}
    path = done.computed.folder / "difference.geojson"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    figures = [{k: v for k, v in row.items() if k not in ways} for row in found]
    with writing(desk.engine, desk.actor) as conn:
        zoning.compared(conn, done.run_id, figures)
    return figures


def _undone(desk: Desk, former_batch: int) -> list[Notice]:
    """The former run's drafts taken back; where a person has changed any they stay: a notice."""
    try:
        batch.undo(desk, former_batch)
    except Refused as error:
        return [Notice("warn", f"批次 {former_batch}", "former_kept", error.zh, error.en)]
    return []
