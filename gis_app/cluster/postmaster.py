"""Who runs on a data folder: what `postmaster.pid` says, and whether it is still true."""

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """A server as its pid file describes it.

    `tcp`: it listens on more than the socket; `ready`: it has come up and takes connections.
    """

    pid: int
    port: int
    tcp: bool
    ready: bool = False


def read(data: Path) -> Postmaster | None:
    """The server that the pid file of a data folder names, alive or not."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        # pid, data folder, start time, port, socket folder, first listen address, …
        ready = len(lines) > 7 and lines[7].strip() == "ready"
        return Postmaster(int(lines[0]), int(lines[3]), bool(lines[5].strip()), ready)
    except (FileNotFoundError, IndexError, ValueError):
        return None  # no file, or one that is being written just now


def running(data: Path) -> Postmaster | None:
    """The live server of a data folder.

    A pid alone proves nothing: after a reboot or in a new container another process may bear it,
    and one that nobody reaped still answers to signals. So the process must call itself the server
    of this very folder.
    """
    found = read(data)
    if found is None:
        return None
    arguments = _arguments(found.pid)
    return found if "postgres" in arguments and f" {data} " in f"{arguments} " else None


def clear_stale(data: Path) -> None:
    """Remove a pid file whose pid now belongs to a stranger; PostgreSQL would take it for a rival.

    A pid that is simply dead is left alone: PostgreSQL sees that itself, and reads from the file
    which shared memory to look at. Call only while holding the cluster's lock.
    """
    found = read(data)
    if found and running(data) is None and exists(found.pid):
        (data / "postmaster.pid").unlink(missing_ok=True)


def end_orphans(data: Path) -> list[int]:
    """Tell backends that outlived their server to go; the pids told.

    One busy with a long query would else hold the shared memory until the query ends. What it has
    not committed is lost already: its server and its client are gone. Linux only; elsewhere waiting
    must do.
    """
    told = []
    for folder in PROC.glob("[0-9]*"):
        pid = int(folder.name)
        try:
            ours = (folder / "cwd").readlink() == data and _comm(folder) == "postgres"
            if ours:
                os.kill(pid, signal.SIGQUIT)
                told.append(pid)
        except OSError:
            continue  # gone meanwhile, or another user's
    return told


def _comm(folder: Path) -> str:
    return (folder / "comm").read_text(encoding="utf-8", errors="replace").strip()


def _arguments(pid: int) -> str:
    """The command line of a process; empty when there is none, or only its unreaped remains."""
    try:
        if PROC.is_dir():
            line = (PROC / str(pid) / "cmdline").read_bytes()
            return line.replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
    said = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return said.stdout


def exists(pid: int) -> bool:
    """Whether a process of that number lives, ours or not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
