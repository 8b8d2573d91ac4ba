"""A file as a response: streamed, named in Chinese, and broken off when it cannot be finished."""

from collections.abc import Generator, Iterator
from datetime import date
from itertools import chain
from typing import Annotated
from urllib.parse import quote

import anyio
from fastapi import Query
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from gis_app.errors import BadInput
from gis_app.export import FORMATS, Format, Table, stream

# what every route that answers files takes
F = Annotated[str, Query(description="｜".join(FORMATS))]
ENCODING = Annotated[str | None, Query(description="shp: utf-8 | gbk")]


def wanted(f: str) -> Format:
    """The format that `f=` names. Raises `BadInput` naming those there are."""
    try:
        return FORMATS[f]
    except KeyError:
        listed = ", ".join(FORMATS)
        raise BadInput(
            f"没有导出格式“{f}”。可用：{listed}。", f"No export format {f!r}. There are: {listed}."
        ) from None


class Download(StreamingResponse):
    """A table as a file.

    Its first part is made before the answer begins, so that what is wrong with the request is told
    as an error. What fails later ends the connection without an end of the body: no client takes
    such a file for whole. The source is closed however it ends.
    """

    def __init__(self, table: Table, form: Format, encoding: str | None, on: date) -> None:
        parts = stream(table, form, encoding)
        self._parts = parts
        headers = {"Content-Disposition": _named(table, form, on)}
        if form.packed:
            headers["Content-Encoding"] = "identity"  # nothing is won by packing it again
        super().__init__(_begun(parts), media_type=form.media, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._parts.close)


def _begun(parts: Generator[bytes, None, None]) -> Iterator[bytes]:
    first = next(parts, b"")
    return chain([first], parts)


def _named(table: Table, form: Format, on: date) -> str:
    """The name in ASCII, and as an office says it."""
    said = quote(f"{table.zh}_{on}{form.suffix}", safe="")
    return f"attachment; filename=\"{table.name}_{on}{form.suffix}\"; filename*=UTF-8''{said}"
