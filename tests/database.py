"""Real PostGIS for tests: one private cluster a run, one migrated template, a clone for each need.

The process that commands the run (with or without xdist) names the folder and ends the cluster; the
first worker that needs a database starts it. A run that was killed is swept up by the next one.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from gis_app.cluster import Cluster, postmaster
from gis_app.store import schema
from gis_app.store.engine import connect

TEMPLATE = "gis_template"
PREFIX = "gis-test-"


def new_home() -> Path:
    """A folder for a cluster, named after this process so that a later run can judge it."""
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    home.chmod(0o755)  # the server may run under another account, which must pass through
    return home


def sweep() -> None:
    """End the clusters of runs that died before they could."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
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


class TestDatabases:
    """The cluster of a run, as one worker sees it."""

    __test__ = False

    def __init__(self, home: Path) -> None:
        self.cluster = Cluster(home, durable=False)
        self._home = home

    def ready(self) -> None:
        """Start the cluster and build the template, unless another worker has done so."""
        with (self._home / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.cluster.start()
            done = self._home / "template.done"
            if not done.exists():
                self._build_template()
                done.touch()

    def _build_template(self) -> None:
        with self.admin() as conn:
            conn.execute(f"drop database if exists {TEMPLATE} with (force)")
        self.cluster.ensure_database(TEMPLATE)
        engine = connect(self.url(TEMPLATE))
        schema.upgrade(engine)
        engine.dispose()
        with self.admin() as conn:
            conn.execute(f"alter database {TEMPLATE} is_template true allow_connections false")

    def url(self, name: str) -> str:
        """The address of a database of the cluster."""
        return self.cluster.url(name)

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection]:
        """A connection beside the databases, for making and dropping them."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            yield conn

    @contextmanager
    def clone(self, name: str) -> Iterator[Engine]:
        """A fresh copy of the migrated template, dropped at the end."""
        new = sql.Identifier(name)
        with self.admin() as conn:
            conn.execute(sql.SQL("drop database if exists {} with (force)").format(new))
            conn.execute(
                sql.SQL("create database {} template {}").format(new, sql.Identifier(TEMPLATE))
            )
        engine = connect(self.url(name))
        try:
            yield engine
        finally:
            engine.dispose()
            with self.admin() as conn:
                conn.execute(sql.SQL("drop database if exists {} with (force)").format(new))
