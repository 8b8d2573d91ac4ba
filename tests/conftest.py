"""What every test may ask for: a real PostGIS, and the shared files."""

import gc
import signal
import ssl
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, Engine

from gis_app.store.engine import sign
from tests.database import TestDatabases, new_home, remove, sweep

HOME = pytest.StashKey[Path]()
SHARING = {"tests/demo", "tests/notebooks"}  # folders whose files share what takes long to make
_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Name the cluster's folder, once for all workers."""
    # every client of httpx reads the machine's certificates anew: 30 ms
    ssl.create_default_context = cache(ssl.create_default_context)
    given = getattr(config, "workerinput", {}).get("gis_home")
    if given is None:
        # a run ended by `timeout` or a CI system ends its database too
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        sweep()
        config.stash[HOME] = new_home()
    else:
        config.stash[HOME] = Path(given)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file (or a sharing folder) run in one worker: what they share is made once."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            path = item.nodeid.split("::")[0]
            folder = path.rpartition("/")[0]
            item.add_marker(pytest.mark.xdist_group(folder if folder in SHARING else path))


def pytest_collection_finish() -> None:
    """What lives as long as the run is not looked through by every garbage collection of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell an xdist worker where the cluster is."""
    node.workerinput["gis_home"] = str(node.config.stash[HOME])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no server behind."""
    if not hasattr(config, "workerinput") and HOME in config.stash:
        remove(config.stash[HOME])


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """What the library recommends for passwords is, in this process, Argon2id at the least cost:
    0.2 s of CPU less for each.
    """
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
        patch.setattr(PasswordHash, "recommended", lambda: cheap)
        yield


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this xdist worker; "main" without xdist."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> TestDatabases:
    """The run's cluster, started, with its template built."""
    found = TestDatabases(request.config.stash[HOME])
    found.ready()
    return found


@pytest.fixture(scope="session")
def engine(databases: TestDatabases, worker: str) -> Iterator[Engine]:
    """An engine on this worker's own migrated database."""
    with databases.clone(f"gis_{worker}") as engine:
        yield engine


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction, written by `test`, rolled back at the end."""
    with engine.connect() as conn:
        sign(conn, "test")
        yield conn
        conn.rollback()


@pytest.fixture
def fresh_database(databases: TestDatabases, worker: str) -> Iterator[Engine]:
    """An engine on a migrated database of this test alone, for tests that must commit."""
    with databases.clone(f"gis_{worker}_{next(_numbers)}") as engine:
        yield engine


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Path:
    """The folder of real data sets beside the checkout."""
    folder = request.config.rootpath.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the shared data sets are not at {folder}")
    return folder
