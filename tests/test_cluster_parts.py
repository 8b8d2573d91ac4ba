import os
import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from gis_app.cluster import account, binaries, find_binaries, tuning
from gis_app.cluster.account import Account, server_account
from gis_app.cluster.places import Places
from gis_app.errors import SetupError


def test_an_ordinary_user_runs_the_server_as_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getegid", lambda: 1001)
    chosen = server_account()
    assert chosen == Account(1000, 1001, drops=False)
    assert options_of(chosen, monkeypatch) == (None, None, None)


def test_root_hands_the_server_to_postgres_or_else_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = {"nobody": SimpleNamespace(pw_uid=65534, pw_gid=65533)}
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account.pwd, "getpwnam", lambda name: known[name])
    chosen = server_account()
    assert chosen == Account(65534, 65533, drops=True)
    assert options_of(chosen, monkeypatch) == (65534, 65533, [])
    known["postgres"] = SimpleNamespace(pw_uid=101, pw_gid=104)
    assert server_account() == Account(101, 104, drops=True)
    known.clear()
    with pytest.raises(SetupError):
        server_account()


def options_of(chosen: Account, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    seen: dict[str, object] = {}

    def run(_: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        seen.update(options)
        return subprocess.CompletedProcess([], 0)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", run)
        chosen.run(["true"])
    assert seen["cwd"] == "/"
    assert seen["umask"] == 0o077
    return seen["user"], seen["group"], seen["extra_groups"]


def test_what_is_missing_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(binaries, "installed", list)
    with pytest.raises(SetupError, match=re.escape("sudo sh docker/install-packages.sh")):
        find_binaries()
    bare = binaries.Binaries(Path("/nonexistent/bin"), 3)
    monkeypatch.setattr(binaries, "installed", lambda: [bare])
    with pytest.raises(SetupError, match="PostgreSQL 3 has no PostGIS") as refused:
        find_binaries()
    assert "brew install postgresql@17 postgis" in refused.value.en


def test_binaries_are_found_once_though_links_lead_to_them() -> None:
    found = binaries.installed()
    assert len({each.folder for each in found}) == len(found)
    assert find_binaries() in found
    assert find_binaries(find_binaries().major).major == find_binaries().major


@pytest.mark.parametrize(
    ("memory", "processors", "shared", "work", "maintenance"),
    [
        (512, 1, "128MB", "8MB", "64MB"),
        (4096, 2, "1024MB", "32MB", "256MB"),
        (24000, 8, "6000MB", "64MB", "1024MB"),
        (256000, 64, "8192MB", "64MB", "1024MB"),
    ],
)
def test_memory_decides_the_buffers(
    memory: int, processors: int, shared: str, work: str, maintenance: str
) -> None:
    chosen = tuning.settings(memory, processors)
    assert chosen["shared_buffers"] == shared
    assert chosen["work_mem"] == work
    assert chosen["maintenance_work_mem"] == maintenance
    assert chosen["max_parallel_workers_per_gather"] == str(processors)


def test_a_setting_cannot_break_out_of_its_quotes() -> None:
    assert tuning.render({"a": "o'clock\\"}).splitlines()[1] == "a = 'o''clock\\\\'"


def test_a_link_planted_where_the_socket_would_go_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100)
    Places(deep).folder.mkdir(parents=True)
    planted = Places(deep).socket
    planted.symlink_to(tmp_path)
    try:
        with pytest.raises(SetupError, match=str(planted)):
            Places(deep).prepare(Account(os.geteuid(), os.getegid(), drops=False))
    finally:
        planted.unlink()


def test_the_server_gets_the_search_path_and_nothing_else_of_the_callers() -> None:
    assert set(account.environment()) == {"PATH", "LC_ALL"}
