"""The client: one method for each question."""

import os
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
from gis_app.client.frames import Box, Day
from gis_app.client.http import Transport, progress
from gis_app.client.imports import ImportPreview, upload
from gis_app.client.rasters import RasterQuestions
from gis_app.client.verdict import Verdict
from gis_app.errors import BadInput

PAGE = 5000
_OWN = ("bbox", "datetime", "limit", "after")
_LAYER = [
    "id",
    "zh",
    "en",
    "geometry",
    "grades",
    "color",
    "pattern",
    "opacity",
    "count",
    "has_data",
]
_NEAR = ["code", "name", "status", "use", "distance_m", "bearing_deg", "flag", "rule",
         "rules", "sentence_zh", "sentence_en", "lon", "lat"]  # fmt: skip
_HIT = ["kind", "layer", "id", "code", "name", "flag", "lon", "lat"]


class Client(RasterQuestions):
    """A service, asked from Python.

    `token` (or the environment variable GIS_TOKEN) says who asks: without one only what visitors
    may see is answered. `timeout` is in seconds and counts for questions; an audit or an import may
    take an hour.
    """

    def __init__(
        self, url: str = "http://127.0.0.1:8000", token: str | None = None, *, timeout: float = 60
    ) -> None:
        self._http = Transport(url, timeout, token or os.environ.get("GIS_TOKEN"))
        self._declared: dict[str, Any] | None = None

    @property
    def url(self) -> str:
        """The address of the service."""
        return self._http.url

    def layers(self) -> pd.DataFrame:
        """Every layer, in drawing order: names, geometry, style, how many features today."""
        self._declared = None  # counts change
        told = self._declaration()
        rows = [
            {**layer, **layer["style"], "grades": ", ".join(layer["grades"])}
            for layer in told["layers"]
        ]
        table = pd.DataFrame(rows, columns=_LAYER)
        table.attrs.update(self._about())
        return table

    def zones(
        self, layer: str, *, on: Day | None = None, bbox: Box | None = None, **properties: Any
    ) -> gpd.GeoDataFrame:
        """Zones of a layer in force on a day (default today), one row a zone.

        `bbox` is west, south, east, north; `properties` are equalities, as in `grade="severe"`.
        """
        table = self._items(layer, frames.day(on), bbox, properties)
        table.insert(1, "layer", layer)
        return table

    def wells(self, *, bbox: Box | None = None, **properties: Any) -> gpd.GeoDataFrame:
        """Wells of the register with their `flag`, one row a well.

        `properties` are equalities, as in `status="active", self_supply=True, area_code="140302"`.
        """
        return self._items("well", None, bbox, properties)

    def near(
        self,
        lon: float,
        lat: float,
        within_m: float = 1000,
        *,
        finding: str | Sequence[str] | None = None,
        limit: int = 50,
    ) -> gpd.GeoDataFrame:
        """Wells within geodesic metres of a point (EPSG:4490), nearest first.

        `finding` keeps some classes only: close, indeterminate, restricted, duty, exempt, clear.
        """
        wanted = [finding] if isinstance(finding, str) else finding
        ask = {"lon": lon, "lat": lat, "within_m": within_m, "limit": limit, "finding": wanted}
        rows = [_near(well) for well in self._http.get("/wells/near", ask)["wells"]]
        return self._signed(
            frames.of_points(rows, _NEAR, {"distance_m": "number", "bearing_deg": "number"})
        )

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
        return AuditResult.of(self._http.post("/audits", asked), self._about(), self._http)

    def explain(self, code: str, on: Day | None = None) -> Verdict:
        """Everything the law of a day says of one well; nothing is written."""
        path = f"/wells/{quote(code, safe='')}/verdict"
        return Verdict.of(self._http.get(path, {"on": frames.day(on)}))

    def search(self, q: str, *, limit: int = 10) -> gpd.GeoDataFrame:
        """Wells by code or name and zones by name, best first; a zone's point lies in it."""
        found = self._http.get("/search", {"q": q, "limit": limit})["results"]
        return self._signed(frames.of_points(found, _HIT, {"id": "integer"}))

    def import_file(  # noqa: PLR0913 – an import's options are its arguments
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
        outside the districts on record; `update="code"` refreshes known wells.
        """
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

    def export(self, findings: pd.DataFrame, path: str | Path) -> list[Path]:
        """Write findings by the suffix of `path` with a codebook; the files written.

        csv, xlsx (codebook as second sheet), geojson, gpkg, parquet, fgb, kml or zip (shapefile).
        Columns you joined, such as those of `wells()`, go along and are in the codebook.
        """
        target = Path(path)
        files.by_suffix(target)
        return files.write(listing.table(findings, listing.fields(self._fields("well"))), target)

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

    def _items(
        self, layer: str, on: str | None, bbox: Box | None, properties: Mapping[str, Any]
    ) -> gpd.GeoDataFrame:
        ask: dict[str, Any] = {"datetime": on, "bbox": frames.box(bbox), "limit": PAGE}
        ask |= _equal(properties)
        rows: list[Mapping[str, Any]] = []
        path = f"/collections/{quote(layer, safe='')}/items"
        page = self._http.get(path, ask)
        with progress(layer, page["numberMatched"]) as bar:
            while True:
                rows += page["features"]
                bar.update(page["numberReturned"])
                if not any(link["rel"] == "next" for link in page["links"]):
                    break
                # by key, not by the link's own address: a proxy may have renamed the host
                page = self._http.get(path, {**ask, "after": rows[-1]["id"]})
        kinds = {f["name"]: f["kind"] for f in self._fields(layer)}
        kinds.pop("owner_uscc", None)  # a list does not hand it out
        if layer == "well":
            kinds = {"well_id": "id", **kinds, "uncertainty_m": "number", "flag": "", "rule": ""}
        else:
            kinds = {"zone_id": "id", "version": "id", "grade": "choice", **kinds}
        return self._signed(frames.of_features(rows, list(kinds), kinds))

    def _declaration(self) -> dict[str, Any]:
        if self._declared is None:
            self._declared = self._http.get("/layers")
        return self._declared

    def _fields(self, layer: str) -> list[dict[str, Any]]:
        layers = self._declaration()["layers"]
        return next((each["fields"] for each in layers if each["id"] == layer), [])

    def _about(self) -> dict[str, Any]:
        """What a map of these frames has to know; travels in their `attrs`."""
        told = self._declaration()
        styles = {
            each["id"]: {"zh": each["zh"], "en": each["en"], **each["style"]}
            for each in told["layers"]
        }
        names = ("title_zh", "title_en", "synthetic")
        return {**{name: told[name] for name in names}, "styles": styles}

    def _signed(self, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        table.attrs.update(self._about())
        return table


def _equal(properties: Mapping[str, Any]) -> dict[str, str]:
    """Property filters as parameters; what is no equality is refused, never ignored."""
    for name, value in properties.items():
        if name in _OWN:
            raise BadInput(
                f"{name} 不是属性名；日期用 on=，范围用 bbox=，分页是自动的。",
                f"{name} is no property: days are on=, boxes bbox=, and paging is automatic.",
            )
        if value is None or isinstance(value, list | tuple | set | dict):
            raise BadInput(
                f"{name} 只能等于一个值，不能是 {value!r}。可先取回全部，再用 pandas 筛选。",
                f"{name} takes one value, not {value!r}. Fetch more and filter with pandas.",
            )
    return {name: frames.text(value) for name, value in properties.items()}


def _near(well: Mapping[str, Any]) -> dict[str, Any]:
    found = well["findings"]
    return {
        **well,
        "rules": ";".join(f["rule"] for f in found),
        "sentence_zh": "\n".join(f["sentence_zh"] for f in found),
        "sentence_en": "\n".join(f["sentence_en"] for f in found),
    }
