"""One application as typed or sent: its members read and checked, its place made a shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from gis_app import days
from gis_app.errors import BadInput, UnreadableFile
from gis_app.intake.values import parser_of
from gis_app.layer import Field
from gis_app.registers.projects import APPLICATION

# the office's own entries: nobody asks with them
_OFFICE = {"code", "name", "applicant", "applied_on", "decided_on", "area_code", "remark"}
FIELDS: dict[str, Field] = {f.name: f for f in APPLICATION.fields if f.name not in _OFFICE}
DAY = Field(name="on", zh="日期", en="day", kind="date")
ACCURACY_M = 10.0  # of a place typed or drawn, where nothing else is said
SHAPES = ("Point", "Polygon", "MultiPolygon")
_LONGEST_TEXT, _MOST_VERTICES, _WIDEST_DEG = 200, 10_000, 0.5


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a place (EPSG:4490), fields of the register of applications, a day.

    `facts` holds what was given, choices by their keys, and `position_accuracy_m`. No day: today.
    """

    shape: BaseGeometry
    facts: Mapping[str, Any]
    on: date | None = None

    @property
    def parcel(self) -> bool:
        """Whether the well may stand anywhere in an area."""
        return self.shape.geom_type != "Point"


def read(members: Mapping[str, Any]) -> Wanted:
    """What is asked for by `geometry` (GeoJSON), `on` and fields of the register by their names.

    Values may be typed or texts (an office's words are understood). Raises `BadInput` that names
    the member and what it takes.
    """
    known = ("geometry", *FIELDS, DAY.name)
    unknown = [_shown(name) for name in members if name not in known]
    if unknown:
        raise BadInput(
            f"没有“{'、'.join(unknown)}”这一项。可用：{'、'.join(known)}。",
            f"Unknown member: {', '.join(unknown)}. Known: {', '.join(known)}.",
        )
    shape = place(members.get("geometry"))
    facts = {name: _value(FIELDS[name], members[name]) for name in FIELDS if name in members}
    given = {name: value for name, value in facts.items() if value is not None}
    if "kind" not in given:
        raise _not_listed(FIELDS["kind"], "缺少申请类型 kind", "The kind of application is missing")
    given.setdefault("position_accuracy_m", ACCURACY_M)
    return Wanted(shape, given, _day(members.get("on")))


def place(geometry: object) -> BaseGeometry:
    """The shape of a GeoJSON Point, Polygon or MultiPolygon (longitude, latitude; EPSG:4490)."""
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if not isinstance(geometry, Mapping) or kind not in SHAPES:
        raise _no_place(f"type 应为 {'、'.join(SHAPES)}", f"its type is one of {', '.join(SHAPES)}")
    _check_crs(geometry.get("crs"))
    try:
        text = orjson.dumps({"type": kind, "coordinates": geometry.get("coordinates")})
        shape = shapely.force_2d(shapely.from_geojson(text))
    except (shapely.errors.GEOSException, orjson.JSONEncodeError):
        raise _no_place(
            "coordinates 读不懂：点为 [经度, 纬度]，面的每一圈首尾相接",
            "its coordinates cannot be read: a point is [longitude, latitude], a ring is closed",
        ) from None
    _check_ground(shape)
    return shape


def parcel_in(path: Path) -> Mapping[str, Any]:
    """The one geometry of a GeoJSON file. Raises `UnreadableFile` or `BadInput`."""
    try:
        found = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise UnreadableFile(
            f"读不了 GeoJSON 文件 {path}：{error}", f"Cannot read the GeoJSON file {path}: {error}"
        ) from error
    crs = found.get("crs") if isinstance(found, dict) else None
    if isinstance(found, dict) and isinstance(found.get("features"), list):
        if len(found["features"]) != 1:
            raise BadInput(
                f"{path} 有 {len(found['features'])} 个要素；预审一次只问一处。",
                f"{path} has {len(found['features'])} features; a pre-check asks about one place.",
            )
        found = found["features"][0]
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    return {**found, "crs": found.get("crs", crs)} if isinstance(found, dict) else {}


def _check_crs(crs: object) -> None:
    """Old GeoJSON may name another system: only longitude and latitude are taken."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    named = str(properties.get("name")) if isinstance(properties, Mapping) else ""
    if not named.endswith(("CRS84", "4326", "4490")):
        raise _no_place(
            f"坐标系应为 CGCS2000 或 WGS 84 经纬度，不是“{_shown(named)}”",
            f"it is in longitude and latitude (CGCS2000, WGS 84), not {_shown(named)!r}",
        )


def _check_ground(shape: BaseGeometry) -> None:
    if shape.is_empty:
        raise _no_place("它是空的", "it is empty")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -85 <= south <= north <= 85):
        raise _no_place("坐标不在地球上，先经度后纬度", "it is not on Earth; longitude comes first")
    if not shape.is_valid:
        why = shapely.is_valid_reason(shape)
        raise _no_place(f"边界自相交或重叠（{why}）", f"its boundary crosses itself ({why})")
    if max(east - west, north - south) > _WIDEST_DEG:
        raise _no_place(
            f"地块不得宽于 {_WIDEST_DEG}°（约 50 公里）",
            f"a parcel is no wider than {_WIDEST_DEG}° (some 50 km)",
        )
    if shapely.get_num_coordinates(shape) > _MOST_VERTICES:
        raise _no_place(
            f"地块不得多于 {_MOST_VERTICES} 个拐点", f"a parcel has at most {_MOST_VERTICES} points"
        )


def _no_place(zh: str, en: str) -> BadInput:
    return BadInput(
        f"geometry 不是可以预审的地点：{zh}。", f"geometry is no place to pre-check: {en}."
    )


def _value(field: Field, given: object) -> Any:
    """A member's value; None where it is given as unknown."""
    if given is None or (field.kind == "boolean" and isinstance(given, bool)):
        return given
    if isinstance(given, str):
        return _checked(field, _text_value(field, given))
    if field.kind == "number" and isinstance(given, int | float) and not isinstance(given, bool):
        return _checked(field, given)
    raise _not_taken(field, given)


def _text_value(field: Field, given: str) -> Any:
    if not given.isprintable() or len(given) > _LONGEST_TEXT:
        raise _not_taken(field, given)
    reading = parser_of(field)(given)
    if reading.level != "info":
        raise _not_taken(field, given)
    return reading.value


def _checked(field: Field, value: Any) -> Any:
    if field.kind != "number" or value is None:
        return value
    low = -1e15 if field.minimum is None else field.minimum
    high = 1e15 if field.maximum is None else field.maximum
    if not low <= value <= high or not isfinite(value):
        raise BadInput(
            f"{field.name}（{field.zh}）应在 {low:g} 与 {high:g} 之间，不是 {value:g}。",
            f"{field.name} ({field.en}) lies between {low:g} and {high:g}; {value:g} does not.",
        )
    return float(value)


def _not_taken(field: Field, given: object) -> BadInput:
    shown = _shown(str(given))
    zh, en = f"{field.name} 没有取值“{shown}”", f"{field.name} has no value {shown!r}"
    if field.kind == "choice":
        return _not_listed(field, zh, en)
    takes = {
        "boolean": ("是或否（yes、no）", "yes or no (是, 否)"),
        "number": ("一个数", "a number"),
        "date": (
            f"如 2024-06-30 的日期，在 {days.FIRST} 与 {days.LAST} 之间",
            f"a day like 2024-06-30, between {days.FIRST} and {days.LAST}",
        ),
    }.get(field.kind, ("一行文字", "one line of text"))
    return BadInput(f"{zh}：{field.zh}应为{takes[0]}。", f"{en}: {field.en} is {takes[1]}.")


def _not_listed(field: Field, zh: str, en: str) -> BadInput:
    return BadInput(
        f"{zh}。可取：{'、'.join(f'{key}（{c.zh}）' for key, c in field.choices.items())}。",
        f"{en}. It takes: {', '.join(f'{key} ({c.en})' for key, c in field.choices.items())}.",
    )


def _day(given: object) -> date | None:
    if given is None or isinstance(given, date):
        day = given
    elif isinstance(given, str):
        day = _text_value(DAY, given)
    else:
        raise _not_taken(DAY, given)
    return None if day is None else days.within(day)


def _shown(text: str) -> str:
    """A text as it may stand in an answer: short, and nothing unprintable."""
    short = text if len(text) <= 60 else text[:60] + "…"
    return short if short.isprintable() else ascii(short)
