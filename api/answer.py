"""One resource, two representations: JSON, and a page that a person reads."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

import orjson
from fastapi import Query, Request, Response

from api import links
from gis_app.report.markup import Html

Form = Annotated[
    Literal["json", "html"] | None,
    Query(alias="f", description="表示形式，默认按 Accept / representation, else by Accept"),
]
# the database names some keys by a kind of text of its own
_AS_WRITTEN = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
READABLE = 100  # rows on a page that a person reads
Page = Callable[[Request, Mapping[str, Any]], Html]


def answer(
    request: Request, body: Mapping[str, Any], page: Page, media: str = links.JSON
) -> Response:
    """A resource in the representation asked for; `page` makes its HTML."""
    if wants_html(request):
        return html(page(request, body))
    told = orjson.dumps(body, option=_AS_WRITTEN)
    return Response(told, media_type=media, headers={"Vary": "Accept"})


def produces(*media: str, status: int = 200, words: str = "应答 / answer") -> dict[int | str, Any]:
    """The media types that a route answers with, for the API's definition (none: no body)."""
    content: dict[str, Any] = {"content": {each: {} for each in media}} if media else {}
    return {status: {"description": words, **content}}


def rows(request: Request, limit: int) -> int:
    """How many rows a page has: `limit`, fewer for a reader who has not said how many."""
    fewer = wants_html(request) and "limit" not in request.query_params
    return min(limit, READABLE) if fewer else limit


def html(content: Html) -> Response:
    """A page as a response."""
    return Response(content, media_type=links.HTML, headers={"Vary": "Accept"})


def wants_html(request: Request) -> bool:
    """Whether a page is asked for: by `f=html`, else where Accept likes it better than JSON."""
    asked = request.query_params.get("f")
    if asked is not None:
        return asked == "html"
    return preferred(request, (links.JSON, links.GEOJSON, links.HTML), links.JSON) == links.HTML


def preferred(request: Request, offered: Sequence[str], usual: str) -> str:
    """Which of the media types offered Accept likes best; the usual one before its equals."""
    accepted = _accepted(request.headers.get("accept", "*/*"))

    def weight(media: str) -> float:
        ranges = (media, f"{media.partition('/')[0]}/*", "*/*")
        return next((accepted[each] for each in ranges if each in accepted), 0.0)

    return max((usual, *offered), key=weight)


def _accepted(header: str) -> dict[str, float]:
    found = {}
    for part in header.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            found[media] = float(weight)
        except ValueError:
            found[media] = 0.0
    return found
