"""As whom PostgreSQL's programs are run: it refuses to be root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gis_app.errors import SetupError


@dataclass(frozen=True)
class Account:
    """The system account that owns a cluster's files; `drops` when we are root and it is not."""

    uid: int
    gid: int
    drops: bool

    def own(self, path: Path, mode: int) -> None:
        """Give a file or folder to the account, with these permissions."""
        if self.drops:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def run(self, command: list[str], timeout_s: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a program as the account, with its output caught; the caller judges its exit code."""
        return subprocess.run(
            command,
            cwd="/",
            env=environment(),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=timeout_s,
            umask=0o077,
            user=self.uid if self.drops else None,
            group=self.gid if self.drops else None,
            extra_groups=[] if self.drops else None,
        )

    def check_reach(self, folder: Path) -> None:
        """Raise unless the account can write in a folder, which a parent may forbid."""
        if self.run(["test", "-w", str(folder)]).returncode == 0:
            return
        raise SetupError(
            f"运行 PostgreSQL 的账户（uid {self.uid}）无法写入 {folder}。"
            "请把 GIS_HOME 设为该账户可以进入的目录，例如 /var/lib/gis-app。",
            f"The account that runs PostgreSQL (uid {self.uid}) cannot write in {folder}. "
            "Set GIS_HOME to a folder that it can enter, for example /var/lib/gis-app.",
        )


def server_account() -> Account:
    """Ourselves, or when we are root `postgres`, or `nobody` on a machine without it."""
    uid = os.geteuid()
    if uid != 0:
        return Account(uid, os.getegid(), drops=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, drops=True)
    raise SetupError(
        "PostgreSQL 不能以 root 运行，而本机没有 postgres 或 nobody 账户。请换用普通账户。",
        "PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody "
        "account. Use an ordinary account.",
    )


def environment() -> dict[str, str]:
    """A small environment for the server.

    Nothing of the caller's comes along but the search path: `PGPORT` would move the server, `TZ`
    its clock, and a `PROJ_DATA` that points into a Python wheel breaks PostGIS's own PROJ.
    """
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
