"""The same wells asked of the service and of an audit of files: what each says, to be compared."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, text

from gis_app import offline, registers, registry
from gis_app.layer import ZONE_FIELDS
from gis_app.report.told import finding
from gis_app.rules.engine import looked_at
from gis_app.store import audits, flags, histories, unrecorded
from gis_app.store.facts import Asked
from layers.well import LAYER as WELL

LAW = registry.load()
_WORDS = [
    "answer", "verdict", "tier", "instrument", "number", "clause", "quote", "layer", "zone_id",
    "zone_version", "zone_name", "exemption", "sentence_zh", "sentence_en", "missing_zh",
]  # fmt: skip
_ZONE = ["zone_id", "version", "layer", *(f.name for f in ZONE_FIELDS)]


def files(conn: Connection) -> dict[str, Any]:
    """All that the database holds, as the frames an audit of files takes."""
    own = ", ".join(f"w.{f.name}" for f in WELL.fields if f.name not in ("owner", "owner_uscc"))
    wells = gpd.read_postgis(
        text(
            f"select {own}, p.name as owner, p.uscc as owner_uscc, w.geom from gis.well w"
            " left join gis.party p on p.party_id = w.owner_id order by w.well_id"
        ),
        conn,
    )
    names = ", ".join(f'"{name}"' for name in _ZONE)
    zones = gpd.read_postgis(text(f"select {names}, geom from gis.zone order by zone_id"), conn)
    told = {each.id: _records(conn, each.id) for each in registers.ALL if each.geometry == "none"}
    told |= {name: _history(conn, name) for name in histories.HISTORIES}
    return {"wells": wells, "zones": zones, "registers": told}


def _records(conn: Connection, register: str) -> pd.DataFrame:
    return _rows(conn, f"select * from gis.{register} order by {register}_id")


def _history(conn: Connection, name: str) -> pd.DataFrame:
    """One that is exported for audits of files, as it is exported."""
    exported = histories.table(conn, name)
    return pa.Table.from_batches(exported.batches, exported.schema()).to_pandas()


def _rows(conn: Connection, query: str) -> pd.DataFrame:
    found = conn.execute(text(query))
    return pd.DataFrame(found.mappings().all(), columns=list(found.keys()), dtype=object)


def service(conn: Connection, on: date, *, anywhere: bool = False) -> dict[str, Any]:
    """What the service says of all wells on a day: findings in its words, and its gaps."""
    rules = LAW.rules_on(on, subject="well")
    audits.answer(conn, rules, Asked(on), anywhere=anywhere)
    rows = [{**row, "subject": "well"} for row in audits.decided(conn, rules)]
    looked = looked_at(rules, anywhere=anywhere)
    told = {(row["subject_code"], row["rule"]): _plain(finding(row, LAW)) for row in rows}
    return {
        "findings": told,
        "edges": {key: (each["edge_m"], each["tolerance_m"]) for key, each in told.items()},
        "flags": flags.count(conn),
        "not_assessed": {tuple(r.values()) for r in audits.not_assessed(conn, looked, on)},
        "unrecorded": {tuple(r.values()) for r in unrecorded.counts(conn)},
    }


def offline_says(audit: offline.Audit) -> dict[str, Any]:
    """The same of an audit of files."""
    rows = audit.findings().astype(object)
    told = {
        (row["subject_code"], row["rule"]): _plain(row)
        for row in rows.where(rows.notna(), None).to_dict("records")
    }
    return {
        "findings": told,
        "edges": {key: (each["edge_m"], each["tolerance_m"]) for key, each in told.items()},
        "flags": audit.wells_by_flag,
        "not_assessed": _set(audit.not_assessed),
        "unrecorded": _set(audit.unrecorded),
    }


def _set(table: pd.DataFrame) -> set[Any]:
    plain = table.astype(object).where(table.notna(), None)
    return set(plain.itertuples(index=False, name=None))


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    out = row["exemption"]
    missing = row["missing"]
    names = missing if isinstance(missing, str) else ";".join(m["name"] for m in missing)
    zh = row.get("missing_zh", None)
    if zh is None:
        zh = "；".join(m["zh"] for m in missing)
    return {
        **{name: row.get(name) for name in _WORDS},
        "exemption": out["id"] if isinstance(out, Mapping) else out,
        "missing": names,
        "missing_zh": zh,
        "edge_m": row["edge_m"],
        "tolerance_m": row["tolerance_m"],
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[Any]:
    """Where two say something else; distances may differ by what is no tenth of a millimetre."""
    found: list[Any] = []
    for key in sorted(one["findings"].keys() | other["findings"].keys()):
        mine, theirs = (dict(each["findings"].get(key, {})) for each in (one, other))
        for name in ("edge_m", "tolerance_m"):
            a, b = mine.pop(name, None), theirs.pop(name, None)
            if (a is None) != (b is None) or (a is not None and abs(a - b) > 1e-4):
                found.append((key, name, a, b))
        if mine != theirs:
            changed = {n: (mine.get(n), theirs.get(n)) for n in mine | theirs
                       if mine.get(n) != theirs.get(n)}  # fmt: skip
            found.append((key, changed))
    for name in ("flags", "not_assessed", "unrecorded"):
        if one[name] != other[name]:
            found.append((name, one[name], other[name]))
    return found
