"""The closure report: which wells must close, county by county, on what legal basis.

One statement of facts in three forms: a workbook, a page, a PDF. What cannot be known and what
could not be assessed are told beside what is known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from gis_app.errors import BadInput
from gis_app.export import as_xlsx, findings
from gis_app.flags import LINE
from gis_app.notebook import closure_page
from gis_app.report import paper

TITLE = "取水井关闭报告"
_NEEDED = ("subject", "subject_code", "area_code", "flag", "rule", "instrument_zh", "number",
           "clause", "quote", "verdict_zh", "sentence_zh", "missing_zh")  # fmt: skip
# what the register says of a well, as far as it is handed in
REGISTER = ("name", "owner", "township", "village", "status", "use", "annual_reported_m3",
            "permit_number")  # fmt: skip
_OWN = ("area_code", "county", "subject_code", *REGISTER, "rule", "verdict_zh", "instrument_zh",
        "number", "clause", "quote", "layer_zh", "zone_name", "edge_m", "tolerance_m", "missing_zh",
        "sentence_zh", "sentence_en", "lon", "lat")  # fmt: skip
_BASIS = ["instrument_zh", "number", "clause", "rule", "quote", "verdict_zh"]
_WORDS = {f.name: f for f in (*findings.FIELDS, *findings.WORDS)}
_MORE = {
    "county": ("县（市、区）", "county", ""),
    "name": ("井名称", "name of the well", ""),
    "owner": ("权利人", "owner", ""),
    "township": ("乡镇", "township", ""),
    "village": ("村", "village", ""),
    "status": ("应用状况", "status", ""),
    "use": ("取水用途", "use", ""),
    "annual_reported_m3": ("上报年取水量", "reported volume a year", "m3"),
    "permit_number": ("取水许可证编号", "permit number", ""),
}


@dataclass(frozen=True, kw_only=True)
class ClosureReport:
    """What must close, what is to be surveyed first, and why.

    `counties` has a row a county: wells that must close, their reported m³ (and of how many wells
    it is known), wells to survey. `closures` and `survey` have a row a finding; `basis` a row a
    clause with how many wells it closes; `gaps` a county and layer of which nothing is on record.
    """

    title: str
    subtitle: str
    counties: pd.DataFrame
    closures: pd.DataFrame = field(repr=False)
    survey: pd.DataFrame = field(repr=False)
    basis: pd.DataFrame = field(repr=False)
    gaps: pd.DataFrame = field(repr=False)

    def html(self) -> str:
        """The page; it needs no file and no address beside itself."""
        return closure_page.page(self)

    def save(self, path: str | Path) -> Path:
        """Write the report by the suffix of `path`: .xlsx, .html or .pdf; the file written.

        The workbook has a sheet for the counties, one a county, the survey, the legal basis, what
        was not assessed, and the codebook.
        """
        target = Path(path)
        make = {".xlsx": self._xlsx, ".html": self._html, ".pdf": self._pdf}
        made = make.get(target.suffix.lower())
        if made is None:
            raise BadInput(
                f"报告只能写成 {'、'.join(make)}，不是“{target.name}”。",
                f"A report is written as {', '.join(make)}, not {target.name!r}.",
            )
        body = made()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        return target

    def _html(self) -> bytes:
        return self.html().encode()

    def _pdf(self) -> bytes:
        return paper.pdf(self.html())

    def _xlsx(self) -> bytes:
        return as_xlsx.workbook(self._sheets())

    def _sheets(self) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
        yield _sheet("各县 counties", self.counties)
        for row in self.counties.itertuples():
            here = self.closures[self.closures["county"] == row.county]
            if len(here):
                yield _sheet(f"{row.area_code} {row.county}", here)
        yield _sheet("须核查 survey", self.survey)
        yield _sheet("法律依据 basis", self.basis)
        yield _sheet("未评估 not assessed", self.gaps)
        book = [_entry(str(name)) for name in self.closures]
        yield "数据字典 codebook", ["column", "zh", "en", "unit"], book

    def _repr_html_(self) -> str:
        """The page in a frame that runs nothing."""
        return (
            f'<iframe srcdoc="{escape(self.html())}" sandbox="" title="{escape(self.title)}" '
            f'style="width:100%;height:600px;border:1px solid {LINE}"></iframe>'
        )


def closure_report(
    found: gpd.GeoDataFrame,
    register: pd.DataFrame | None = None,
    districts: pd.DataFrame | None = None,
    *,
    not_assessed: pd.DataFrame | None = None,
    title: str = TITLE,
) -> ClosureReport:
    """A closure report of findings about wells (`AuditResult.findings()`), by county.

    `register` (`Client.wells()`) adds owner, place and volume, `districts`
    (`Client.zones("district")`) the names of the counties, `not_assessed` (of the audit) what
    nobody could look at. Nothing that is handed in is changed. Raises `BadInput` for another frame.
    """
    absent = [name for name in _NEEDED if name not in found]
    if absent:
        raise BadInput(
            f"这不是结论清单，缺少列：{'、'.join(absent)}。请用 AuditResult.findings() 的结果。",
            f"This is no frame of findings, columns are missing: {', '.join(absent)}. "
            "Use what AuditResult.findings() gives.",
        )
    names = _names(districts)
    told = _told(found, register, names)
    closures = told[told["flag"] == "close"]
    doubtful = told[told["flag"] == "indeterminate"]
    survey = doubtful[~doubtful["subject_code"].isin(closures["subject_code"])]
    gaps = _gaps(not_assessed, names, found.attrs.get("styles", {}))
    kept = [name for name in _OWN if name in told]
    return ClosureReport(
        title=title,
        subtitle=_subtitle(found.attrs),
        counties=_counties(told, closures, survey),
        closures=closures[kept].reset_index(drop=True),
        survey=survey[kept].reset_index(drop=True),
        basis=_basis(closures),
        gaps=gaps,
    )


def _told(
    found: pd.DataFrame, register: pd.DataFrame | None, names: Mapping[str, str]
) -> pd.DataFrame:
    """Findings about wells with what the register says of them, by county, place and code."""
    wells = pd.DataFrame(found[found["subject"] == "well"])
    if register is not None:
        known = [name for name in REGISTER if name in register]
        own = pd.DataFrame(register[["code", *known]]).rename(columns={"code": "subject_code"})
        wells = wells.drop(columns=known, errors="ignore").merge(own, on="subject_code", how="left")
    code = wells["area_code"].str[:6].fillna("")
    county = [names.get(each, each or "县区不详 unknown") for each in code]
    wells = wells.assign(area_code=code, county=county)
    order = [name for name in ("area_code", "township", "subject_code", "rule") if name in wells]
    return wells.sort_values(order, kind="stable", ignore_index=True)


def _counties(told: pd.DataFrame, closures: pd.DataFrame, survey: pd.DataFrame) -> pd.DataFrame:
    must = closures.drop_duplicates("subject_code")
    by = ["area_code", "county"]
    table = told.drop_duplicates(by)[by].set_index("area_code")
    table["must_close"] = must.groupby("area_code").size()
    if "annual_reported_m3" in must:
        volume_m3 = must.groupby("area_code")["annual_reported_m3"]
        table["annual_reported_m3"], table["volume_known"] = volume_m3.sum(), volume_m3.count()
    table["to_survey"] = survey.groupby("area_code")["subject_code"].nunique()
    counted = [n for n in ("must_close", "volume_known", "to_survey") if n in table]
    return table.fillna(dict.fromkeys(counted, 0)).astype(dict.fromkeys(counted, int)).reset_index()


def _basis(closures: pd.DataFrame) -> pd.DataFrame:
    counted = closures.groupby(_BASIS, sort=False)["subject_code"].nunique().rename("wells")
    return counted.reset_index().sort_values(["instrument_zh", "rule"], ignore_index=True)


def _names(districts: pd.DataFrame | None) -> dict[str, str]:
    if districts is None:
        return {}
    pairs = zip(districts["area_code"], districts["name"], strict=True)
    return {str(code)[:6]: str(name) for code, name in pairs if isinstance(code, str)}


def _gaps(
    told: pd.DataFrame | None, names: Mapping[str, str], styles: Mapping[str, Any]
) -> pd.DataFrame:
    if told is None:
        return pd.DataFrame(columns=["area_code", "county", "layer", "layer_zh", "wells"])
    code = told["area_code"].astype("object").fillna("")
    gaps = told.assign(
        area_code=code,
        county=[names.get(str(each)[:6], str(each)) for each in code],
        layer_zh=[styles.get(each, {}).get("zh", each) for each in told["layer"]],
    )
    return gaps[["area_code", "county", "layer", "layer_zh", "wells"]]


def _subtitle(attrs: Mapping[str, Any]) -> str:
    parts = [attrs.get("title_zh")]
    parts += [f"法律日期 as of {attrs['on']}"] if attrs.get("on") else []
    parts += [f"审计 audit {attrs['run_id']}"] if attrs.get("run_id") else []
    parts += ["示例数据 sample data"] if attrs.get("synthetic") else []
    return " · ".join(str(part) for part in parts if part)


def _sheet(title: str, table: pd.DataFrame) -> tuple[str, list[str], list[list[Any]]]:
    plain = table.astype("object").where(table.notna(), None)
    return title, list(plain.columns), plain.to_numpy().tolist()


def _entry(name: str) -> list[str]:
    own = _WORDS.get(name)
    if own is not None:
        return [name, own.zh, own.en, own.unit or ""]
    return [name, *_MORE.get(name, ("", "", ""))]
