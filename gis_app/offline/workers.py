"""Who does the work on tiles: processes of this machine, or the workers of a dask scheduler.

A worker may die at any moment (memory, a reboot, kill -9): its tile is tried again elsewhere. A
tile that fails three times is given up, and named.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol

from gis_app.errors import SetupError

TRIES = 3
PATIENCE = "10s"  # with a scheduler that does not answer
Work = Callable[[str], str]


class Crew(Protocol):
    """Somebody who does a piece of work on every key."""

    def run(self, work: Work, keys: Sequence[str]) -> dict[str, str]:
        """Do it; the keys that failed, each with the last reason."""


@contextmanager
def crew(scheduler: str | None, processes: int) -> Iterator[Crew]:
    """A pool of processes, or the workers of a scheduler. Raises `SetupError` where it is away."""
    if scheduler is None:
        pool = Pool(processes)
        try:
            yield pool
        finally:
            pool.close()
        return
    client = _connected(scheduler)
    try:
        yield Cluster(client)
    finally:
        client.close()


class Pool:
    """Processes of this machine, kept from work to work, started anew when one of them dies."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._kept: ProcessPoolExecutor | None = None

    def run(self, work: Work, keys: Sequence[str]) -> dict[str, str]:
        """As `Crew.run`."""
        tried: dict[str, int] = dict.fromkeys(keys, 0)
        failed: dict[str, str] = {}
        waiting = list(reversed(keys))
        while waiting:
            if self._kept is None:
                context = get_context("spawn")
                self._kept = ProcessPoolExecutor(self._processes, mp_context=context)
            if not self._round(self._kept, work, waiting, tried, failed):
                self.close()
        return failed

    def close(self) -> None:
        """Let the processes go."""
        if self._kept is not None:
            self._kept.shutdown()
            self._kept = None

    def _round(
        self,
        pool: ProcessPoolExecutor,
        work: Work,
        waiting: list[str],
        tried: dict[str, int],
        failed: dict[str, str],
    ) -> bool:
        """Work until nothing waits any more, or a process dies: false, the pool is of no more use.

        No more tiles are handed out than there are processes: a death costs a try only to those.
        """
        running: dict[Future[str], str] = {}
        alive = True
        while running or (alive and waiting):
            while alive and waiting and len(running) < self._processes:
                key = waiting.pop()
                try:
                    running[pool.submit(work, key)] = key
                except BrokenProcessPool:
                    waiting.append(key)
                    alive = False
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                key, error = running.pop(each), each.exception()
                alive &= not isinstance(error, BrokenProcessPool)
                if error is not None and _again(key, error, tried, failed):
                    waiting.insert(0, key)
        return alive


class Cluster:
    """The workers of a dask scheduler."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, work: Work, keys: Sequence[str]) -> dict[str, str]:
        """As `Crew.run`; a worker's death is the scheduler's to mend (its allowed-failures)."""
        from distributed import as_completed  # noqa: PLC0415  (many hosts only)

        tried: dict[str, int] = dict.fromkeys(keys, 0)
        failed: dict[str, str] = {}
        running = {self._client.submit(work, key, pure=False): key for key in keys}
        with self._client.as_current():
            queue = as_completed(list(running))
            for future in queue:
                key, error = running[future], future.exception()
                if error is not None and _again(key, error, tried, failed):
                    retry = self._client.submit(work, key, pure=False)
                    running[retry] = key
                    queue.add(retry)
        return failed


def _again(key: str, error: BaseException, tried: dict[str, int], failed: dict[str, str]) -> bool:
    """Count a failure; whether to try again."""
    tried[key] += 1
    if tried[key] < TRIES:
        return True
    failed[key] = f"{type(error).__name__}: {error}".splitlines()[0]
    return False


def _connected(scheduler: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  (many hosts only)
    except ImportError as error:
        raise SetupError(
            "没有安装 dask.distributed。请运行：pip install 'gis-app[cluster]'。",
            "dask.distributed is not installed: pip install 'gis-app[cluster]'.",
        ) from error
    try:
        return Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except OSError as error:
        raise SetupError(
            f"连不上调度器 {scheduler}。请先启动：dask scheduler，"
            f"再在各机器上运行 dask worker {scheduler}。",
            f"Cannot reach the scheduler at {scheduler}. Start it (dask scheduler), and on every "
            f"host dask worker {scheduler}.",
        ) from error
