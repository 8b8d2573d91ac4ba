"""Where this machine keeps PostgreSQL, and whether PostGIS stands beside it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gis_app.errors import SetupError

# in this order: Debian and Ubuntu, the PATH, Homebrew on either processor, Postgres.app
DEBIAN = "/usr/lib/postgresql/*/bin"
APPLE = (
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
WAY_OUT_ZH = (
    "Debian/Ubuntu：sudo sh docker/install-packages.sh；macOS：brew install postgresql@17 postgis"
)
WAY_OUT_EN = (
    "Debian/Ubuntu: sudo sh docker/install-packages.sh; macOS: brew install postgresql@17 postgis"
)


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL major version."""

    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        """The full path of a program such as `pg_ctl`."""
        return str(self.folder / program)


def find_binaries(major: int | None = None) -> Binaries:
    """PostgreSQL with PostGIS: of that major version, or the newest on this machine.

    Raises `SetupError`, naming the command that installs what is missing.
    """
    found = [each for each in installed() if major in (None, each.major)]
    for each in found:
        if has_postgis(each):
            return each
    if found:
        raise SetupError(
            f"PostgreSQL {found[0].major} 没有安装 PostGIS。{WAY_OUT_ZH}",
            f"PostgreSQL {found[0].major} has no PostGIS. {WAY_OUT_EN}",
        )
    which = "" if major is None else f" {major}"
    raise SetupError(
        f"未找到 PostgreSQL{which}。{WAY_OUT_ZH}",
        f"PostgreSQL{which} was not found. {WAY_OUT_EN}",
    )


def installed() -> list[Binaries]:
    """Every PostgreSQL server on this machine: the system's first, in each place newest first."""
    found: dict[Path, Binaries] = {}
    for folder in _folders():
        real = folder.resolve()
        if real not in found and (version := _major(real)):
            found[real] = Binaries(real, version)
    return list(found.values())


def has_postgis(binaries: Binaries) -> bool:
    """Whether `create extension postgis` can work."""
    return any(
        (share / "extension" / "postgis.control").is_file() for share in _share_folders(binaries)
    )


def _folders() -> Iterator[Path]:
    yield from _newest_first(DEBIAN)
    for program in ("postgres", "pg_ctl"):
        if there := shutil.which(program):
            # Debian puts single programs on the PATH by links: follow them to their folder
            yield Path(there).resolve().parent
    for pattern in APPLE:
        yield from _newest_first(pattern)


def _newest_first(pattern: str) -> list[Path]:
    there = list(Path("/").glob(pattern.lstrip("/")))
    return sorted(there, key=lambda path: _number(path.parent.name), reverse=True)


def _number(name: str) -> float:
    digits = re.search(r"\d+(\.\d+)?", name)
    return float(digits[0]) if digits else 0.0


def _major(folder: Path) -> int | None:
    """The major version of the server in a folder, or None where there is no whole server."""
    programs = [folder / name for name in ("postgres", "pg_ctl", "initdb")]
    if not all(program.is_file() for program in programs):
        return None
    said = subprocess.run(
        [str(programs[0]), "--version"], capture_output=True, text=True, check=False
    )
    version = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(version[1]) if version else None


def _share_folders(binaries: Binaries) -> Iterator[Path]:
    yield Path(f"/usr/share/postgresql/{binaries.major}")  # Debian, where pg_config is optional
    if (binaries.folder / "pg_config").is_file():
        said = subprocess.run(
            [binaries["pg_config"], "--sharedir"], capture_output=True, text=True, check=False
        )
        yield Path(said.stdout.strip() or "/nonexistent")
