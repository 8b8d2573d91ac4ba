"""What a register's own column says of the coordinate system, row by row."""

import re

import numpy as np
import pandas as pd

from gis_app.intake.problem import Level, Problems, examples
from gis_app.intake.units import bare

HEADERS = (
    "coordinate_system", "coord_system", "crs", "srs", "datum", "坐标系", "坐标系统", "坐标系名称",
    "大地基准", "坐标基准", "坐标类型",
)  # fmt: skip
_KNOWN = (
    ("cgcs2000", r"cgcs\s*2000|国家\s*2000|2000\s*国家|2000坐标|epsg:?4490"),
    ("wgs84", r"wgs\s*-?\s*(19)?84|epsg:?4326"),
    ("xian80", r"(xi'?an|西安)\s*-?_?(19)?80(?!\d)|epsg:?4610"),
    ("beijing54", r"(beijing|北京|bj)\s*-?_?(19)?54(?!\d)|epsg:?4214"),
    ("gcj02", r"gcj|火星|高德|腾讯|谷歌"),
    ("bd09", r"bd\s*-?09|百度"),
)
NAMES = {
    "xian80": ("西安80", "Xi'an 1980"),
    "beijing54": ("北京54", "Beijing 1954"),
    "gcj02": ("火星坐标（GCJ-02）", "GCJ-02"),
    "bd09": ("百度坐标（BD-09）", "BD-09"),
    "cgcs2000": ("CGCS2000", "CGCS2000"),
    "wgs84": ("WGS 84", "WGS 84"),
}
SOUND = {"cgcs2000", "wgs84"}
_NUMBERED = re.compile(r"^(.*?)(\d+)(\D*)$")


def classify(label: str) -> str:
    """The system a label names: a key of `NAMES`, or "unknown"."""
    text = label.strip().lower()
    return next((key for key, pattern in _KNOWN if re.search(pattern, text)), "unknown")


def find(headers: list[str]) -> str | None:
    """The header of the label column, if there is one."""
    wanted = {bare(h) for h in HEADERS}
    return next((h for h in headers if bare(h) in wanted), None)


def report(column: pd.Series, told: bool, problems: Problems) -> pd.Series:
    """The system of each row (NA where blank); faults are refused, or warned of if `told`.

    `told`: the user named the coordinate system himself.
    """
    labels = column.str.strip()
    labels = labels.mask(labels == "")
    kinds = labels.map(classify, na_action="ignore")
    level: Level = "warn" if told else "refuse"
    header = str(column.name)
    dragged = drag_filled(labels)
    series = examples(labels[dragged]), examples(labels[dragged], between=", ")
    problems.add_rows(
        ("crs_label_drag_filled", level),
        (
            f"坐标系一栏被下拉填充成递增序列（{series[0]}），不可信",
            f"The coordinate system was drag-filled into a series ({series[1]}) "
            "and cannot be trusted",
        ),
        column.index[dragged],
        column=header,
        value=labels[dragged].to_numpy(),
    )
    for kind in sorted(set(kinds.dropna()) - SOUND):
        rows = (kinds == kind) & ~(dragged & (kind == "unknown"))
        problems.add_rows(
            (_code(kind), level), _words(kind), column.index[rows],
            column=header, value=labels[rows].to_numpy(),
        )  # fmt: skip
    if labels.nunique() > 1:
        problems.add(
            "crs_labels_disagree",
            "warn",
            f"列“{header}”中各行的坐标系不一：{examples(labels.dropna(), 8)}",
            f"The rows of {header!r} name different coordinate systems: "
            f"{examples(labels.dropna(), 8, ', ')}",
            column=header,
        )
    return kinds


def _code(kind: str) -> str:
    if kind in {"gcj02", "bd09"}:
        return "offset_coordinates"
    return "crs_label_unknown" if kind == "unknown" else "legacy_datum"


def _words(kind: str) -> tuple[str, str]:
    if kind == "unknown":
        return (
            "坐标系名称读不懂，请用 --crs 指明",
            "The coordinate system is not known: name it with --crs",
        )
    zh, en = NAMES[kind]
    if kind in {"gcj02", "bd09"}:
        return (
            f"坐标为{zh}，是加密偏移坐标，偏差 500 米以上，须取得原始坐标",
            f"The coordinates are {en}, shifted on purpose by 500 m and more: get the original",
        )
    return (
        f"坐标标为{zh}，到 CGCS2000 没有公开的精确转换（直接使用会偏数十至百余米）；请先转换，"
        "或用 --crs 给出带 +towgs84 的参数",
        f"The coordinates are labelled {en}: there is no published exact transformation to "
        "CGCS2000 (tens of metres to over a hundred wrong). Have them converted, or give "
        "+towgs84 parameters as --crs",
    )


def drag_filled(labels: pd.Series) -> pd.Series:
    """Which labels belong to a run of three rows or more whose last number goes up by one."""
    parts = labels.str.extract(_NUMBERED)
    number = pd.to_numeric(parts[1], errors="coerce")
    stem = parts[0].fillna("") + "\0" + parts[2].fillna("")
    step = (number.diff() == 1) & (stem == stem.shift()) & number.notna()
    run = (~step).cumsum()
    length = step.groupby(run).transform("sum") + 1
    return pd.Series(np.asarray(length >= 3), index=labels.index) & number.notna()
