"""What tells one row from another: in the file, and among what is registered."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from gis_app.intake import stage
from gis_app.intake.match import Matched, key_of
from gis_app.intake.problem import Level, Problems
from gis_app.layer import Layer, Register
from gis_app.store import records, seen, staging

BLANK = "（空）"


def known_rows(
    conn: Connection,
    matched: Matched,
    collection: Layer | Register,
    problems: Problems,
    *,
    update: bool,
) -> pd.Series:
    """Which rows refresh what is registered already; without `update` those are refused.

    Zones are only warned of: another zone may bear the same code.
    """
    known = pd.Series(False, index=matched.values.index)
    found = _registered(conn, matched, collection)
    if collection.geometry != "polygon":
        known[sorted(found)] = update
    if not update:
        _report_registered(matched, collection, found, problems)
    return known


def last_changes(
    conn: Connection, matched: Matched, collection: Layer | Register
) -> Mapping[int, int]:
    """The newest change of what a row refreshes, by row; none for what is new."""
    staged = pa.table(stage.key_columns(matched, collection))
    return {row["row_no"]: row["change_id"] for row in seen.changed(conn, collection, staged)}


def _registered(
    conn: Connection, matched: Matched, collection: Layer | Register
) -> dict[int, str | None]:
    """The rows whose key is registered, with the name of what bears it."""
    if isinstance(collection, Register):
        staged = pa.table(stage.key_columns(matched, collection))
        return dict.fromkeys(records.known(conn, collection, staged))
    if "code" not in matched.values:
        return {}
    codes = matched.values["code"].dropna().astype("str")
    staging.stage_codes(
        conn, pa.table({"row_no": pa.array(codes.index), "code": pa.array(codes, from_pandas=True)})
    )
    if collection.geometry == "point":
        return staging.known_wells(conn)
    return dict(staging.known_zones(conn, collection.id))


def _report_registered(
    matched: Matched,
    collection: Layer | Register,
    found: dict[int, str | None],
    problems: Problems,
) -> None:
    zones = collection.geometry == "polygon"
    refused = set() if zones else problems.refused_rows()
    rows = sorted(set(found) - refused)
    keys = _shown(_parts(matched, collection).loc[rows])
    told_zh, told_en = _named(keys, collection)
    names = [found[r] for r in rows]
    if isinstance(collection, Layer):
        zh = ["已在册" + (f"（{name}）" if name else "") for name in names]
        en = [" is registered already" + (f" ({name})" if name else "") for name in names]
    else:
        zh, en = ["已登记"] * len(rows), [" is registered already"] * len(rows)
    way_zh, way_en = (
        ("", "") if zones else ("；更新用 --update code", "; refresh with --update code")
    )
    problems.add_rows(
        ("already_registered", "warn" if zones else "refuse"),
        (
            [f"{a}{b}{way_zh}" for a, b in zip(told_zh, zh, strict=True)],
            [f"{a}{b}{way_en}" for a, b in zip(told_en, en, strict=True)],
        ),
        rows,
        column=matched.columns.get(key_of(collection)[0]),
        value=keys.to_numpy(),
    )


def report_duplicates(matched: Matched, collection: Layer | Register, problems: Problems) -> None:
    """Keys that occur more than once in the file: refused, and for zones warned of."""
    keys = _parts(matched, collection)
    there = keys[_needed(collection)].notna().all(axis=1)
    again = there & keys.where(keys.notna(), None).duplicated(keep=False)
    texts = _shown(keys[again])
    times = texts.map(texts.value_counts())
    told_zh, told_en = _named(texts, collection)
    level: Level = "warn" if collection.geometry == "polygon" else "refuse"
    problems.add_rows(
        ("duplicate_in_file", level),
        (
            [f"{t}在本文件出现 {n} 次" for t, n in zip(told_zh, times, strict=True)],
            [f"{t} occurs {n} times" for t, n in zip(told_en, times, strict=True)],
        ),
        texts.index,
        column=matched.columns.get(key_of(collection)[0]),
        value=texts.to_numpy(),
    )


def labels(matched: Matched, collection: Layer | Register, problems: Problems) -> pd.Series:
    """What a person calls each row that has a problem.

    A record by its key, a well by its code, a zone by its name.
    """
    rows = matched.values.index.intersection(pd.Index(problems.frame()["row"].dropna().unique()))
    if isinstance(collection, Register):
        parts = _parts(matched, collection).loc[rows].map(_text)
        label = pd.Series("", index=rows, dtype=object)
        for name in parts:
            label += parts[name].where(parts[name] == "", " " + parts[name])
        label = label.str.strip().astype(object)
        return label.where(label != "", None)
    first, second = ("code", "name") if collection.geometry == "point" else ("name", "code")
    nothing = pd.Series(None, index=matched.values.index, dtype=object)
    one, other = (matched.values.get(n, nothing).astype(object).loc[rows] for n in (first, second))
    label = one.where(one.notna(), other)
    return label.where(label.notna(), None)


def _shown(parts: pd.DataFrame) -> pd.Series:
    """Keys as texts; a blank part is said to be blank."""
    texts = parts.map(lambda value: _text(value) or BLANK).astype(object)
    first, *others = texts.columns
    return texts[first].str.cat(texts[others], sep="、") if others else texts[first]


def _parts(matched: Matched, collection: Layer | Register) -> pd.DataFrame:
    nothing = pd.Series(None, index=matched.values.index, dtype=object)
    parts = {n: matched.values.get(n, nothing).astype(object) for n in key_of(collection)}
    return pd.DataFrame(parts, index=matched.values.index)


def _needed(collection: Layer | Register) -> list[str]:
    """The parts of a key without which a row has none."""
    fields = [collection.field_named(name) for name in key_of(collection)]
    return [f.name for f in fields if f is not None and (f.required or f.name == "code")]


def _named(keys: pd.Series, collection: Layer | Register) -> tuple[list[str], list[str]]:
    """Keys as the subject of a sentence, in Chinese and English."""
    texts = keys.tolist()
    if key_of(collection) == ("code",):
        return [f"编号“{t}”" for t in texts], [f"The code {t!r}" for t in texts]
    fields = [f for n in key_of(collection) if (f := collection.field_named(n)) is not None]
    zh, en = "、".join(f.zh for f in fields), ", ".join(f.en for f in fields)
    said = [t.replace("、", ", ").replace(BLANK, "(blank)") for t in texts]
    return [f"“{t}”（{zh}）" for t in texts], [f"{t!r} ({en})" for t in said]


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}" if value == value else ""  # noqa: PLR0124
    return "" if value is None else str(value)
