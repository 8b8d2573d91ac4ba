"""Rasters on record: brought, ended, taken back; their history, their files, their statistics."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Path, Query, Request, Response, UploadFile
from fastapi import Form as Part
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from api import downloads, links
from api.answer import Form, answer, produces
from api.deps import Conn, Gis, Law, Who
from api.downloads import ENCODING, F
from api.pages import rasters as pages
from api.rasters import described
from api.routes.imports import uploaded
from api.routes.rasters import DAY, RASTER, Layer
from gis_app.errors import NotFound
from gis_app.export import FORMATS
from gis_app.raster_layer import RasterLayer
from gis_app.rasters import answers, record, table
from gis_app.rasters.answers import ZoneStatistics
from gis_app.rasters.record import Asked, Desk, shelf
from gis_app.rights import Caller
from gis_app.store import facts, params, rasters
from gis_app.store.engine import seeing
from gis_app.store.rasters import Grounds

router = APIRouter()
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}
_FILES = produces(*dict.fromkeys(form.media for form in FORMATS.values()))
_COG: Any = {
    "response_class": Response,
    "responses": {**produces("image/tiff"), 206: {"description": "部分 / part of it"}},
}
_MOST = 2**63 - 1
Number = Annotated[int, Path(ge=0, le=_MOST, description="栅格编号 / raster")]
Zones = Annotated[str, Query(alias="layer", description="区划图层 / a layer of zones")]
Area = Annotated[str, Query(description="区划代码前缀 / prefix of the division code")]
ZoneIds = Annotated[
    list[Annotated[int, Field(ge=0, le=_MOST)]] | None,
    Query(alias="zone", description="只要这些区划 / these zones only"),
]


class Ending(BaseModel):
    """From which day a raster holds no longer, and why."""

    model_config = ConfigDict(extra="forbid")

    on: str
    reason: str | None = Field(default=None, max_length=1000)


class Withdrawal(BaseModel):
    """Why a raster is taken back."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=1000)


@router.get(f"{RASTER}/rasters", summary="栅格的历次登记 / Rasters on record", **_DOCUMENT)
def history(request: Request, conn: Conn, layer: Layer, f: Form = None) -> Response:  # noqa: ARG001
    """Every raster of a layer that the caller may see, newest first; those taken back are seen by
    who sees drafts.
    """
    rows = [described.record(row) for row in rasters.history(conn, layer.id)]
    path = f"{described.base(layer)}/rasters"
    body = {"layer": layer.id, "rasters": rows, "links": links.own(request, path)}
    return answer(request, body, pages.history)


@router.post(f"{RASTER}/rasters", status_code=201, summary="登记栅格 / Put a raster on record")
def add(
    gis: Gis, who: Who, layer: Layer,
    file: Annotated[UploadFile, File(description="GeoTIFF / COG")],
    unit: Annotated[str | None, Part(description="文件未写明时 / where the file has none")] = None,
    crs: Annotated[str | None, Part(description="EPSG:…")] = None,
    valid_from: Annotated[str | None, Part(description="默认今日 / default: today")] = None,
    valid_to: Annotated[str | None, Part()] = None,
    area: Annotated[str, Part(description="区划代码 / division code")] = "",
    source: Annotated[str | None, Part(max_length=1000)] = None,
    reason: Annotated[str | None, Part(max_length=1000)] = None,
) -> dict[str, Any]:  # fmt: skip
    """Check a GeoTIFF, make its COGs and put it on record: from its first day on it holds.

    The one that held before is superseded, and stays on record.
    """
    who.require_one(layer.written_by)
    asked = Asked(
        layer=layer.id, unit=unit or None, crs=crs or None,
        valid_from=params.day(valid_from or None), valid_to=params.day(valid_to or None),
        area=area.strip(), source=source or None,
    )  # fmt: skip
    with uploaded(file) as (path, name):
        added = record.add(_desk(gis, who, reason), path, asked, file_name=name)
    notices = [{n: getattr(each, n) for n in ("level", "code", "zh", "en")}
               for each in added.notices]  # fmt: skip
    return {**described.record(added.row), "notices": notices}


@router.post(f"{RASTER}/rasters/{{raster_no}}/end", summary="终止栅格 / End a raster")
def end(
    gis: Gis, who: Who, layer: Layer, raster_no: Number, request: Ending
) -> dict[str, Any]:  # fmt: skip
    """Let a raster hold no longer from a day on; no older one comes back for it."""
    on = params.day(request.on)
    with seeing(gis.engine, who) as conn:  # let go before the journey takes its own
        _there(conn, layer, raster_no)
        on = on or facts.legal_day(conn)
    return described.record(record.end(_desk(gis, who, request.reason), raster_no, on))


@router.post(f"{RASTER}/rasters/{{raster_no}}/withdraw", summary="撤回栅格 / Take a raster back")
def withdraw(
    gis: Gis, who: Who, layer: Layer, raster_no: Number, request: Withdrawal
) -> dict[str, Any]:  # fmt: skip
    """Take back a raster that was put on record in error: what it had superseded holds again."""
    with seeing(gis.engine, who) as conn:
        _there(conn, layer, raster_no)
    return described.record(record.withdraw(_desk(gis, who, request.reason), raster_no))


@router.get(f"{RASTER}/rasters/{{raster_no}}/cog", summary="原值 COG / Values as a COG", **_COG)
def cog(conn: Conn, gis: Gis, layer: Layer, raster_no: Number) -> Response:
    """The values as a cloud-optimised GeoTIFF, on the cells of the file that was brought.

    Parts of it may be asked for (Range): QGIS and GDAL read it from here as it is.
    """
    row = _there(conn, layer, raster_no)
    path = shelf(gis.settings.home).find(row["analysis_sha256"])
    name = f"{layer.id}_{row['valid_from']}_{raster_no}.tif"
    headers = {"ETag": f'"{row["analysis_sha256"][:16]}"', "Content-Encoding": "identity"}
    return FileResponse(path, media_type="image/tiff", filename=name, headers=headers)


def _asked(
    conn: Conn, law: Law, zones: Zones = "district",
    datetime: Annotated[str | None, Query(description=DAY)] = None,
    area: Area = "", zone: ZoneIds = None,
) -> tuple[Any, Grounds]:  # fmt: skip
    """The zones to count within. Raises `NotFound`, `BadInput`."""
    on = params.one_day(datetime) or facts.legal_day(conn)
    return law.layer(zones), Grounds(on=on, area=area, zone_ids=tuple(zone or ()))


Within = Annotated[tuple[Any, Grounds], Depends(_asked)]


@router.get(f"{RASTER}/statistics", summary="分区统计 / Statistics within zones", **_DOCUMENT)
def statistics(
    request: Request, conn: Conn, gis: Gis, layer: Layer, within: Within,
    f: Form = None,  # noqa: ARG001
) -> Response:  # fmt: skip
    """What the cells within each zone come to: mean, least, most, standard deviation in the
    layer's unit, or km² by class; and the share of the zone of which nothing is known.

    Cells are weighted by the share of them that lies within. Zones are those of a layer that hold
    on the day; without a value a column is null, never 0.
    """
    zones, asked = within
    rows = _counted(conn, gis, layer, within)
    query = _query(zones.id, asked)
    path = links.with_query(f"{described.base(layer)}/statistics", **query)
    files = f"{described.base(layer)}/statistics/export"
    body = {
        "raster_layer": layer.id, "layer": zones.id, "on": asked.on.isoformat(),
        "unit": None if layer.classified else layer.unit,
        "columns": [{"name": each.name, "zh": each.zh, "en": each.en, "unit": each.unit}
                    for each in table.fields(layer)],
        "rows": [table.row(layer, each) for each in rows],
        "links": [*links.own(request, path), *(
            links.link(request, links.with_query(files, **query, f=key), "enclosure", form.media,
                       key) for key, form in FORMATS.items())],
    }  # fmt: skip
    return answer(request, body, pages.statistics)


@router.get(f"{RASTER}/statistics/export", summary="导出分区统计 / Export statistics",
            response_class=Response, responses=_FILES)  # fmt: skip
def statistics_file(
    conn: Conn, gis: Gis, layer: Layer, within: Within, f: F, encoding: ENCODING = None
) -> Response:
    """The same table as a file, with the shapes of the zones where the format has places."""
    form = downloads.wanted(f)
    told = table.table(layer, within[0], _counted(conn, gis, layer, within))
    form.check(told.zh, told.en, placed=True, encoding=encoding)
    return downloads.Download(told, form, encoding, within[1].on)


def _counted(conn: Conn, gis: Gis, layer: RasterLayer, within: Within) -> list[ZoneStatistics]:
    zones, asked = within
    return answers.within_zones(conn, shelf(gis.settings.home), layer, zones, asked)


def _query(zones: str, asked: Grounds) -> dict[str, Any]:
    named: dict[str, Any] = {"layer": zones, "datetime": asked.on.isoformat()}
    if asked.area:
        named["area"] = asked.area
    return named | ({"zone": asked.zone_ids} if asked.zone_ids else {})


def _there(conn: Conn, layer: RasterLayer, raster_no: int) -> Any:
    """A raster of this layer that the caller may see. Raises `NotFound`."""
    row = rasters.get(conn, raster_no)
    if row["layer"] != layer.id:
        raise NotFound(
            f"“{layer.zh}”没有编号为 {raster_no} 的栅格。", f"{layer.en} has no raster {raster_no}."
        )
    return row


def _desk(gis: Gis, who: Caller, reason: str | None) -> Desk:
    return Desk(
        engine=gis.engine, registry=gis.registry, shelf=shelf(gis.settings.home), actor=who,
        reason=reason,
    )  # fmt: skip
