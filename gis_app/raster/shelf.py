"""Where raster files lie: one folder, every file named by the SHA-256 of its bytes.

The same bytes lie there once, however often they are brought; a file is never written over.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from gis_app.errors import Unavailable
from gis_app.raster.source import digest

_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Shelf:
    """A folder of GeoTIFFs by content; made when the first one is put there."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Where the file with these bytes lies, or would."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(sha256)
        return self.folder / sha256[:2] / f"{sha256}.tif"

    def find(self, sha256: str) -> Path:
        """The file with these bytes. Raises `Unavailable` where it is not on the shelf."""
        found = self.path(sha256)
        if not found.is_file():
            raise Unavailable(
                f"栅格文件 {found} 不在了（数据库里有登记）。请从备份恢复 {self.folder}，"
                "或重新登记原文件：gis-app raster add。",
                f"The raster file {found} is gone, though on record. Restore {self.folder} from a "
                "backup, or bring the original again: gis-app raster add.",
            )
        return found

    def keep(self, file: Path) -> str:
        """Move a finished file onto the shelf; the SHA-256 of its bytes.

        Nobody ever sees it half there: it is moved under its name in one step.
        """
        sha256 = digest(file)
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file():
            file.unlink()
            return sha256
        with file.open("rb") as written:
            os.fsync(written.fileno())
        file.replace(target)
        return sha256

    def room(self) -> Path:
        """A folder on the same disk where files are made before they are kept."""
        made = self.folder / "making"
        made.mkdir(parents=True, exist_ok=True)
        return made
