"""The housekeeping task of a server process ends when it is told to, whatever it is at."""

import asyncio

from api.tiles.keeper import Keeper

NOWHERE = "postgresql://127.0.0.1:1/none"


def test_to_stop_is_heard_in_the_pause_before_the_work():
    async def life():
        keeper = Keeper(NOWHERE)
        keeper.want("well")
        working = asyncio.create_task(keeper.work())
        await asyncio.sleep(0.01)  # it has begun to wait for what else may come
        keeper.stop()
        await asyncio.wait_for(working, 10)

    asyncio.run(life())


def test_to_stop_is_heard_while_nothing_is_wanted():
    async def life():
        keeper = Keeper(NOWHERE)
        working = asyncio.create_task(keeper.work())
        await asyncio.sleep(0.01)
        keeper.stop()
        await asyncio.wait_for(working, 10)

    asyncio.run(life())
