"""Links and media types of OGC API resources."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

JSON = "application/json"
GEOJSON = "application/geo+json"
MVT = "application/vnd.mapbox-vector-tile"
HTML = "text/html"
OPENAPI_30 = "application/vnd.oai.openapi+json;version=3.0"
OPENAPI_31 = "application/vnd.oai.openapi+json;version=3.1"
SCHEMA = "application/schema+json"
STYLE = "application/vnd.mapbox.style+json"
PROBLEM = "application/problem+json"
MERGE_PATCH = "application/merge-patch+json"

TILES_VECTOR = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
WEB_MERCATOR_QUAD = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"


def root(request: Request) -> str:
    """The service's address without a trailing slash, as this caller sees it."""
    return str(request.base_url).rstrip("/")


def link(request: Request, path: str, rel: str, media: str, title: str = "") -> dict[str, Any]:
    """One link object; `path` begins with a slash."""
    found = {"href": root(request) + path, "rel": rel, "type": media}
    return {**found, "title": title} if title else found


def own(request: Request, path: str, media: str = JSON) -> list[dict[str, Any]]:
    """The links of a resource to itself: as JSON, and as a page. `path` may have a query."""
    page = link(request, with_query(path, f="html"), "alternate", HTML, "网页 / page")
    return [link(request, path, "self", media), page]


def with_query(path: str, **more: str | Sequence[int]) -> str:
    """A path with parameters added."""
    return path + ("&" if "?" in path else "?") + urlencode(more, doseq=True)
