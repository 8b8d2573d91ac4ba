"""Answers packed for their way, in the best coding that the caller takes."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware.gzip import IdentityResponder
from starlette.types import ASGIApp, Receive, Scope, Send

from api.tiles.coding import Stream, chosen, stream

LEAST_BYTES = 1024  # smaller bodies gain nothing
INLINE_BYTES = 256 << 10  # a smaller one is packed before a thread has begun


class Coding:
    """Packs what an application answers: whole bodies, and streams part by part."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        app = self._app
        if scope["type"] == "http":
            coding = chosen(Headers(scope=scope).get("accept-encoding", "").encode("latin-1"))
            app = _Packed(app, coding) if coding else IdentityResponder(app, LEAST_BYTES)
        await app(scope, receive, send)


class _Packed(IdentityResponder):
    def __init__(self, app: ASGIApp, coding: str) -> None:
        super().__init__(app, LEAST_BYTES)
        self.content_encoding = coding
        self._stream: Stream | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        """A body, or the next part of one, packed."""
        if len(body) > INLINE_BYTES:
            return await run_in_threadpool(self._pack, body, more_body)
        return self._pack(body, more_body)

    def _pack(self, body: bytes, more: bool) -> bytes:
        if self._stream is None:
            self._stream = stream(self.content_encoding)
        return self._stream.add(body) + (self._stream.flush() if more else self._stream.end())
