"""The deployment as it stands: health, and the layers as declared."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import RowMapping, select, text

from api import links
from api.answer import Form, answer, produces
from api.basemap import basemaps
from api.deps import Conn, Gis, Law, Who
from api.pages import deployment as pages
from api.rasters import described
from gis_app.flags import FLAGS
from gis_app.law import Instrument, Tier
from gis_app.layer import Choice, Field, Layer
from gis_app.rights import Caller, Right
from gis_app.store import facts, ledger, params, rasters, schema, zones
from gis_app.store.tables import setting

router = APIRouter()
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}


@router.get("/healthz", summary="健康检查 / Health", **_DOCUMENT)
def healthz(request: Request, conn: Conn, f: Form = None) -> Response:  # noqa: ARG001
    """Alive, and the database answers: migration revision and the legal day."""
    body = {
        "status": "ok",
        "schema": schema.version(conn),
        "legal_day": facts.legal_day(conn).isoformat(),
    }
    return answer(request, body, pages.health)


@router.get("/layers", summary="图层声明 / Layers as declared", **_DOCUMENT)
def layers(
    request: Request,
    conn: Conn,
    law: Law,
    who: Who,
    gis: Gis,
    datetime: str | None = None,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """Every layer's declaration with its count on a day (default: today; wells are those there
    are now): what a map needs to draw and explain it.

    `seen` tells what the caller sees of it: rows, counts on the map, or none. Without rows there
    is no count, so that nobody takes it for nothing there.
    """
    today = facts.legal_day(conn)
    there = zones.summary(conn, params.one_day(datetime) or today)
    flags = _flags(conn) if who.areas(Right.READ) else None
    listed = []
    for layer in law.layers.values():
        row = there.get(layer.id)
        seen = _seen(layer, who)
        listed.append(_declared(layer, row, seen))
    named = {row.key: row.value for row in conn.execute(select(setting))}
    latest = next(iter(ledger.runs(conn, 1)), None)
    body = {
        "title_zh": named.get("title_zh", "地下水区划与取水井"),
        "title_en": named.get("title_en", "Groundwater zones and wells"),
        "synthetic": bool(named.get("synthetic", False)),
        "legal_day": today.isoformat(),
        "last_audit": _last(latest),
        "flags": flags,
        "map_approval": gis.settings.map_approval,
        "basemaps": basemaps(offered=request.app.state.basemap.offered),
        "layers": listed,
        "rasters": _rasters(conn, law, params.one_day(datetime) or today),
    }
    return answer(request, body, pages.layers)


def _declared(layer: Layer, row: RowMapping | None, seen: str) -> dict[str, Any]:
    """A layer as the map draws and explains it; `row` is what there is of it, if anything."""
    count = (row["count"] if row else 0) if seen == "rows" else None
    return {
        "id": layer.id,
        "zh": layer.zh,
        "en": layer.en,
        "geometry": layer.geometry,
        "description_zh": layer.description_zh,
        "description_en": layer.description_en,
        "order": layer.order,
        "style": {
            "color": layer.style.color,
            "pattern": layer.style.pattern.value,
            "opacity": layer.style.opacity,
        },
        "grades": _choices(layer.grades),
        "basis": [vars(b) for b in layer.basis],
        "fields": [_field(each) for each in layer.all_fields],
        "count": count,
        "seen": seen,
        "has_data": None if count is None else count > 0,
        "bounds": [row[e] for e in "wsen"] if row else None,
        "tiles": f"/collections/{layer.id}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}",
    }


def _field(field: Field) -> dict[str, Any]:
    own = {name: getattr(field, name) for name in ("name", "zh", "en", "kind", "unit", "tile")}
    return {**own, "choices": _choices(field.choices)}


def _choices(choices: Mapping[str, Choice]) -> dict[str, dict[str, str]]:
    return {key: {"zh": each.zh, "en": each.en} for key, each in choices.items()}


def _rasters(conn: Conn, law: Law, on: date) -> list[dict[str, Any]]:
    rows = rasters.holding(conn, None, on)
    return [
        described.shown(layer, [row for row in rows if row["layer"] == layer.id])
        for layer in law.rasters.values()
    ]


def _seen(layer: Layer, who: Caller) -> str:
    if layer.read_by is None or who.areas(layer.read_by):
        return "rows"
    return "counts" if who.sight.counts else "none"


@router.get("/days", summary="区划变动之日 / Days on which zones change")
def days(conn: Conn) -> dict[str, Any]:
    """The days on which zones that are or were law begin or end to hold, in order."""
    turning = [
        {"on": row["on"].isoformat(), "begins": row["begins"], "ends": row["ends"]}
        for row in zones.turning_days(conn)
    ]
    return {"today": facts.legal_day(conn).isoformat(), "days": turning}


@router.get("/law", summary="当日有效的文件 / Instruments in force on a day")
def law_in_force(conn: Conn, law: Law, on: str | None = None) -> dict[str, Any]:
    """The instruments that bind in the deployment's districts on a day (default: today), the
    highest first.
    """
    asked = params.day(on) or facts.legal_day(conn)
    here = zones.areas(conn)
    binding = [
        each
        for each in law.instruments.values()
        if each.in_force(asked) and any(area.startswith(each.area) for area in here or [""])
    ]
    ranks = list(Tier)
    binding.sort(key=lambda each: (ranks.index(each.tier), each.since))
    return {"on": asked.isoformat(), "instruments": [_instrument(each) for each in binding]}


def _instrument(each: Instrument) -> dict[str, Any]:
    return {
        "id": each.id,
        "zh": each.zh,
        "en": each.en,
        "number": each.number,
        "area": each.area,
        "tier_zh": each.tier.zh,
        "since": each.since.isoformat(),
        "until": None if each.until is None else each.until.isoformat(),
    }


def _last(run: Any) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "run_id": run["run_id"],
        "on": run["on"].isoformat(),
        "finished_at": run["finished_at"].isoformat(),
    }


def _flags(conn: Conn) -> dict[str, int]:
    counted = conn.execute(
        text(
            "select coalesce(f.flag, 'unassessed') as flag, count(*) as wells"
            " from gis.well w left join gis.well_flag f using (well_id) group by 1"
        )
    )
    named = dict.fromkeys([*FLAGS, "unassessed"], 0)
    return {**named, **{row.flag: row.wells for row in counted}}
