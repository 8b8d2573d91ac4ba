"""May a well stand here? The pre-check as JSON, as a printable page and as PDF."""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Request, Response

from api.answer import preferred, produces
from api.deps import Gis, State, Who
from gis_app import precheck as journey
from gis_app.errors import BadInput
from gis_app.intake import application
from gis_app.precheck.answer import answer
from gis_app.report import page, paper
from gis_app.rights import Caller, Right

router = APIRouter()
JSON, HTML, PDF = _MEDIA = ("application/json", "text/html", "application/pdf")
_VARIES = {"Vary": "Accept"}
# the page needs nothing but its own style
_ALONE = {**_VARIES, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
_NAMED = {**_VARIES, "Content-Disposition": 'inline; filename="precheck.pdf"'}
_MEMBERS = {f.name: f.json_schema() for f in (*application.FIELDS.values(), application.DAY)}
# days are read in more ways than one, a blank is today
_MEMBERS = {n: {k: v for k, v in s.items() if k != "format"} for n, s in _MEMBERS.items()}
_SCHEMA = {
    "type": "object",
    "required": ["geometry", "kind"],
    "additionalProperties": False,
    "properties": {
        "geometry": {
            "type": "object",
            "description": "GeoJSON Point, Polygon, MultiPolygon（经度, 纬度 / lon, lat）",
        },
        **_MEMBERS,
    },
    "examples": [
        {
            "geometry": {"type": "Point", "coordinates": [113.6, 37.9]},
            "kind": "new",
            "use": "industry",
            "annual_m3": 30000,
        }
    ],
}
_QUERY = {"lon": {"type": "number"}, "lat": {"type": "number"}, **_MEMBERS}
_PARAMETERS = [
    {"name": name, "in": "query", "required": name in {"lon", "lat", "kind"}, "schema": schema}
    for name, schema in _QUERY.items()
]


@router.post(
    "/precheck",
    summary="预审 / Pre-check: may a well stand here?",
    response_class=Response,
    responses=produces(JSON, HTML, PDF),
)
def precheck(
    gis: Gis,
    who: Who,
    request: Request,
    members: Annotated[dict[str, Any], Body(json_schema_extra=_SCHEMA)],
) -> Response:
    """What the law of a day says of a place; nothing is kept. As JSON, or by Accept as a page.

    `hidden` names what is told only to who reads the registers there: the figures of the unit.
    """
    return _answered(gis, who, members, preferred(request, _MEDIA, JSON))


@router.get(
    "/precheck/page",
    summary="预审页 / Pre-check as a printable page",
    openapi_extra={"parameters": _PARAMETERS},
    response_class=Response,
    responses=produces(JSON, HTML, PDF),
)
def printable(gis: Gis, who: Who, request: Request) -> Response:
    """The same for a point, with lon, lat and the other members as parameters; HTML or PDF."""
    given = dict(request.query_params)
    place = _point(given.pop("lon", ""), given.pop("lat", ""))
    return _answered(gis, who, {**given, "geometry": place}, preferred(request, _MEDIA, HTML))


def _parameters(_: Request) -> set[str]:
    return set(_QUERY)


printable.open_parameters = _parameters  # type: ignore[attr-defined]


def _answered(gis: State, who: Caller, members: Mapping[str, Any], media: str) -> Response:
    told = journey.judge(gis.engine, gis.registry, application.read(members))
    units = who.may(Right.READ_REGISTERS, told.place["area_code"])
    found = answer(told, gis.registry, units=units)
    if media == JSON:
        return Response(orjson.dumps(found), media_type=JSON, headers=_VARIES)
    made = page.html(found)
    if media == HTML:
        return Response(made, media_type=HTML, headers=_ALONE)
    return Response(paper.pdf(made), media_type=PDF, headers=_NAMED)


def _point(lon: str, lat: str) -> dict[str, Any]:
    try:
        return {"type": "Point", "coordinates": [float(lon), float(lat)]}
    except ValueError:
        raise BadInput(
            f"lon 与 lat 应为度数，不是“{lon}”“{lat}”。",
            f"lon and lat are degrees, not {lon!r}, {lat!r}.",
        ) from None
