"""How much may be sent: counted while it comes, before anything reads or keeps it.

The framework takes a body in before it asks who sends it, so the count stands before all of that.
"""

from fastapi import HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors
from api.callers import Callers
from gis_app.errors import TooLarge, Unauthenticated

_MB = 1024 * 1024
VISITOR_MB, FEATURE_MB = 1, 50  # a question with its parcel; a zone of very many corners
_FORM_BYTES = 16 * 1024  # what stands beside a file in its form
_UPLOADS = ("/imports", "/rasters")
_READING = {"GET", "HEAD", "OPTIONS"}


class Oversize(HTTPException):
    """`TooLarge` as the framework lets it through while it reads a body."""

    def __init__(self, ours: TooLarge) -> None:
        super().__init__(ours.status)
        self.ours = ours


class Bodies:
    """Refuses what is larger than its sender may send there: 413."""

    def __init__(self, app: ASGIApp, callers: Callers, upload_mb: int) -> None:
        self._app = app
        self._callers = callers
        self._upload_mb = upload_mb

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] in _READING:
            await self._app(scope, receive, send)
            return
        refusal, most = await self._most(scope)
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > most:
            await errors.told(refusal)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise Oversize(refusal)
            return message

        await self._app(scope, counted, send)

    async def _most(self, scope: Scope) -> tuple[TooLarge, int]:
        """The error for what is too large here, and how many bytes are not."""
        if await self._visiting(scope):
            most_mb, zh, en = VISITOR_MB, "更大的请先登录。", "Sign in to send more."
        elif scope["path"].endswith(_UPLOADS):
            most_mb, zh, en = self._upload_mb, "请拆分文件。", "Split the file."
        else:
            most_mb, zh, en = (
                FEATURE_MB,
                "请作为文件导入（/imports）。",
                "Import a file (/imports).",
            )
        refusal = TooLarge(
            f"请求过大：此处最多 {most_mb} MB。{zh}",
            f"The request is too large: at most {most_mb} MB here. {en}",
        )
        return refusal, most_mb * _MB + _FORM_BYTES

    async def _visiting(self, scope: Scope) -> bool:
        """Whether it is nobody who has signed in."""
        try:
            found = self._callers.known(scope["headers"])
            if found is None:
                found = await run_in_threadpool(self._callers.of, scope["headers"])
        except Unauthenticated:  # the route says so
            return True
        return found.caller.name is None
