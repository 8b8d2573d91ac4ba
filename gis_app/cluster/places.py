"""Where a private cluster's files lie, and who may touch them."""

import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gis_app.cluster.account import Account
from gis_app.errors import SetupError

# macOS takes 103 bytes, Linux 107; PostgreSQL adds "/.s.PGSQL.65535"
SOCKET_BYTES = 103 - len("/.s.PGSQL.65535")
LOG_BYTES = 50_000_000


@dataclass(frozen=True)
class Places:
    """The folders below one home."""

    home: Path

    @property
    def folder(self) -> Path:
        """What belongs to the cluster alone."""
        return self.home / "cluster"

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """The folder of the unix socket; a short one in /tmp where home is too long for one."""
        near = self.folder / "socket"
        if len(os.fsencode(near)) <= SOCKET_BYTES:
            return near
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path("/tmp") / f"gis-app-{name}"  # noqa: S108  made 0700, and its owner checked

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "logs" / "postgresql.log"

    def prepare(self, account: Account) -> None:
        """Make what is missing, give it to the account, and see that the account can get there."""
        account.own(self.folder, 0o700)
        account.check_reach(self.folder)
        _private(self.socket, account)
        self.log.parent.mkdir(exist_ok=True)
        if self.log.is_file() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log.touch()
        account.own(self.log, 0o600)
        account.check_reach(self.log)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the cluster against every other process that would start, stop or change it."""
        try:
            self._make()
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as refused:
            raise SetupError(
                f"无权使用 {self.folder}：它属于另一个账户。请以该账户运行，或另设 GIS_HOME。",
                f"{self.folder} belongs to another account. "
                "Run as that account, or set GIS_HOME to a folder of your own.",
            ) from refused
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _make(self) -> None:
        if not self.home.exists():
            self.home.mkdir(parents=True)
            if os.geteuid() == 0:
                self.home.chmod(0o755)  # whatever the umask: the server's account must pass through
        self.folder.mkdir(mode=0o700, exist_ok=True)


def _private(folder: Path, account: Account) -> None:
    """Make a folder that only the account may enter; refuse one that somebody else put there."""
    try:
        folder.mkdir(mode=0o700)
        account.own(folder, 0o700)
    except FileExistsError:
        there = folder.lstat()
        if not stat.S_ISDIR(there.st_mode) or there.st_uid not in (account.uid, os.geteuid()):
            raise SetupError(
                f"{folder} 不是本账户的目录，不能放置套接字。请删除它，或把 GIS_HOME 设得短一些。",
                f"{folder} is not a folder of this account, so no socket is put there. "
                "Remove it, or set a shorter GIS_HOME.",
            ) from None
        account.own(folder, 0o700)
