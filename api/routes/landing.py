"""Where the service begins: landing page, conformance, the definition of its API."""

from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from api import links, openapi
from api.answer import Form, answer, html, produces, wants_html
from api.pages import STYLE, definition
from api.pages import documents as pages
from api.rasters import described
from api.tiles import sets

router = APIRouter()
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}
_DEFINITION: Any = {"response_class": Response, "responses": produces(links.OPENAPI_30, links.HTML)}

_ROOMS = {
    "layers": "图层 / layers",
    "audits": "审计 / audits",
    "imports": "导入 / imports",
    "healthz": "运行状态 / health",
}
_FEATURES = "http://www.opengis.net/spec/ogcapi-features"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf"
# QGIS asks for the older name of the spatial classes
_CQL2_CLASSES = (
    "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
    "case-insensitive-comparison", "accent-insensitive-comparison", "basic-spatial-functions",
    "basic-spatial-operators", "basic-spatial-functions-plus", "spatial-functions",
    "temporal-functions", "property-property", "arithmetic",
)  # fmt: skip
CONFORMANCE = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    f"{_FEATURES}-1/1.0/conf/core",
    f"{_FEATURES}-1/1.0/conf/geojson",
    f"{_FEATURES}-1/1.0/conf/html",
    f"{_FEATURES}-1/1.0/conf/oas30",
    f"{_FEATURES}-1/1.1/conf/oas31",
    f"{_FEATURES}-2/1.0/conf/crs",
    f"{_FEATURES}-3/1.0/conf/queryables",
    f"{_FEATURES}-3/1.0/conf/queryables-query-parameters",
    f"{_FEATURES}-3/1.0/conf/filter",
    f"{_FEATURES}-3/1.0/conf/features-filter",
    *(f"{_CQL2}/{name}" for name in _CQL2_CLASSES),
    f"{_FEATURES}-4/1.0/conf/create-replace-delete",
    f"{_FEATURES}-4/1.0/conf/update",
    f"{_FEATURES}-4/1.0/conf/optimistic-locking-etags",
    f"{_FEATURES}-4/1.0/conf/features",
    f"{_FEATURES}-5/1.0/conf/schemas",
    *sets.CONFORMANCE,
    *described.CONFORMANCE,
]


@router.get(
    "/",
    summary="首页 / Landing page",
    operation_id="getLandingPage",
    **_DOCUMENT,
)
def landing(request: Request, f: Form = None) -> Response:  # noqa: ARG001
    """The service's links."""
    body = {
        "title": "地下水区划与取水井登记 / Groundwater zoning and well registry",
        "description": "区划、取水井、逐条依据的结论 / Zones, wells, verdicts by clause",
        "links": [
            *links.own(request, "/"),
            links.link(request, "/api", "service-desc", links.OPENAPI_30, "OpenAPI 3.0"),
            links.link(request, "/openapi.json", "service-desc", links.OPENAPI_31, "OpenAPI 3.1"),
            links.link(request, "/api?f=html", "service-doc", links.HTML, "接口说明 / API"),
            links.link(request, "/conformance", "conformance", links.JSON, "符合性 / conformance"),
            links.link(request, "/collections", "data", links.JSON, "集合 / collections"),
            links.link(request, "/collections?f=html", "data", links.HTML, "集合 / collections"),
            links.link(request, "/map/", "related", links.HTML, "地图 / map"),
            *sets.landing_links(request),
            *(
                links.link(request, f"/{path}?f=html", "related", links.HTML, words)
                for path, words in _ROOMS.items()
            ),
        ],
    }
    return answer(request, body, pages.landing)


@router.get(
    "/conformance",
    summary="符合性 / Conformance",
    operation_id="getConformance",
    **_DOCUMENT,
)
def conformance(request: Request, f: Form = None) -> Response:  # noqa: ARG001
    """The conformance classes this service claims."""
    body: dict[str, Any] = {
        "conformsTo": CONFORMANCE,
        "links": links.own(request, "/conformance"),
    }
    return answer(request, body, pages.conformance)


@router.get(
    "/api",
    summary="接口定义 / API definition",
    operation_id="getApi",
    **_DEFINITION,
)
def api(request: Request, f: Form = None) -> Response:  # noqa: ARG001
    """The API's definition: OpenAPI 3.0, complete in itself, or a page."""
    described = request.app.openapi()
    if wants_html(request):
        return html(definition.api(request, described))
    return Response(orjson.dumps(openapi.as_3_0(described)), media_type=links.OPENAPI_30)


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """The API's definition as a page."""
    return html(definition.api(request, request.app.openapi()))


@router.get("/pages/page.css", include_in_schema=False)
def page_style() -> Response:
    """How the pages look."""
    return FileResponse(STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})
