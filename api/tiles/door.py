"""Where requests for tiles are answered, before any other part of the application sees them."""

import asyncio
import re
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api import errors, links
from api.callers import Callers
from api.deps import refuse_unknown
from api.tiles.cache import Entry
from api.tiles.coding import CODINGS, chosen
from api.tiles.service import Place, Tiles
from gis_app.errors import BadInput, GisError
from gis_app.rights import Sight
from gis_app.store import params, tiles

PATH = re.compile(r"(?:/collections/([^/]+))?/tiles/WebMercatorQuad/([^/]+)/([^/]+)/([^/]+)")
Headers = list[tuple[bytes, bytes]]
ALWAYS: Headers = [
    (b"cache-control", b"no-cache"),
    (b"vary", b"accept-encoding, cookie, authorization"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"access-control-allow-origin", b"*"),  # maps in notebooks and on other sites may read
]
TYPE = (b"content-type", links.MVT.encode())


class Asked(NamedTuple):
    """The parts of a tile's address as they were written; without a layer, all of them."""

    layer: str | None
    matrix: str
    row: str
    column: str


class Door:
    """Answers GET and HEAD of tiles; hands everything else on."""

    def __init__(self, app: ASGIApp, tiles: Tiles, callers: Callers) -> None:
        self._app = app
        self._tiles = tiles
        self._callers = callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found = None
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            found = PATH.fullmatch(scope["path"])
        if found is None:
            await self._app(scope, receive, send)
            return
        try:
            signed = self._callers.known(scope["headers"])
            if signed is None:
                signed = await asyncio.to_thread(self._callers.of, scope["headers"])
            asked = Asked(*found.groups())
            status, headers, body = await answer(self._tiles, asked, signed.caller.sight, scope)
        except GisError as error:
            await errors.told(error)(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            body = b""
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def answer(
    served: Tiles, asked: Asked, sight: Sight, scope: Scope
) -> tuple[int, Headers, bytes]:
    """Status, headers and body for a tile's address. Raises `BadInput`, `NotFound`."""
    layer = None if asked.layer is None else served.registry.layer(asked.layer)
    place = Place(
        _number(asked.matrix),
        _number(asked.column),
        _number(asked.row),
        _day(scope["query_string"]),
        sight,
    )
    tiles.check(place.z, place.x, place.y)
    accepted = unchanged = b""
    for header, value in scope["headers"]:
        if header == b"accept-encoding":
            accepted = value
        elif header == b"if-none-match":
            unchanged = value
    key, entry = await (served.all(place) if layer is None else served.one(layer, place))
    wanted = chosen(accepted)
    if unchanged and _holds(unchanged, entry.mark):
        served.counts["not_modified"] += 1
        return 304, [*ALWAYS, (b"etag", _etag(entry, wanted))], b""
    coding, body = await served.coded(key, entry, wanted)
    return (200 if body else 204), _headers(entry, coding, body), body


def response(status: int, headers: Headers, body: bytes) -> Response:
    """The same as an object."""
    made = Response(body, status)
    made.raw_headers = headers
    return made


def _headers(entry: Entry, coding: str, body: bytes) -> Headers:
    headers = [*ALWAYS, (b"etag", _etag(entry, coding))]
    if not body:
        return headers
    size = len(entry.body)
    headers += [TYPE, (b"content-length", b"%d" % len(body)), (b"x-tile-bytes", b"%d" % size)]
    if coding:
        headers.append((b"content-encoding", coding.encode()))
    if size > tiles.BUDGET_BYTES:
        headers.append((b"x-tile-over-budget", b"%d" % tiles.BUDGET_BYTES))
    return headers


def _etag(entry: Entry, coding: str) -> bytes:
    # one resource in two codings is two representations
    return f'"{entry.mark}.{coding}"'.encode() if coding else f'"{entry.mark}"'.encode()


def _holds(given: bytes, mark: str) -> bool:
    """Whether an If-None-Match header names a tile's state, in any coding."""
    for each in given.decode("latin-1").split(","):
        told = each.strip().removeprefix("W/").strip('"')
        base, _, coding = told.rpartition(".")
        if told in {mark, "*"} or (base == mark and coding in CODINGS):
            return True
    return False


def _number(part: str) -> int:
    if not (part.isascii() and part.isdigit()):
        raise BadInput(
            f"瓦片的级、行、列是数，不是“{part}”。",
            f"A tile's matrix, row and column are numbers, not {part!r}.",
        )
    return int(part[:20])


def _day(query: bytes) -> date | None:
    if not query:
        return None
    given = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    refuse_unknown({name for name, _ in given}, {"datetime"})
    if len(given) > 1:
        raise BadInput("参数重复：datetime。", "Given more than once: datetime.")
    return params.one_day(given[0][1])
