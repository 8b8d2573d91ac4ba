"""A few connections of this process for tiles: each prepares the fixed statements once."""

import asyncio
from collections.abc import Mapping
from typing import Any

import psycopg

from gis_app.errors import Unavailable

Row = tuple[Any, ...]
STARTED = "select extract(epoch from pg_postmaster_start_time())::bigint"


class Connections:
    """Up to `size` connections, opened when needed; who finds all busy waits its turn."""

    def __init__(self, url: str, size: int, timeout_s: int) -> None:
        self._url = url
        # planning a tile anew costs as much as reading it
        self._options = (
            f"-c search_path=public -c statement_timeout={timeout_s * 1000}"
            " -c plan_cache_mode=force_generic_plan"
        )
        # with each, when its server was started
        self._idle: list[tuple[psycopg.AsyncConnection[Row], int]] = []
        self._turn = asyncio.Semaphore(size)
        self.asked = 0

    async def fetch(self, statement: str, values: Mapping[str, Any]) -> tuple[Row, int]:
        """The one row that a statement answers, and when the server was started (seconds).

        Raises `Unavailable`.
        """
        async with self._turn:
            self.asked += 1
            while self._idle:
                kept = self._idle.pop()
                try:
                    return await self._fetch(*kept, statement, values)
                except psycopg.OperationalError as error:
                    if not kept[0].closed:
                        raise _ours(error) from error
                    # the server was restarted since: try the next, then a new one
            try:
                fresh = await connect(self._url, self._options)
                [(started,)] = await (await fresh.execute(STARTED)).fetchall()
                return await self._fetch(fresh, started, statement, values)
            except psycopg.OperationalError as error:
                raise _ours(error) from error

    async def _fetch(
        self,
        conn: psycopg.AsyncConnection[Row],
        started: int,
        statement: str,
        values: Mapping[str, Any],
    ) -> tuple[Row, int]:
        try:
            async with conn.cursor(binary=True) as cursor:
                await cursor.execute(statement, values)
                [row] = await cursor.fetchall()
        except BaseException as error:
            # after a refusal the connection is good; after anything else nobody knows
            if isinstance(error, psycopg.Error) and not conn.closed:
                self._idle.append((conn, started))
            else:
                await conn.close()
            raise
        self._idle.append((conn, started))
        return row, started

    async def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            await self._idle.pop()[0].close()


async def connect(url: str, options: str = "-c search_path=public") -> psycopg.AsyncConnection[Row]:
    """A connection where every statement is its own transaction, prepared at its first use."""
    return await psycopg.AsyncConnection.connect(
        url,
        autocommit=True,
        prepare_threshold=0,
        options=options,
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
    )


def _ours(error: psycopg.OperationalError) -> Unavailable:
    if isinstance(error, psycopg.errors.QueryCanceled):
        return Unavailable(
            "瓦片超过时限，请稍后重试。", "The tile ran out of time: try again later."
        )
    return Unavailable(
        "数据库没有应答。请检查 gis-app db status。",
        "The database does not answer. See gis-app db status.",
    )
