"""A PostGIS server of our own, below one folder."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
from psycopg import sql

from gis_app.cluster import postmaster, tuning
from gis_app.cluster.account import server_account
from gis_app.cluster.binaries import Binaries, find_binaries
from gis_app.cluster.places import Places
from gis_app.errors import Conflict, SetupError, Unavailable
from gis_app.machine import cores

USER = "postgres"
PORT = 5432  # only names the socket file while the server does not listen on TCP
CONF = "gis-app.conf"
RETRY_S = 15.0
READY_S = 600  # recovery after a crash replays up to max_wal_size
EXTENSIONS = ("postgis", "btree_gist")
# what the log says while something of a killed server is still about
PASSING = ("shared memory", "lock file", "could not bind", "in use")


@dataclass(frozen=True)
class ClusterStatus:
    """What there is now; `version` is the major version of the data folder, `port` the TCP port."""

    running: bool
    pid: int | None
    version: str | None
    data: Path
    socket: Path
    port: int | None


class Cluster:
    r"""A private PostGIS cluster in `home`/cluster, its log in `home`/logs.

    It listens on a unix socket in a folder that only its account may enter, which is why the socket
    asks for no password. With `tcp_port` it listens on 127.0.0.1 too, where a password is asked for
    (scram-sha-256), so nobody gets in before a role has one: `gis-app db psql`, then `\password`.
    Not `durable` is for tests: faster, and lost when the machine goes down.
    """

    def __init__(self, home: Path, tcp_port: int | None = None, *, durable: bool = True) -> None:
        # resolved, because the server's command line is recognised by this path
        self._places = Places(home.expanduser().resolve())
        self._tcp_port = tcp_port
        self._durable = durable

    def start(self) -> None:
        """Start the server, making it first if need be; does nothing when it runs already.

        Raises `SetupError` where programs are missing, the data is another major version's, or the
        server does not come up, and `Conflict` where it runs without the TCP port asked for.
        """
        with self._places.lock():
            if self._answers():
                return
            account = server_account()
            binaries = self.binaries()
            self._places.prepare(account)
            if self._data_major() is None:
                self._initialise(binaries)
            self._configure(binaries)
            self._launch(binaries)

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop the server; does nothing when it does not run."""
        if not self._places.folder.is_dir():
            return
        with self._places.lock():
            if postmaster.running(self._places.data) is None:
                postmaster.end_orphans(self._places.data)
                return
            command = self._pg_ctl(self.binaries(), "stop", "-m", mode)
            done = server_account().run(command, READY_S + 30)
            if done.returncode != 0:
                raise Unavailable(
                    f"数据库未能停止：{done.stderr.strip()}",
                    f"The database did not stop: {done.stderr.strip()}",
                )

    def status(self) -> ClusterStatus:
        """What runs, and where."""
        there = postmaster.running(self._places.data)
        return ClusterStatus(
            running=there is not None,
            pid=there.pid if there else None,
            version=self._pg_version(),
            data=self._places.data,
            socket=self._places.socket,
            port=there.port if there and there.tcp else None,
        )

    @property
    def home(self) -> Path:
        """The folder it lies below."""
        return self._places.home

    @property
    def made(self) -> bool:
        """Whether there is a database in `home` already."""
        return self._data_major() is not None

    def url(self, database: str) -> str:
        """The address of a database over the socket, as libpq and psycopg read it."""
        there = postmaster.running(self._places.data)
        port = there.port if there else self._tcp_port or PORT
        host = quote(str(self._places.socket), safe="")
        return f"postgresql://{USER}@/{quote(database, safe='')}?host={host}&port={port}"

    def psql_command(self, database: str) -> list[str]:
        """The command that opens psql on a database."""
        return [self.binaries()["psql"], self.url(database)]

    def ensure_database(self, name: str) -> None:
        """Make a UTF-8 database with PostGIS if there is none; the server must run."""
        with self._places.lock():
            with self._connect("postgres") as conn:
                found = conn.execute("select 1 from pg_database where datname = %s", [name])
                if found.fetchone() is None:
                    new = sql.Identifier(name)
                    conn.execute(
                        sql.SQL("create database {} template template0 encoding 'UTF8'").format(new)
                    )
                    conn.execute(sql.SQL("alter database {} set jit = off").format(new))
            with self._connect(name) as conn:
                for extension in EXTENSIONS:
                    conn.execute(
                        sql.SQL("create extension if not exists {}").format(
                            sql.Identifier(extension)
                        )
                    )

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        try:
            return psycopg.connect(self.url(database), autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as down:
            raise Unavailable(
                "数据库没有应答。请先运行 gis-app db start。",
                "The database does not answer. Run gis-app db start first.",
            ) from down

    def _pg_version(self) -> str | None:
        try:
            return (self._places.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _data_major(self) -> int | None:
        said = self._pg_version()
        return int(said.split(".")[0]) if said else None

    def binaries(self) -> Binaries:
        """The programs that fit the data folder; the newest where there is none yet."""
        major = self._data_major()
        try:
            return find_binaries(major)
        except SetupError as missing:
            if major is None:
                raise
            raise _other_major(self._places.data, major) from missing

    def _initialise(self, binaries: Binaries) -> None:
        """Make the data folder under another name first, so that a broken attempt leaves none."""
        new = self._places.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        command = [binaries["initdb"], "-D", str(new), "-U", USER, "-E", "UTF8"]
        command += ["--auth-local=trust", "--auth-host=scram-sha-256"]
        command += ["--data-checksums"] if self._durable else ["--no-sync"]
        account = server_account()
        done = account.run([*command, "--locale=C.UTF-8"])
        if done.returncode != 0 and "locale" in done.stderr:
            done = account.run([*command, "--locale=C"])
        if done.returncode != 0:
            raise SetupError(
                f"initdb 失败：{done.stderr.strip()}", f"initdb failed: {done.stderr.strip()}"
            )
        with (new / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write(f"\ninclude '{CONF}'\n")
        new.rename(self._places.data)

    def _configure(self, binaries: Binaries) -> None:
        chosen = tuning.settings(tuning.memory_mb(), cores(), durable=self._durable)
        for name, value in tuning.WHERE_TAKEN.items():
            if self._takes(binaries, name, value):
                chosen[name] = value
        chosen["unix_socket_directories"] = f'"{self._places.socket}"'
        chosen["unix_socket_permissions"] = "0700"
        chosen["listen_addresses"] = "127.0.0.1" if self._tcp_port else ""
        chosen["port"] = str(self._tcp_port or PORT)
        conf = self._places.data / CONF
        conf.write_text(tuning.render(chosen), encoding="utf-8")
        server_account().own(conf, 0o600)

    def _takes(self, binaries: Binaries, name: str, value: str) -> bool:
        """Whether this server was built to know a value of a setting."""
        command = [binaries["postgres"], "-D", str(self._places.data), "-C", name]
        command += ["-c", "config_file=/dev/null", "-c", f"{name}={value}"]  # ours is not there yet
        return server_account().run(command).returncode == 0

    def _launch(self, binaries: Binaries) -> None:
        """Start the server, again and again while what a killed one left behind is in the way."""
        account = server_account()
        command = self._pg_ctl(binaries, "start", "-l", str(self._places.log))
        patience = time.monotonic() + RETRY_S
        while True:
            postmaster.clear_stale(self._places.data)
            before = self._places.log.stat().st_size
            if account.run(command, READY_S + 30).returncode == 0:
                return
            said = self._places.log.read_bytes()[before:].decode(errors="replace").strip()
            if time.monotonic() > patience or not any(sign in said for sign in PASSING):
                raise SetupError(
                    f"数据库未能启动（日志：{self._places.log}）：\n{said[-2000:]}",
                    f"The database did not start (log: {self._places.log}):\n{said[-2000:]}",
                )
            postmaster.end_orphans(self._places.data)
            time.sleep(0.2)

    def _pg_ctl(self, binaries: Binaries, action: str, *options: str) -> list[str]:
        data = str(self._places.data)
        return [binaries["pg_ctl"], action, "-D", data, "-w", "-t", str(READY_S), "-s", *options]

    def _check_port(self, there: postmaster.Postmaster) -> None:
        if self._tcp_port and not (there.tcp and there.port == self._tcp_port):
            raise Conflict(
                f"数据库已在运行，但未监听端口 {self._tcp_port}。请先运行 gis-app db stop。",
                f"The database runs already, but not on port {self._tcp_port}. "
                "Run gis-app db stop first.",
            )

    def _answers(self) -> bool:
        """Whether a server runs; waits for one that another process left while it was starting."""
        patience = time.monotonic() + READY_S
        while there := postmaster.running(self._places.data):
            self._check_port(there)
            try:
                self._connect("postgres").close()
            except Unavailable:
                if there.ready and not self._socket_file(there.port).exists():
                    self._end_unreachable()  # a cleaner of temporary files took its socket
                    return False
                if time.monotonic() > patience:
                    raise
                time.sleep(0.1)
            else:
                return True
        return False

    def _socket_file(self, port: int) -> Path:
        return self._places.socket / f".s.PGSQL.{port}"

    def _end_unreachable(self) -> None:
        command = self._pg_ctl(self.binaries(), "stop", "-m", "fast")
        server_account().run(command, READY_S + 30)


def _other_major(data: Path, major: int) -> SetupError:
    return SetupError(
        f"数据目录 {data} 由 PostgreSQL {major} 建立，"
        f"而本机没有带 PostGIS 的 PostgreSQL {major}。\n"
        f"两条出路：一、安装 PostgreSQL {major} 及其 PostGIS（Debian："
        f"sudo apt-get install postgresql-{major}-postgis-3，必要时使用 apt.postgresql.org）；"
        f"二、在有 PostgreSQL {major} 的机器上用 gis-app db backup 备份，"
        "再以新的 GIS_HOME 在本机用 gis-app db restore 恢复。",
        f"The data folder {data} was made by PostgreSQL {major}, "
        f"and this machine has no PostgreSQL {major} with PostGIS.\n"
        f"Two ways out: install PostgreSQL {major} and its PostGIS (Debian: sudo apt-get install "
        f"postgresql-{major}-postgis-3, from apt.postgresql.org if need be); or back it up with "
        f"gis-app db backup where PostgreSQL {major} is, and here gis-app db restore it into a new "
        "GIS_HOME.",
    )
