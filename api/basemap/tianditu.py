"""Tiles of 天地图 (Tianditu), asked for with the deployment's key and nothing of the caller's."""

import asyncio
import logging
from typing import NamedTuple

import httpx
from anyio import to_thread

from api.basemap.shelf import Shelf
from gis_app.errors import BadInput, NotFound, ProviderFailed
from gis_app.settings import Settings

# vector and imagery, and the names that lie over each
KINDS = ("vec", "cva", "img", "cia")
LEAST_ZOOM, MOST_ZOOM = 1, 18
_FRESH_S = 7 * 86_400
_TIMEOUT_S = 8.0
_AT_ONCE = 16
_MOST_BYTES = 2_000_000
_SIGNS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


class Tile(NamedTuple):
    """A picture and its media type."""

    content: bytes
    media: str


class _Unsaid(logging.Filter):
    """The address that is asked holds the key: what would log it is not logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "tk=" not in record.getMessage()


for _name in ("httpx", "httpcore.http11", "httpcore.connection"):
    logging.getLogger(_name).addFilter(_Unsaid())


class Tianditu:
    """The proxy of one server process."""

    def __init__(self, settings: Settings) -> None:
        key = settings.tianditu_key
        self._key = key.get_secret_value().strip() if key else ""
        self._url = settings.tianditu_url.rstrip("/")
        self._shelf = Shelf(settings.home / "basemap", settings.basemap_cache_mb * 1_000_000)
        self._client: httpx.AsyncClient | None = None
        self._turn = asyncio.Semaphore(_AT_ONCE)

    @property
    def offered(self) -> bool:
        """Whether this deployment has a key."""
        return bool(self._key)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def tile(self, kind: str, z: int, x: int, y: int) -> Tile:
        """A tile from the shelf, else from the provider; an old one where the provider fails.

        Raises `NotFound` without a key, for an unknown kind and where the provider has no picture,
        `BadInput` outside the map, `ProviderFailed` else.
        """
        self._check(kind, z, x, y)
        name = f"{kind}/{z}/{x}/{y}"
        kept = await to_thread.run_sync(self._shelf.find, name)
        if kept and kept[1] < _FRESH_S:
            return _tile(kept[0])
        try:
            content = await self._fetch(kind, z, x, y)
            made = _tile(content)
        except ProviderFailed:
            if kept:
                return _tile(kept[0])
            raise
        await to_thread.run_sync(self._shelf.keep, name, content)
        return made

    def _check(self, kind: str, z: int, x: int, y: int) -> None:
        if not self.offered:
            raise NotFound(
                "本部署未配置天地图底图：请管理员设置 GIS_TIANDITU_KEY（服务端密钥）后重启。",
                "This deployment has no Tianditu base map: its administrator sets GIS_TIANDITU_KEY "
                "(a key for servers) and starts the service again.",
            )
        if kind not in KINDS:
            raise NotFound(
                f"没有“{kind}”这种底图。可用：{'、'.join(KINDS)}。",
                f"There is no base map {kind!r}. There are {', '.join(KINDS)}.",
            )
        if not (LEAST_ZOOM <= z <= MOST_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
            raise BadInput(
                f"没有瓦片 {z}/{x}/{y}：{LEAST_ZOOM} 至 {MOST_ZOOM} 级，行列号小于 2 的级别次幂。",
                f"There is no tile {z}/{x}/{y}: zoom is {LEAST_ZOOM} to {MOST_ZOOM}, row and "
                "column are below 2 to the power of it.",
            )

    async def _fetch(self, kind: str, z: int, x: int, y: int) -> bytes:
        asked: dict[str, str | int] = {
            "SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "LAYER": kind,
            "STYLE": "default", "TILEMATRIXSET": "w", "FORMAT": "tiles",
            "TILEMATRIX": z, "TILEROW": y, "TILECOL": x, "tk": self._key,
        }  # fmt: skip
        address = f"{self._url.replace('{server}', str((x + y) % 8))}/{kind}_w/wmts"
        try:
            async with asyncio.timeout(_TIMEOUT_S), self._turn:
                return await self._read(address, asked)
        except (httpx.HTTPError, TimeoutError):
            # not `from` it: the text of the cause holds the address, and the address the key
            raise _failed("没有应答", "does not answer") from None

    async def _read(self, address: str, asked: dict[str, str | int]) -> bytes:
        if self._client is None:
            # an own client: no cookie is kept, no proxy or password of the environment is used
            self._client = httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT_S)
        self._client.cookies.clear()
        headers = {"User-Agent": "gis-app", "Accept": "image/*"}
        async with self._client.stream("GET", address, params=asked, headers=headers) as answer:
            if answer.status_code == 404:
                raise NotFound("此处没有底图瓦片。", "The base map has no tile here.")
            if answer.status_code != 200:
                status = answer.status_code
                raise _failed(f"应答为 {status}", f"answers {status}")
            content = b""
            async for part in answer.aiter_bytes():
                content += part
                if len(content) > _MOST_BYTES:
                    raise _failed("瓦片过大", "sends a tile that is too large")
            return content


def _tile(content: bytes) -> Tile:
    """A picture by its first bytes: what the provider calls it, a page of a fault say, counts not.

    Raises `ProviderFailed` for anything else.
    """
    for sign, media in _SIGNS.items():
        if content.startswith(sign):
            return Tile(content, media)
    raise _failed("应答不是图片", "sends no picture")


def _failed(zh: str, en: str) -> ProviderFailed:
    return ProviderFailed(
        f"天地图{zh}。区划与取水井不受影响；可改用空白底图。若持续如此，请管理员检查密钥与网络。",
        f"Tianditu {en}. Zones and wells are not concerned; the blank base map works. If it lasts, "
        "the administrator checks the key and the network.",
    )
