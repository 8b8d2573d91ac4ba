"""Real PostGIS for tests: one private cluster a run, one migrated template, a clone for each need.

What starts from the sample city, audited, is cloned from a second template, made when first asked.

The process that commands the run (with or without xdist) names the folder and ends the cluster; the
first worker that needs a database starts it. A run that was killed is swept up by the next one.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Engine

from gis_app import audit, demo, registry
from gis_app.cluster import Cluster, postmaster, tuning
from gis_app.store import schema
from gis_app.store.engine import connect, writing

TEMPLATE = "gis_template"
CITY = "gis_city"
MEMORY = Path("/dev/shm")
ROOM = 6 << 30
WELLS = 1500
PREFIX = "gis-test-"


def _roots() -> list[Path]:
    """Where clusters may be: in memory, where hundreds of databases are made and dropped for a
    quarter of the work, and among temporary files.
    """
    return [root for root in (MEMORY, Path(tempfile.gettempdir())) if root.is_dir()]


def new_home() -> Path:
    """A folder for a cluster, named after this process so that a later run can judge it."""
    roots = _roots()
    roomy = shutil.disk_usage(roots[0]).free > ROOM and tuning.memory_mb() << 20 > 2 * ROOM
    root = roots[0] if roomy else roots[-1]
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=root))
    home.chmod(0o755)  # the server may run under another account, which must pass through
    return home


def sweep() -> None:
    """End the clusters of runs that died before they could."""
    for home in (found for root in _roots() for found in root.glob(f"{PREFIX}*-*")):
        owner = home.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not postmaster.exists(int(owner)) and os.access(home, os.W_OK):
            remove(home)


def remove(home: Path) -> None:
    """Stop a run's cluster and delete its folder."""
    Cluster(home, durable=False).stop("immediate")
    shutil.rmtree(home, ignore_errors=True)


def dsn(engine: Engine) -> str:
    """The address of an engine's database as PostgreSQL's own tools write it, with its password."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _load(engine: Engine) -> None:
    with writing(engine, "demo") as conn:
        demo.load(conn, demo.city(wells=WELLS))
    audit.run(engine, registry.load(), audit.Scope(), actor="demo")


class TestDatabases:
    """The cluster of a run, as one worker sees it."""

    __test__ = False

    def __init__(self, home: Path) -> None:
        self.cluster = Cluster(home, durable=False)
        self._home = home

    def ready(self) -> None:
        """Start the cluster and build the template, unless another worker has done so."""
        with self._once("template") as build:
            self.cluster.start()
            if build:
                self._drop(TEMPLATE)
                self.cluster.ensure_database(TEMPLATE)
                self._fill(TEMPLATE, schema.upgrade)

    def city(self) -> str:
        """The template with the sample city (1,500 wells), audited as of today."""
        with self._once("city") as build:
            if build:
                self._copy(CITY, TEMPLATE)
                self._fill(CITY, _load)
        return CITY

    @contextmanager
    def _once(self, what: str) -> Iterator[bool]:
        """True for the first worker that comes; the others wait until it has done."""
        with (self._home / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = self._home / f"{what}.done"
            yield not done.exists()
            done.touch()

    def _drop(self, name: str) -> None:
        with self.admin() as conn:
            conn.execute(f"drop database if exists {name} with (force)")

    def _copy(self, name: str, template: str) -> None:
        self._drop(name)
        with self.admin() as conn:
            conn.execute(f"create database {name} template {template}")

    def _fill(self, name: str, fill: Callable[[Engine], object]) -> None:
        engine = connect(self.url(name))
        fill(engine)
        engine.dispose()
        with self.admin() as conn:
            conn.execute(f"alter database {name} is_template true allow_connections false")

    def url(self, name: str) -> str:
        """The address of a database of the cluster."""
        return self.cluster.url(name)

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection]:
        """A connection beside the databases, for making and dropping them."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            yield conn

    @contextmanager
    def clone(self, name: str, template: str = TEMPLATE) -> Iterator[Engine]:
        """A fresh copy of a template, dropped at the end."""
        self._copy(name, template)
        engine = connect(self.url(name))
        try:
            yield engine
        finally:
            engine.dispose()
            self._drop(name)
