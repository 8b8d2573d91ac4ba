"""What the client reads: layers, zones, wells, findings, audits, places."""

import os
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from gis_app.client import asking, frames, reading
from gis_app.client.audits import AuditResult
from gis_app.client.frames import Box, Day
from gis_app.client.http import Transport
from gis_app.errors import BadInput

_LAYER = ["id", "zh", "en", "geometry", "grades", "color", "pattern", "opacity", "count",
          "has_data"]  # fmt: skip
_NEAR = ["code", "name", "status", "use", "distance_m", "bearing_deg", "flag", "rule",
         "answer", "verdict", "sentence_zh", "sentence_en", "lon", "lat"]  # fmt: skip
_HIT = ["kind", "layer", "id", "code", "name", "flag", "lon", "lat"]
_RUN = ["run_id", "on", "area", "ledger", "anywhere", "actor", "started_at", "law_hash"]


class Reads:
    """A service, read as frames in EPSG:4490: questions that change nothing and keep nothing."""

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
        self,
        layer: str,
        *,
        on: Day | None = None,
        area: str | None = None,
        bbox: Box | None = None,
        filter: str | None = None,
        **properties: Any,
    ) -> gpd.GeoDataFrame:
        """Zones of a layer in force on a day (default today), one row a zone.

        `area` (adcode prefix) keeps those that share ground with its districts, `bbox` is west,
        south, east, north, `filter` CQL2 text; `properties` equal a value, or one of several, as in
        `grade="severe"` or `name=["甲", "乙"]`.
        """
        districts = None if area is None else self._districts(area, on)
        if bbox is None and districts is not None and len(districts):
            bbox = districts.total_bounds
        asked = {"datetime": frames.day(on), "bbox": frames.box(bbox)}
        table = self._collected(
            layer, asked, asking.where(self._kinds(layer), properties, None, filter)
        )
        table.insert(1, "layer", layer)
        if districts is None or area is None:
            return table
        return reading.touching(table, area, districts)

    def wells(
        self,
        *,
        on: Day | None = None,
        area: str | None = None,
        bbox: Box | None = None,
        filter: str | None = None,
        **properties: Any,
    ) -> gpd.GeoDataFrame:
        """Wells of the register with their `flag`, one row a well.

        `area` is an adcode prefix, `filter` CQL2 text such as `"depth_m > 100"`; `properties` equal
        a value, or one of several: `status=["active", "paused"], self_supply=True`. On a day
        gone by those drilled by then, with `status`, `flag` and `rule` of that day; all else is as
        it is recorded now.
        """
        asked = {"datetime": frames.day(on), "bbox": frames.box(bbox)}
        return self._collected(
            "well", asked, asking.where(self._kinds("well"), properties, area, filter)
        )

    def near(
        self,
        lon: float,
        lat: float,
        within_m: float = 1000,
        *,
        finding: str | Sequence[str] | None = None,
        limit: int = 50,
    ) -> gpd.GeoDataFrame:
        """Wells within geodesic metres of a point (EPSG:4490), nearest first, each with the finding
        that makes its flag; `verdict` tells all of one.

        `finding` keeps some classes only: close, indeterminate, restricted, duty, exempt, clear.
        Where there are more than the `limit` nearest (500 at most) a warning says so, and
        `attrs["truncated"]`.
        """
        wanted = [finding] if isinstance(finding, str) else finding
        ask = {"lon": lon, "lat": lat, "within_m": within_m, "limit": limit, "finding": wanted}
        told = self._http.get("/wells/near", ask)
        rows = [_near(well) for well in told["wells"]]
        kinds = {"distance_m": "number", "bearing_deg": "number"}
        table = self._signed(frames.of_points(rows, _NEAR, kinds))
        table.attrs["truncated"] = told["truncated"]
        if told["truncated"]:
            warnings.warn(_more(len(rows), within_m), stacklevel=2)
        return table

    def audits(self, limit: int = 20) -> pd.DataFrame:
        """The latest audits, newest first, one row an audit."""
        found = self._http.get("/audits", {"limit": limit})["audits"]
        table = pd.DataFrame(found, columns=_RUN)
        return table.assign(started_at=pd.to_datetime(table["started_at"], utc=True))

    def findings(
        self,
        run: int | AuditResult | None = None,
        *,
        on: Day | None = None,
        area: str | None = None,
        closed: bool = False,
        filter: str | None = None,
        **properties: Any,
    ) -> gpd.GeoDataFrame:
        """Findings, one row a finding: of an audit, or (no `run`) those that the map shows.

        `on` a day (not with `run`), or with `closed` those closed since as well. `properties` equal
        a value, or one of several: `instrument`, `verdict`, `answer`, `rule`, `subject`, `code` …;
        `filter` is CQL2 text, as `"edge_m > 50"`.
        """
        if run is not None and on is not None:
            raise BadInput(
                "一次审计只有它自己的法律日期：不要同时写 run 和 on。",
                "An audit is of its own day: give `run` or `on`, not both.",
            )
        number = run.run_id if isinstance(run, AuditResult) else run
        days = "../.." if closed and on is None else frames.day(on)
        asked = {"datetime": days} if number is None else {"closed": frames.text(closed)}
        table = reading.findings(self._http, number, properties, {**asked, "filter": filter}, area)
        return self._signed(table)

    def search(self, q: str, *, limit: int = 10) -> gpd.GeoDataFrame:
        """Wells by code or name and zones by name, best first; a zone's point lies in it.

        Where coordinates are asked for the place is the first row.
        """
        found = self._http.get("/search", {"q": q, "limit": limit})["results"]
        return self._signed(frames.of_points(found, _HIT, {"id": "integer"}))

    def _collected(
        self, layer: str, asked: Mapping[str, Any], condition: str | None
    ) -> gpd.GeoDataFrame:
        ids = ("well_id",) if layer == "well" else ("zone_id", "version")
        return self._signed(
            reading.collection(self._http, layer, {**asked, "filter": condition}, ids)
        )

    def _districts(self, area: str, on: Day | None) -> gpd.GeoDataFrame:
        condition = asking.where({}, {}, area)
        return self._collected("district", {"datetime": frames.day(on)}, condition)

    def _kinds(self, layer: str) -> dict[str, str]:
        return {each["name"]: each["kind"] for each in self._fields(layer)}

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


def _more(n: int, within_m: float) -> str:
    return (
        f"{within_m:g} 米内不止 {n} 口井，只给出最近的 {n} 口：缩小 within_m，或加大 limit"
        f"（至多 500）。 / There are more wells within {within_m:g} m than the {n} nearest given "
        "here: narrow within_m, or raise limit (500 at most)."
    )


def _near(well: Mapping[str, Any]) -> dict[str, Any]:
    return {**well, **(well["gravest"] or {})}
