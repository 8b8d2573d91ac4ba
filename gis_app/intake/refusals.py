"""What was refused, handed back: as problems, and as a file with reasons."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from sqlalchemy import Connection, RowMapping

from gis_app.errors import BadInput, Conflict, Refused
from gis_app.export import Table, as_csv, as_xlsx
from gis_app.field import Field, Kind
from gis_app.intake.problem import Problem, examples
from gis_app.layer import Register
from gis_app.registry import Registry
from gis_app.store import batches

_SHOWN = 20


def problem_of(row: RowMapping) -> Problem:
    """The problem in a row of gis.batch_problem."""
    return Problem(
        code=row["code"],
        level=row["level"],
        zh=row["zh"],
        en=row["en"],
        row=row["row_no"],
        column=row["column_name"],
        value=row["value"],
        label=row["label"],
    )


def some(conn: Connection, batch_id: int, *, whole: bool = False) -> list[Problem]:
    """The first refusals of a batch; with `whole`, those of the file itself."""
    found = [problem_of(row) for row in batches.problems(conn, batch_id, limit=10_000)]
    refused = [p for p in found if p.level == "refuse" and (p.row is None or not whole)]
    return refused[:_SHOWN]


def refuse_changed(changed: Sequence[Mapping[str, Any]]) -> None:
    """Raise `Conflict` naming what a batch would refresh and others have changed since."""
    if not changed:
        return
    labels = examples((c["label"] for c in changed), 10)
    who = examples((c["actor"] for c in changed), 10)
    raise Conflict(
        f"预览之后有 {len(changed)} 条记录被 {who} 改动（{labels}），未写入任何内容。"
        "请重新预览该文件。",
        f"{len(changed)} rows were changed since the preview by {who} ({labels}); nothing was "
        "written. Preview the file again.",
    )


def refuse_undo(
    changed: Sequence[Mapping[str, Any]],
    held: Sequence[Mapping[str, Any]],
    registry: Registry,
    batch_id: int,
) -> None:
    """Raise `Refused` naming what others have changed since a batch, and the wells it brought that
    registers speak of; each such row is one of its problems.
    """
    if not (changed or held):
        return
    names = [(registry.registers[h["register"]], h) for h in held]
    zh, en = [], []
    if changed:
        labels = examples((c["label"] for c in changed), 10)
        who = examples((c["actor"] for c in changed), 3)
        count = len({c["label"] for c in changed})
        zh.append(f"导入之后有 {count} 条记录被 {who} 改动（{labels}），不能整批撤销。")
        en.append(
            f"{count} rows were changed since by {who} ({labels}): "
            "the batch cannot be undone whole."
        )
    if held:
        spoken = "、".join(f"{r.zh} {h['rows']} 条（如 {h['wells'][0]}）" for r, h in names)
        zh.append(f"登记册中有记录属于这批井：{spoken}。可先撤销那些记录的导入批次。")
        spoken = ", ".join(f"{h['rows']} rows of {r.id} (as of {h['wells'][0]})" for r, h in names)
        en.append(
            f"Registers speak of these wells: {spoken}. The batches of those records may be undone "
            "first."
        )
    zh.append(
        f"保留这些记录、只撤销其余：gis-app undo {batch_id} --keep-changed（接口 keep_changed）。"
    )
    en.append(
        f"Keep these and undo the rest: gis-app undo {batch_id} --keep-changed "
        "(keep_changed over HTTP)."
    )
    raise Refused("".join(zh), " ".join(en), _staying(changed, names))


def _staying(
    changed: Sequence[Mapping[str, Any]], held: Sequence[tuple[Register, Mapping[str, Any]]]
) -> list[Problem]:
    """Each row that stands in the way of an undo, once for each reason."""
    by = {(c["label"], c["actor"]): None for c in changed}
    found = [
        Problem("changed_since", "refuse", f"{label}：{actor} 改动", f"{label}: changed by {actor}",
                label=label)
        for label, actor in by
    ]  # fmt: skip
    found += [
        Problem("spoken_of", "refuse", f"{well}：{register.zh}有其记录",
                f"{well}: in {register.en}", label=well)
        for register, each in held
        for well in each["wells"]
    ]  # fmt: skip
    return found


def write(staged: Path, out: Path) -> int:
    """Write the refused rows kept at `staged` to a .csv, .xlsx or .gpkg; how many."""
    writer = {".csv": _csv, ".xlsx": _xlsx, ".gpkg": _gpkg}.get(out.suffix.lower())
    if writer is None:
        raise BadInput(
            f"被拒绝的行不能写成“{out.suffix}”，请用 .csv、.xlsx 或 .gpkg。",
            f"Refused rows cannot be written as {out.suffix!r}: use .csv, .xlsx or .gpkg.",
        )
    frame = pd.read_parquet(staged) if staged.exists() else pd.DataFrame({"reason": []})
    shapes = None
    if "__geometry__" in frame:
        crs = frame.pop("__crs__").iloc[0]
        wkb = frame.pop("__geometry__").to_numpy()
        shapes = geopandas.GeoSeries(shapely.from_wkb(wkb, on_invalid="ignore"), crs=crs)
    writer(frame, shapes, out)
    return len(frame)


def _flat(frame: pd.DataFrame, shapes: Any) -> pa.Table:
    """The rows as Arrow: places as WKT, whole numbers and texts as they are."""
    placed = {} if shapes is None else {"WKT": shapes.to_wkt(rounding_precision=9)}
    return pa.Table.from_pandas(frame.assign(**placed), preserve_index=False)


def _csv(frame: pd.DataFrame, shapes: Any, out: Path) -> None:
    flat = _flat(frame, shapes)
    fields = []
    for each in flat.schema:
        kind: Kind = "integer" if pa.types.is_integer(each.type) else "text"
        fields.append(Field(name=as_csv.marked(each.name), zh=each.name, en=each.name, kind=kind))
    empty = Table(name="refused", zh="被拒绝的行", en="refused rows", fields=tuple(fields),
                  geometry="none", batches=())  # fmt: skip
    rows = flat.rename_columns([f.name for f in fields]).cast(empty.schema())
    out.write_bytes(b"".join(as_csv.write(empty.over(rows.to_batches()))))


def _xlsx(frame: pd.DataFrame, shapes: Any, out: Path) -> None:
    flat = _flat(frame, shapes)
    rows = list(zip(*(column.to_pylist() for column in flat.columns), strict=True))
    out.write_bytes(as_xlsx.workbook([("refused", flat.column_names, rows)]))


def _gpkg(frame: pd.DataFrame, shapes: Any, out: Path) -> None:
    out.unlink(missing_ok=True)
    if shapes is None:
        pyogrio.write_dataframe(frame, out, driver="GPKG", layer="refused")
        return
    placed = geopandas.GeoDataFrame(frame, geometry=shapes)
    pyogrio.write_dataframe(placed, out, driver="GPKG", layer="refused", geometry_type="Unknown")
