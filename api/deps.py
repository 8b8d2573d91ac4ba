"""What every route may ask for: the engine, the registry, and strict query parameters."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, cast, get_args, get_origin
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Path, Request, Response
from sqlalchemy import Connection, Engine
from starlette.concurrency import run_in_threadpool

from api.callers import Callers
from gis_app.accounts.signing import Signed
from gis_app.errors import BadInput, Forbidden, Unauthenticated
from gis_app.registry import Registry
from gis_app.rights import Caller
from gis_app.settings import Settings
from gis_app.store.engine import seeing

# short questions in each process; of sixteen at once each waits longer, and costs the database more
AT_ONCE = 2


@dataclass(frozen=True)
class State:
    """What the application was built with, and the turns of its short questions (`in_turn`)."""

    settings: Settings
    engine: Engine
    registry: Registry
    callers: Callers
    turns: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(AT_ONCE))


# What needs no waiting is `async`: the framework would take a thread for each of the others.
async def _state(request: Request) -> State:
    return state(request)


def state(request: Request) -> State:
    """The application's state."""
    return cast(State, request.app.state.gis)


async def in_turn(gis: State, work: Callable[[], Response]) -> Response:
    """Do what takes a few milliseconds in a thread, some at once, who came first before the others.

    More at once take the interpreter and the database's processors from one another.
    """
    return await to_thread.run_sync(work, limiter=gis.turns)


async def signed(request: Request) -> Signed:
    """Whom the request's session or token is of; a change asked for with a cookie must also carry
    the session's CSRF token, which no other site knows. Raises `Unauthenticated`, `Forbidden`.
    """
    callers, headers = state(request).callers, request.scope["headers"]
    found = callers.known(headers)
    if found is None:
        found = await run_in_threadpool(callers.of, headers)
    if request.method in _READING or request.url.path in _OPEN:
        return found
    if found.caller.name is None:
        raise Unauthenticated("请先登录。", "Sign in first.")
    if found.csrf is not None:
        given = request.headers.get("x-csrf-token", "")
        if not secrets.compare_digest(given.encode(), found.csrf.encode()):
            raise Forbidden(
                "请求缺少有效的 X-CSRF-Token（见 GET /me）；请刷新页面后重试。",
                "The request lacks a valid X-CSRF-Token (see GET /me): reload the page, try again.",
            )
    return found


async def caller(found: Annotated[Signed, Depends(signed)]) -> Caller:
    """Who asks, and with what rights."""
    return found.caller


def _connection(request: Request, who: Annotated[Caller, Depends(caller)]) -> Iterator[Connection]:
    with seeing(state(request).engine, who) as conn:
        yield conn


async def _registry(request: Request) -> Registry:
    return state(request).registry


_READING = {"GET", "HEAD", "OPTIONS"}
_OPEN = {"/session", "/precheck"}  # asked by POST, and changing nothing of anybody's
CollectionId = Annotated[str, Path(alias="collectionId")]
_MOST = 2**63 - 1  # of a key in the database
FeatureId = Annotated[int, Path(alias="featureId", ge=0, le=_MOST)]
RunId = Annotated[int, Path(ge=0, le=_MOST)]
BatchId = Annotated[int, Path(ge=0, le=_MOST)]
Gis = Annotated[State, Depends(_state)]
Me = Annotated[Signed, Depends(signed)]
Who = Annotated[Caller, Depends(caller)]
# reads what the caller may see, and nothing else
Conn = Annotated[Connection, Depends(_connection)]
Law = Annotated[Registry, Depends(_registry)]


async def same_site(request: Request) -> None:
    """Refuse a change that the page of another site asks for: reading is open, writing is not."""
    origin = request.headers.get("origin")
    if request.method in _READING or origin is None:
        return
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden(
            f"不接受来自其他网站（{origin}）的修改。",
            f"No changes are taken from the pages of another site ({origin}).",
        )


async def known_parameters(request: Request) -> None:
    """Refuse a query parameter that the route does not declare: never answer "everything"."""
    route = request.scope["route"]
    declared = list(_declared(route.dependant))
    known = {p.alias for p in declared}
    known |= getattr(route.endpoint, "open_parameters", lambda _: set())(request)
    refuse_unknown(set(request.query_params), known)
    several = {p.alias for p in declared if _several(p.field_info.annotation)}
    given = [name for name, _ in request.query_params.multi_items()]
    twice = sorted({name for name in given if given.count(name) > 1 and name not in several})
    if twice:
        raise BadInput(
            f"参数重复：{', '.join(twice)}。", f"Given more than once: {', '.join(twice)}."
        )


def _declared(dependant: Any) -> Iterator[Any]:
    """The query parameters of a route and of all it depends on."""
    yield from dependant.query_params
    for each in dependant.dependencies:
        yield from _declared(each)


def _several(annotation: object) -> bool:
    """Whether a parameter of this type may be given more than once."""
    return get_origin(annotation) is list or any(_several(each) for each in get_args(annotation))


def refuse_unknown(given: set[str], known: set[str]) -> None:
    """Raise `BadInput` that names what is unknown and what may be asked."""
    unknown = sorted(given - known)
    if unknown:
        listed = ", ".join(sorted(known)) or "—"
        raise BadInput(
            f"未知参数：{', '.join(unknown)}。可用参数：{listed}。",
            f"Unknown parameter: {', '.join(unknown)}. Known: {listed}.",
        )
