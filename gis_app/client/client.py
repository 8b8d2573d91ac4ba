"""The client: one method for each question."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import geopandas as gpd
import pandas as pd

from gis_app import export as files
from gis_app.client import frames, listing
from gis_app.client.audits import AuditResult
from gis_app.client.changes import Changes
from gis_app.client.frames import Day
from gis_app.client.imports import ImportPreview, upload
from gis_app.client.precheck import Place, Precheck, geometry
from gis_app.client.progress import progress
from gis_app.client.rasters import RasterQuestions
from gis_app.client.reads import Reads
from gis_app.client.trial import Trial, draft
from gis_app.client.verdict import Verdict
from gis_app.errors import BadInput


class Client(Reads, RasterQuestions):
    """A service, asked from Python.

    `token` (or the environment variable GIS_TOKEN) says who asks: without one only what visitors
    may see is answered. `timeout` is in seconds and counts for questions; an audit, an import or a
    long list may take an hour.
    """

    def audit(
        self,
        *,
        on: Day | None = None,
        area: str = "",
        instruments: Sequence[str] = (),
        anywhere: bool = False,
    ) -> AuditResult:
        """Apply the law of a day (default today) to every well of an area (adcode prefix).

        `instruments` narrows the law to some documents; `anywhere` applies them beyond their own
        area. The run is kept by the service; running again without a change changes nothing.
        """
        names = [instruments] if isinstance(instruments, str) else list(instruments)
        asked = {"on": frames.day(on), "area": area, "instruments": names, "anywhere": anywhere}
        with progress("审计 audit"):
            done = self._http.post("/audits", asked)
        return AuditResult.of(done, self._about(), self._http)

    def diff(self, audit_a: int | AuditResult, audit_b: int | AuditResult) -> Changes:
        """What changed from one audit to another, and why: of two days, or of one day and now.

        Raises `BadInput` for audits that asked nothing in common.
        """
        since, run = (
            a.run_id if isinstance(a, AuditResult) else int(a) for a in (audit_a, audit_b)
        )
        return Changes.between(self._http, since, run, self._about())

    def precheck(
        self, place: Place, kind: str = "new", *, on: Day | None = None, **facts: Any
    ) -> Precheck:
        """May a well stand here? What the law of a day says of a place; nothing is kept.

        `place` is (lon, lat), a shapely point or polygon, or a frame of one row. `kind` is "new",
        …; `facts` as on the form: `use="industry", annual_m3=30_000`.
        """
        told = {name: value for name, value in facts.items() if value is not None}
        body = {"geometry": geometry(place), "kind": kind, **told}
        return Precheck.of(self._http, body | ({} if on is None else {"on": frames.day(on)}))

    def try_zone(
        self,
        layer: str,
        zone: gpd.GeoDataFrame | gpd.GeoSeries | Any,
        *,
        on: Day | None = None,
        amends: int | None = None,
    ) -> Trial:
        """What would change were this zone law? Asked of the service; nothing is written.

        `zone` is a frame of one row (its columns are the draft's properties as far as the layer has
        them), or a shapely polygon in EPSG:4490. `amends` is the id of the zone it would replace.
        """
        body = draft(zone, self._fields(layer))
        asked = {"on": frames.day(on), "amends": amends, "each": "true"}
        path = f"/collections/{quote(layer, safe='')}/impact"
        with progress("试算 what if"):
            told = self._http.ask(path, body, asked).json()
        return Trial.of(told, layer, self._about())

    def explain(self, code: str, on: Day | None = None) -> Verdict:
        """Everything the law of a day says of one well; nothing is written."""
        path = f"/wells/{quote(code, safe='')}/verdict"
        return Verdict.of(self._http.get(path, {"on": frames.day(on)}))

    def import_(  # noqa: PLR0913 – an import's options are its arguments
        self,
        path: str | Path,
        layer: str,
        *,
        mapping: Mapping[str, str] | None = None,
        constants: Mapping[str, object] | None = None,
        crs: str | None = None,
        encoding: str | None = None,
        repair: bool = False,
        anywhere: bool = False,
        update: str | None = None,
    ) -> ImportPreview:
        """Have a file read, matched and checked; nothing of it is written before `.commit()`.

        `mapping` is field → column, `constants` field → value for every row; `crs` like
        "EPSG:4547"; `repair` mends invalid rings and says which; `anywhere` accepts what lies
        outside the districts on record; `update="code"` refreshes known wells. A frame is written
        to a file first.
        """
        if not isinstance(path, str | Path):
            raise BadInput(
                f"import_ 要文件的路径，不是 {type(path).__name__}。请先存成文件："
                'frame.to_file("wells.gpkg")，再 import_("wells.gpkg", …)。',
                f"import_ takes the path of a file, not a {type(path).__name__}. Write it first: "
                'frame.to_file("wells.gpkg"), then import_("wells.gpkg", …).',
            )
        form: dict[str, str | list[str]] = {
            "layer": layer,
            "map": [f"{field}={column}" for field, column in (mapping or {}).items()],
            "set": [f"{field}={frames.text(v)}" for field, v in (constants or {}).items()],
            "repair": frames.text(repair),
            "anywhere": frames.text(anywhere),
        }
        told = {"crs": crs, "encoding": encoding, "update": update}
        form.update({name: value for name, value in told.items() if value is not None})
        with upload(Path(path)) as (file, name):
            return ImportPreview.of(self._http.upload("/imports", file, name, form), self._http)

    def export(self, table: pd.DataFrame, path: str | Path) -> list[Path]:
        """Write findings, changes, wells or zones by the suffix of `path` with a codebook.

        csv, xlsx (codebook as second sheet), geojson, gpkg, parquet, fgb, kml or zip (shapefile).
        Columns you joined, such as those of `wells()`, go along and are in the codebook. Returns
        the files written.
        """
        target = Path(path)
        files.by_suffix(target)
        layers = dict.fromkeys(["well", *listing.layers_of(table)])
        fields = [each for layer in layers for each in listing.fields(self._fields(layer))]
        return files.write(listing.table(table, fields), target)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self.url!r})"
