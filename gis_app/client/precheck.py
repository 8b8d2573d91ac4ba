"""A pre-check: may a well stand here? Readable in a notebook, printable as the service does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Self, TypeAlias

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from gis_app.client.http import Transport
from gis_app.crs import shapes_to_storage
from gis_app.errors import BadInput
from gis_app.flags import INK, LINE

Place: TypeAlias = tuple[float, float] | BaseGeometry | gpd.GeoDataFrame | gpd.GeoSeries
_FINDING = ["rule", "answer", "verdict", "instrument_zh", "number", "clause", "quote", "layer",
            "zone_name", "edge_m", "tolerance_m", "sentence_zh", "sentence_en"]  # fmt: skip
_PARTS = {"grounds": "不予批准、暂停审批的依据 grounds to refuse or suspend",
          "conditions": "条件 conditions", "unknown": "尚不能确定 cannot be known",
          "exempt": "豁免 exempt"}  # fmt: skip
_MEDIA = {".pdf": "application/pdf", ".html": "text/html"}


@dataclass(frozen=True, kw_only=True)
class Precheck:
    """What the law of a day says of a place; it decides nothing, and nothing of it is kept.

    `outcome` is refused, suspended, unknown, conditions or no_ground; `permit` tells whether a
    permit is needed at all (by its `key`: needed, not_needed, unknown). `grounds`, `conditions`,
    `unknown` and `exempt` have a row a rule, the gravest first; `nearest` the nearest limit of
    every layer in metres; `not_assessed` layers of which nothing is on record here; `bring` what
    to bring.
    """

    on: date
    outcome: str
    outcome_zh: str
    outcome_en: str
    grounds: pd.DataFrame = field(repr=False)
    conditions: pd.DataFrame = field(repr=False)
    unknown: pd.DataFrame = field(repr=False)
    exempt: pd.DataFrame = field(repr=False)
    nearest: pd.DataFrame = field(repr=False)
    permit: Mapping[str, Any] | None = field(default=None, repr=False)
    not_assessed: Sequence[str] = ()
    bring: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    _asked: Mapping[str, Any] = field(repr=False, compare=False)
    _http: Transport = field(repr=False, compare=False)

    @classmethod
    def of(cls, http: Transport, asked: Mapping[str, Any]) -> Self:
        """Ask the service."""
        told = http.ask("/precheck", asked).json()
        parts = {name: pd.DataFrame(told[name], columns=_FINDING) for name in _PARTS}
        return cls(
            on=date.fromisoformat(told["on"]),
            outcome=told["outcome"]["key"],
            outcome_zh=told["outcome"]["zh"],
            outcome_en=told["outcome"]["en"],
            **parts,
            permit=told["permit"],
            nearest=pd.DataFrame(told["nearest"]),
            not_assessed=[each["layer"] for each in told["not_assessed"]],
            bring=told["bring"],
            _asked=asked,
            _http=http,
        )

    def save(self, path: str | Path) -> Path:
        """Write the printable page, by the suffix: .html or .pdf; the file written."""
        target = Path(path)
        media = _MEDIA.get(target.suffix.lower())
        if media is None:
            raise BadInput(
                f"预审页只能写成 .html 或 .pdf，不是“{target.name}”。",
                f"A pre-check is written as .html or .pdf, not {target.name!r}.",
            )
        body = self._http.ask("/precheck", self._asked, accept=media).content
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        return target

    def _repr_html_(self) -> str:
        """The outcome, and each finding in a sentence."""
        parts = []
        for name, title in _PARTS.items():
            told = getattr(self, name)["sentence_zh"]
            items = "".join(f"<li>{escape(str(each))}</li>" for each in told)
            parts.append(f"<b>{title}（{len(told)}）</b><ul>{items}</ul>" if len(told) else "")
        if self.permit is not None:
            words = f"{self.permit['zh']} {self.permit['en']}"
            said = escape(self.permit["sentence_zh"])
            parts.insert(0, f"<p><b>{escape(words)}</b><br>{said}</p>")
        gaps = "、".join(self.not_assessed)
        missing = f"<p>未评估 not assessed：{escape(gaps)}</p>" if gaps else ""
        return (
            f'<div style="max-width:760px;border:1px solid {LINE};padding:12px 16px;color:{INK}">'
            f"<p><b>{escape(self.outcome_zh)}</b> {escape(self.outcome_en)} · "
            f"法律日期 as of {self.on}</p>{''.join(parts)}{missing}</div>"
        )


def geometry(place: Place) -> dict[str, Any]:
    """A place as GeoJSON in EPSG:4490; what was handed in stays as it is.

    Raises `BadInput` for what is no place, or several.
    """
    if isinstance(place, gpd.GeoDataFrame | gpd.GeoSeries):
        if len(place) != 1 or place.crs is None:
            raise BadInput(
                f"地点应为一行，并有坐标系（这里 {len(place)} 行，crs={place.crs}）。",
                f"A place is one row with a CRS (here {len(place)} rows, crs={place.crs}).",
            )
        (place,) = shapes_to_storage(place.geometry.to_numpy(), place.crs)
    if not isinstance(place, BaseGeometry):
        try:
            lon, lat = (float(each) for each in place)
        except (TypeError, ValueError):
            raise BadInput(
                f"地点应为 (经度, 纬度)、shapely 图形或一行的 GeoDataFrame，不是 {place!r}。",
                f"A place is (lon, lat), a shapely shape or a frame of one row, not {place!r}.",
            ) from None
        place = shapely.Point(lon, lat)
    told: dict[str, Any] = json.loads(shapely.to_geojson(place))
    return told
