"""Links and media types of OGC API resources."""

from typing import Any

from fastapi import Request

JSON = "application/json"
GEOJSON = "application/geo+json"
MVT = "application/vnd.mapbox-vector-tile"
HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
SCHEMA = "application/schema+json"
STYLE = "application/vnd.mapbox.style+json"

TILES_VECTOR = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
WEB_MERCATOR_QUAD = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"


def root(request: Request) -> str:
    """The service's address without a trailing slash, as this caller sees it."""
    return str(request.base_url).rstrip("/")


def link(request: Request, path: str, rel: str, media: str, title: str = "") -> dict[str, Any]:
    """One link object; `path` begins with a slash."""
    found = {"href": root(request) + path, "rel": rel, "type": media}
    return {**found, "title": title} if title else found
