"""The application: built once from settings, an engine and the registry."""

import gc
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors, openapi
from api.basemap import Tianditu
from api.bodies import Bodies, Oversize
from api.callers import Callers
from api.coding import Coding
from api.deps import State, known_parameters, same_site, signed
from api.rasters.standing import Standing
from api.routes import (
    accounts,
    audits,
    basemap,
    changes,
    collections,
    declared,
    edits,
    exports,
    impact,
    imports,
    items,
    landing,
    oidc,
    precheck,
    raster_records,
    rasters,
    tiles,
    versions,
    wells,
)
from api.tiles import Door, Tiles
from gis_app.registry import Registry, load
from gis_app.settings import Settings
from gis_app.store.engine import connect

VIEWER = Path(__file__).parent / "static" / "viewer"
_HASHED = re.compile(r"-[A-Z0-9]{8}\.(js|mjs|css)$")  # named by its content: never another one
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "worker-src 'self'; connect-src 'self'; font-src 'self'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def create(settings: Settings, engine: Engine, registry: Registry) -> FastAPI:
    """The web application of one deployment."""
    app = Service(
        title="地下水区划与取水井登记 / Groundwater zoning and well registry",
        version="0.1.0",
        docs_url=None,  # its page fetches scripts from elsewhere
        redoc_url=None,
        dependencies=[Depends(same_site), Depends(signed), Depends(known_parameters)],
        lifespan=_life,
    )
    callers = Callers(engine, settings.visitors)
    app.state.gis = State(settings, engine, registry, callers)
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    app.state.basemap = Tianditu(settings)
    app.state.standing = Standing(engine)
    app.state.tiles = Tiles(settings, address, registry)
    errors.install(app)
    rooms = (
        landing, accounts, oidc, declared, wells, precheck, audits, changes, exports, imports,
        tiles, basemap, impact, rasters, raster_records, versions, items, edits, collections,
    )  # fmt: skip
    for room in rooms:
        app.include_router(room.router)
    app.openapi = lambda: openapi.define(app)  # type: ignore[method-assign]
    app.add_exception_handler(Oversize, lambda _, error: errors.told(error.ours))
    app.add_middleware(Bodies, callers=callers, upload_mb=settings.max_upload_mb)
    app.add_middleware(Coding)
    # maps in notebooks and on other sites may read, without anybody's cookies; never write
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        expose_headers=["ETag", "Content-Crs"],
    )
    app.add_middleware(Headers)
    app.add_middleware(Head)
    app.door = Door(partial(FastAPI.__call__, app), app.state.tiles, callers)
    if VIEWER.is_dir():
        app.mount("/map", StaticFiles(directory=VIEWER, html=True), name="map")
    return app


class Service(FastAPI):
    """The application behind the door of the tiles.

    The door stands before all that the framework does for each request: that takes a fifth of the
    time of a 304.
    """

    door: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self.door(scope, receive, send)


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    async with app.state.tiles.running():
        yield
    await app.state.basemap.close()


class Headers:
    """Every answer's headers of safety, and how long a page of the map is kept.

    Plain ASGI: Starlette's own middleware for functions ends the body of a response that failed
    half-way, and a file cut short would look whole.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), Request(scope), message["status"])
            await send(message)

        await self._app(scope, receive, with_headers)


def _add(headers: MutableHeaders, request: Request, status: int) -> None:
    path = request.url.path
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if path.startswith("/map"):
        headers["Content-Security-Policy"] = CSP
        for_ever = status in {200, 304} and _HASHED.search(path) is not None
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if for_ever else "no-cache"
        return
    headers.add_vary_header("Cookie")
    headers.add_vary_header("Authorization")
    if {"cookie", "authorization"} & set(request.headers):
        headers.setdefault("Cache-Control", "private, no-cache")


class Head:
    """HEAD answers what GET would, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def headers_only(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, headers_only)


def from_environment() -> FastAPI:
    """What a server process runs: settings from the environment, the database already there."""
    settings = Settings()
    if settings.database_url is None:
        raise RuntimeError("GIS_DATABASE_URL is not set; start with `gis-app serve`")
    engine = connect(
        settings.database_url,
        pool_size=settings.pool_size,
        statement_timeout_s=settings.statement_timeout_s,
    )
    app = create(settings, engine, load(settings.extra_layers))
    # looking through 330,000 objects that stay for good, nothing is answered for 0.2 s
    gc.collect()
    gc.freeze()
    return app
