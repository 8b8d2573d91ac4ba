"""The files that the sites of the sample city are said to have come in, each with its own system.

So that the rule on coordinate systems has something to speak of: one in the national system, one in
WGS 84 (a tracker's KML), one in an approved local system.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from gis_app.demo.clerk import SAID
from gis_app.intake.options import ImportOptions
from gis_app.law import LEGAL_CLOCK
from gis_app.store import batches


@dataclass(frozen=True)
class File:
    """A file of sites: its name, its coordinate system, the kinds it brings (none: the others)."""

    name: str
    crs: str
    kinds: tuple[str, ...] = ()
    local_system_approved: bool | None = None

    def brings(self, kind: str) -> bool:
        """Whether sites of a kind came in this file."""
        return kind in self.kinds if self.kinds else kind not in _NAMED

    @contextmanager
    def imported(self, conn: Connection, rows: pd.DataFrame, on: date) -> Iterator[int]:
        """The id of a batch, committed on a day, in whose name rows are written meanwhile."""
        brought = dict.fromkeys(("rows", "new", "inserted"), len(rows))
        nothing = dict.fromkeys(("refused", "known", "warned", "changed", "file_refused"), 0)
        report: dict[str, Any] = {**brought, **nothing, "problems": [], "crs": self.crs}
        if self.local_system_approved is not None:
            report["local_system_approved"] = self.local_system_approved
        at = datetime.combine(on, time(9), LEGAL_CLOCK)
        batch_id = batches.create(
            conn,
            {
                "layer": "site",
                "file_name": self.name,
                "sha256": hashlib.sha256(self.name.encode()).hexdigest(),
                "state": "committed",
                "options": ImportOptions(layer="site").as_json(),
                "report": report,
                "actor": "demo",
                "reason": SAID,
                "created_at": at,
                "committed_at": at,
            },
        )
        _write_in_name_of(conn, str(batch_id))
        yield batch_id
        _write_in_name_of(conn, "")


def _write_in_name_of(conn: Connection, batch_id: str) -> None:
    conn.execute(text("select set_config('gis.batch_id', :id, true)"), {"id": batch_id})


FILES = (
    File("示例场地与项目.gpkg", "EPSG:4490"),
    File("示例排污口踏勘.kml", "EPSG:4326", ("outfall",)),
    File("示例地热项目.shp", "示例市城市独立坐标系", ("geothermal",), local_system_approved=True),
)
_NAMED = tuple(kind for file in FILES for kind in file.kinds)
