import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gis_app.cluster import Cluster, find_binaries, tuning
from gis_app.cluster.account import server_account
from gis_app.cluster.places import SOCKET_BYTES
from gis_app.errors import Conflict, SetupError
from tests.database import new_home, remove
from tests.ports import free_port


@pytest.fixture
def home() -> Iterator[Path]:
    folder = new_home()
    yield folder
    remove(folder)


@pytest.fixture
def cluster(home: Path) -> Cluster:
    cluster = Cluster(home, durable=False)
    cluster.start()
    return cluster


def ask(cluster: Cluster, question: str, database: str = "postgres") -> object:
    with psycopg.connect(cluster.url(database), autocommit=True) as conn:
        row = conn.execute(question).fetchone()
    assert row is not None
    return row[0]


def do(cluster: Cluster, statement: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as conn:
        conn.execute(statement)


def pid_of(cluster: Cluster) -> int:
    pid = cluster.status().pid
    assert pid is not None
    return pid


def test_a_cluster_that_was_never_made_is_said_not_to_run_and_nothing_is_made(home: Path) -> None:
    status = Cluster(home).status()
    assert (status.running, status.pid, status.version, status.port) == (False, None, None, None)
    Cluster(home).stop()
    assert list(home.iterdir()) == []


def test_starting_twice_changes_nothing(cluster: Cluster, home: Path) -> None:
    pid = pid_of(cluster)
    Cluster(home, durable=False).start()
    status = cluster.status()
    assert status.running
    assert status.pid == pid
    assert status.version == str(find_binaries().major)


def test_a_setting_is_taken_where_the_server_was_built_to_know_it(cluster: Cluster) -> None:
    known = ask(cluster, "select 'lz4' = any (enumvals) from pg_settings"
                         " where name = 'wal_compression'")  # fmt: skip
    assert ask(cluster, "show wal_compression") == ("lz4" if known else "on")


def test_stopping_twice_changes_nothing_and_the_data_are_there_after_a_restart(
    cluster: Cluster,
) -> None:
    do(cluster, "create table kept as select 7 as n")
    cluster.stop()
    cluster.stop()
    assert not cluster.status().running
    cluster.start()
    assert ask(cluster, "select n from kept") == 7


def test_only_its_account_reaches_the_socket_and_nothing_listens_on_tcp(cluster: Cluster) -> None:
    status = cluster.status()
    for folder in (status.socket, status.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.stat().st_uid == server_account().uid != 0
    assert ask(cluster, "show listen_addresses") == ""
    assert status.port is None


def test_a_killed_server_comes_back_though_a_backend_is_still_busy(home: Path) -> None:
    cluster = Cluster(home)  # durable: what was committed must be there
    cluster.start()
    do(cluster, "create table kept as select 7 as n")
    busy = psycopg.connect(cluster.url("postgres"))
    busy.execute("insert into kept values (8)")  # never committed
    endless = threading.Thread(target=run_until_cut_off, args=[busy], daemon=True)
    endless.start()
    counting = (
        "select count(*) from pg_stat_activity where query like '%generate_series(1, 999999)%'"
    )
    while ask(cluster, counting + " and pid <> pg_backend_pid()") == 0:
        pass

    killed = pid_of(cluster)
    os.kill(killed, signal.SIGKILL)
    cluster.start()

    assert pid_of(cluster) != killed
    assert ask(cluster, "select array_agg(n) from kept") == [7]
    endless.join(20)
    assert not endless.is_alive()
    busy.close()


def run_until_cut_off(conn: psycopg.Connection) -> None:
    with pytest.raises(psycopg.OperationalError):
        conn.execute(
            "select count(*) from generate_series(1, 999999) a, generate_series(1, 999999) b"
        )


def test_a_pid_file_of_a_dead_server_is_no_hindrance(cluster: Cluster) -> None:
    pid_file = cluster.status().data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    cluster.stop()
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    write_pid_file(pid_file, [str(gone.pid), *lines[1:6]])
    assert not cluster.status().running
    cluster.start()
    assert cluster.status().running


def test_a_pid_that_now_belongs_to_a_stranger_is_no_hindrance(cluster: Cluster) -> None:
    pid_file = cluster.status().data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    cluster.stop()
    # of the same account: PostgreSQL itself would take it for its rival and refuse to start
    user = server_account().uid if server_account().drops else None
    with subprocess.Popen(["sleep", "600"], user=user) as stranger:
        try:
            write_pid_file(pid_file, [str(stranger.pid), *lines[1:6]])
            assert not cluster.status().running
            cluster.stop()
            cluster.start()
            assert stranger.poll() is None
            assert pid_of(cluster) != stranger.pid
        finally:
            stranger.kill()


def write_pid_file(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n")
    server_account().own(path, 0o600)


def test_data_of_another_major_version_are_refused_with_two_ways_out(cluster: Cluster) -> None:
    cluster.stop()
    version = cluster.status().data / "PG_VERSION"
    version.write_text("99\n")
    with pytest.raises(SetupError) as refused:
        cluster.start()
    for text in (refused.value.zh, refused.value.en):
        assert "postgresql-99-postgis-3" in text
        assert "db backup" in text
        assert "GIS_HOME" in text
    assert version.read_text() == "99\n"


def test_a_home_too_long_for_a_socket_gets_a_short_private_folder(home: Path) -> None:
    deep = home / ("很长的目录" * 8) / ("x" * 40)
    cluster = Cluster(deep, durable=False)
    try:
        cluster.start()
        folder = cluster.status().socket
        assert len(os.fsencode(folder)) <= SOCKET_BYTES
        assert folder != Cluster(home).status().socket
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert ask(cluster, "select 1") == 1
    finally:
        cluster.stop("immediate")
        shutil.rmtree(cluster.status().socket)


def test_a_server_whose_socket_was_taken_away_is_started_anew(home: Path) -> None:
    cluster = Cluster(home, durable=False)
    cluster.start()
    before = cluster.status()
    for file in before.socket.iterdir():
        file.unlink()
    cluster.start()
    assert cluster.status().pid != before.pid
    assert ask(cluster, "select 1") == 1


def test_two_processes_that_start_it_at_once_end_with_one_server(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from gis_app.cluster import Cluster\n"
        "c = Cluster(Path(sys.argv[1]), durable=False)\n"
        "c.start(); c.ensure_database('both'); print(c.status().pid)"
    )
    root = Path(__file__).parent.parent
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, text=True, cwd=root
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=60)[0].strip() for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert said[0] == said[1] == str(pid_of(Cluster(home)))


def test_what_a_broken_initdb_left_behind_is_cleared_away(home: Path) -> None:
    (home / "cluster" / "data.new").mkdir(parents=True)
    (home / "cluster" / "data.new" / "PG_VERSION").write_text("15\n")
    cluster = Cluster(home, durable=False)
    cluster.start()
    assert ask(cluster, "select 1") == 1
    assert not (home / "cluster" / "data.new").exists()


def test_a_server_that_cannot_start_shows_its_log(cluster: Cluster) -> None:
    cluster.stop()
    with (cluster.status().data / "postgresql.conf").open("a") as conf:
        conf.write("shared_buffers = 'plenty'\n")
    with pytest.raises(SetupError, match="shared_buffers"):
        cluster.start()


def test_a_database_is_made_once_in_utf8_with_postgis(cluster: Cluster) -> None:
    name = '示例 "a/b"'
    cluster.ensure_database(name)
    cluster.ensure_database(name)
    assert ask(cluster, "show server_encoding", name) == "UTF8"
    assert ask(cluster, "show jit", name) == "off"
    assert ask(cluster, "select upper('ß')", name) is not None
    area = "select round(st_area('polygon((0 0,0 1,1 1,1 0,0 0))'::geography) / 1e6)"
    assert ask(cluster, area, name) == 12309  # a degree square at the equator, by Karney's method
    assert ask(cluster, "select count(*) from pg_extension where extname = 'btree_gist'", name) == 1


def test_psql_opens_the_database_whatever_the_callers_environment(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGHOST", "nowhere.invalid")
    command = [*cluster.psql_command("postgres"), "-XAtc", "select 6 * 7"]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout == "42\n"


def test_the_callers_environment_does_not_reach_the_server(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("PROJ_DATA", "/nonexistent")
    cluster = Cluster(home, durable=False)
    cluster.start()
    assert ask(cluster, "show timezone") == "UTC"
    cluster.ensure_database("gis")
    moved = "select st_x(st_transform('srid=4490;point(113 38)'::geometry, 4547)) > 400000"
    assert ask(cluster, moved, "gis") is True


def test_on_tcp_nobody_gets_in_without_a_password(home: Path) -> None:
    port = free_port()
    cluster = Cluster(home, tcp_port=port, durable=False)
    cluster.start()
    assert cluster.status().port == port
    over_tcp = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(over_tcp, connect_timeout=5)
    # one that was not told the port finds the server all the same
    do(Cluster(home), "alter role postgres password 'open sesame'")
    with psycopg.connect(over_tcp, password="open sesame") as conn:
        assert conn.execute("show password_encryption").fetchone() == ("scram-sha-256",)


def test_a_running_server_does_not_pretend_to_listen_on_a_port(
    cluster: Cluster, home: Path
) -> None:
    with pytest.raises(Conflict, match="db stop"):
        Cluster(home, tcp_port=free_port(), durable=False).start()
    assert cluster.status().port is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_root_is_told_when_the_servers_account_cannot_enter(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(SetupError, match="GIS_HOME"):
        Cluster(closed / "home", durable=False).start()


def test_only_a_tests_cluster_gives_up_durability(home: Path) -> None:
    assert not tuning.UNSAFE.keys() & tuning.settings(4096, 2).keys()
    cluster = Cluster(home)
    cluster.start()
    for name in (*tuning.UNSAFE, "data_checksums"):
        assert ask(cluster, f"show {name}") == "on"
    cluster.stop()
    Cluster(home, durable=False).start()
    assert ask(cluster, "show fsync") == "off"
