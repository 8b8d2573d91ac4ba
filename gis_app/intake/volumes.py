"""Volumes ten thousand times too large or too small: 立方米 taken for 万立方米, or the reverse.

A volume is held against every other one known of the same well, permit or unit: those registered,
and those of the file itself. Nothing is changed: what it looks like is said.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from gis_app.intake import units
from gis_app.intake.match import Matched
from gis_app.intake.problem import Problems
from gis_app.layer import Collection, Field, Layer, Register
from gis_app.store import checks

_WAN = 1e4
_NEAR = 0.01
_BUCKET = np.log(1 + 2 * _NEAR)  # wider than what counts as near: a match lies in it or beside it
_ALIKE_DAYS = 2.0  # readings are compared with readings of the same length, within this factor
_SMALL_YEAR_M3, _LARGE_YEAR_M3 = 100.0, 10_000.0
_YEAR_DAYS = 365.0
_LEAST_M3, _MOST_M3 = 1e-6, 1e15  # beyond these nobody has measured anything
_SOURCES = {
    "well": ("在册井的年水量", "a yearly volume of the well register"),
    "withdrawal": ("登记的取水量", "a registered withdrawal"),
    "permit": ("许可水量", "the volume of a permit"),
    "permit_purpose": ("许可用途水量", "the volume of a permitted purpose"),
    "unit_year": ("单元年度指标", "a yearly figure of the unit"),
    "management_unit": ("管理单元指标", "the quota of the management unit"),
    "file": ("本文件中的另一水量", "another volume of this file"),
}


def check(
    conn: Connection, matched: Matched, collection: Layer | Register, problems: Problems
) -> None:
    """Warn of volumes, and of columns of volumes, that look as if they were in another unit."""
    told = _told(matched, collection)
    if told.empty:
        return
    known = _registered(conn, told)
    _report_ten_thousandfold(told, known, matched, collection, problems)
    if isinstance(collection, Register):
        for field in _fields(collection):
            _report_small(told[told["field"] == field.name], known, field, matched, problems)


def _fields(collection: Collection) -> list[Field]:
    """The fields that hold a volume: a year's, or that of the days from_on to to_on (`m3`)."""
    return [f for f in collection.fields if f.unit == "m3" and "_per_" not in f.name]


def _told(matched: Matched, collection: Layer | Register) -> pd.DataFrame:
    """The positive volumes of the file: row, field, kind, object, m3, days (NaN: a year's)."""
    values, parts = matched.values, []
    for kind, objects in _objects(values, collection).items():
        for field in _fields(collection):
            if field.name in values:
                m3 = pd.to_numeric(values[field.name]).astype("float64")
                days = _days(values) if field.name == "m3" else np.nan
                parts.append(
                    pd.DataFrame(
                        {"row": values.index, "field": field.name, "kind": kind,
                         "object": objects, "m3": m3, "days": days}
                    )
                )  # fmt: skip
    columns = ["row", "field", "kind", "object", "m3", "days"]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return found[found["object"].notna() & found["m3"].between(_LEAST_M3, _MOST_M3)]


def _objects(values: pd.DataFrame, collection: Layer | Register) -> dict[str, pd.Series]:
    """What the volumes of each row are of: a well, a permit, a unit (and its sector)."""
    found = {}
    if isinstance(collection, Register):
        names = {"well": collection.well_field, "permit": collection.permit_field}
        if collection.field_named("unit_code") and {"unit_code", "sector"} <= set(values):
            found["unit"] = values["unit_code"].str.cat(values["sector"].astype("str"), sep=" ")
    else:
        names = {"well": "code", "permit": "permit_number"} if collection.id == "well" else {}
    return found | {kind: values[name] for kind, name in names.items() if name in values}


def _days(values: pd.DataFrame) -> pd.Series | float:
    """How many days each row covers, first and last included; NaN where they are not told."""
    if not {"from_on", "to_on"} <= set(values):
        return np.nan
    first, last = (pd.to_datetime(values[name]) for name in ("from_on", "to_on"))
    return (last - first).dt.days + 1.0


def _registered(conn: Connection, told: pd.DataFrame) -> pd.DataFrame:
    """The volumes known of the same things: kind, object, m3, days, source."""
    named = {kind: group["object"].unique() for kind, group in told.groupby("kind")}
    units_asked = sorted({o.rpartition(" ")[0] for o in named.get("unit", ())})
    found = checks.volumes(
        conn, list(named.get("well", ())), list(named.get("permit", ())), units_asked
    )
    frame = pd.DataFrame(found, columns=["kind", "object", "m3", "days", "source"])
    return frame.astype({"m3": "float64", "days": "float64"})


@dataclass(frozen=True)
class _Scale:
    """Which of two volumes is the larger, in words."""

    times: float
    zh: str
    en: str


_SCALES = (
    _Scale(_WAN, "万分之一", "a ten-thousandth of"),
    _Scale(1 / _WAN, "一万倍", "ten thousand times"),
)


def _report_ten_thousandfold(
    told: pd.DataFrame,
    known: pd.DataFrame,
    matched: Matched,
    collection: Collection,
    problems: Problems,
) -> None:
    everything = pd.concat([known, told.assign(source="file")], ignore_index=True)
    sizes = everything.groupby(["kind", "object"])["m3"]
    wide = (sizes.transform("max") / sizes.transform("min")) >= _WAN * (1 - 2 * _NEAR)
    everything = everything[wide].drop_duplicates(["kind", "object", "m3", "days"])
    if everything.empty:
        return
    for scale in _SCALES:
        pairs = _pairs(told, everything, scale.times)
        for (field, source), rows in pairs.groupby(["field", "source"]):
            zh, en = _SOURCES[str(source)]
            named = collection.field_named(str(field))
            m3 = list(zip(rows["m3"], rows["m3_known"], strict=True))
            problems.add_rows(
                ("volume_ten_thousandfold", "warn"),
                (
                    [f"{v:,.10g} 立方米约为{zh} {k:,.10g} 立方米的{scale.zh}：是否混淆了立方米与"
                     "万立方米？请在表头或数值中写明单位" for v, k in m3],
                    [f"{v:,.10g} m³ is about {scale.en} {en}, {k:,.10g} m³: was m³ taken for 万m³? "
                     "Write the unit in the header or with the number" for v, k in m3],
                ),
                rows["row"].to_numpy(),
                column=matched.columns.get(str(field), named.zh if named else None),
                value=[f"{v:.10g}" for v, _ in m3],
            )  # fmt: skip


def _pairs(told: pd.DataFrame, known: pd.DataFrame, times: float) -> pd.DataFrame:
    """For each told volume, the first known one that is `times` as large, within one per cent."""
    known = known.assign(bucket=np.floor(np.log(known["m3"]) / _BUCKET))
    middle = np.floor(np.log(told["m3"] * times) / _BUCKET)
    beside = pd.concat([told.assign(bucket=middle + step) for step in (-1, 0, 1)])
    found = beside.merge(known, on=["kind", "object", "bucket"], suffixes=("", "_known"))
    near = (found["m3"] * times / found["m3_known"] - 1).abs() <= _NEAR
    length = found["days"] / found["days_known"]
    alike = length.isna() | length.between(1 / _ALIKE_DAYS, _ALIKE_DAYS)
    return found[near & alike].drop_duplicates(["row", "field"])


def _report_small(
    told: pd.DataFrame, known: pd.DataFrame, field: Field, matched: Matched, problems: Problems
) -> None:
    """A column without a unit whose volumes a year are small, where the registered are large."""
    header = matched.columns.get(field.name)
    named = known.merge(told[["kind", "object"]].drop_duplicates(), on=["kind", "object"])
    if header is None or told.empty or named.empty or _says_unit(header):
        return
    median, registered = (float(_a_year(frame).median()) for frame in (told, named))
    if not (median < _SMALL_YEAR_M3 and registered > _LARGE_YEAR_M3):
        return
    problems.add(
        "volume_looks_wan",
        "warn",
        f"列“{header}”没有写单位，中位数合 {median:g} 立方米/年，而这些对象在册水量的中位数为 "
        f"{registered:,.0f} 立方米/年，像是以万立方米计。若是，请把表头改为“{header}（万立方米）”",
        f"Column {header!r} names no unit and has a median of {median:g} m³ a year, while the "
        f"volumes registered for the same things have one of {registered:,.0f} m³: is it in 万m³ "
        "(10,000 m³)? If so, say so in the header.",
        column=header,
    )


def _says_unit(header: str) -> bool:
    name, unit = units.split(header)
    return unit is not None or name.endswith("m3")


def _a_year(volumes: pd.DataFrame) -> pd.Series:
    """Cubic metres a year."""
    return volumes["m3"] * _YEAR_DAYS / volumes["days"].fillna(_YEAR_DAYS)
