"""The housekeeping task of a server process ends when it is told to, whatever it is at."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from api.tiles.keeper import Keeper

NOWHERE = "postgresql://127.0.0.1:1/none"


def run(life: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """In a loop of its own: the browser's driver may keep one in this thread."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(life())).result()


def test_to_stop_is_heard_in_the_pause_before_the_work():
    async def life():
        keeper = Keeper(NOWHERE)
        keeper.want("well")
        working = asyncio.create_task(keeper.work())
        await asyncio.sleep(0.01)  # it has begun to wait for what else may come
        keeper.stop()
        await asyncio.wait_for(working, 10)

    run(life)


def test_to_stop_is_heard_while_nothing_is_wanted():
    async def life():
        keeper = Keeper(NOWHERE)
        working = asyncio.create_task(keeper.work())
        await asyncio.sleep(0.01)
        keeper.stop()
        await asyncio.wait_for(working, 10)

    run(life)
