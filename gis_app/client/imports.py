"""An import: previewed, looked at, committed, undone."""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import IO, Any, Self

import pandas as pd

from gis_app.client.http import Transport
from gis_app.errors import BadInput

PAGE = 5000
_COLUMNS = ["row", "column", "code", "level", "value", "zh", "en", "label"]


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """A batch: nothing of it is in the register until `commit()`; `undo()` takes all of it back.

    `report` counts rows: `rows`, `new`, `known`, `warned`, `refused`; `problems` in it are groups.
    """

    batch_id: int
    layer: str
    file_name: str
    state: str
    report: Mapping[str, Any] = field(repr=False)
    _http: Transport = field(repr=False, compare=False)

    @classmethod
    def of(cls, batch: Mapping[str, Any], http: Transport) -> Self:
        """The batch in an answer of the API."""
        names = ("batch_id", "layer", "file_name", "state", "report")
        return cls(**{name: batch[name] for name in names}, _http=http)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return int(self.report.get("refused", 0))

    def commit(self, skip_refused: bool = False, reason: str | None = None) -> Self:
        """Write the batch in one transaction.

        Raises `Refused`, with the problems, when rows were refused and `skip_refused` is not given.
        """
        return self._do("commit", {"skip_refused": skip_refused, "reason": reason})

    def undo(self, reason: str | None = None) -> Self:
        """Put everything back as it was before the batch."""
        return self._do("undo", {"reason": reason})

    def discard(self, reason: str | None = None) -> Self:
        """Give up a preview."""
        return self._do("discard", {"reason": reason})

    def problems(self, code: str | None = None) -> pd.DataFrame:
        """What was found, by data row (counted from 1; blank: the whole file) and column."""
        rows: list[Mapping[str, Any]] = []
        while True:
            ask = {"code": code, "limit": PAGE, "offset": len(rows)}
            page = self._http.get(f"/imports/{self.batch_id}/problems", ask)["problems"]
            rows += page
            if len(page) < PAGE:
                break
        return pd.DataFrame(rows, columns=_COLUMNS).astype({"row": "Int64"})

    def refused_rows(self, path: str | Path) -> Path:
        """Write the refused rows as they stood, with a reason, to a .csv, .xlsx or .gpkg."""
        target = Path(path)
        suffix = target.suffix.removeprefix(".").lower() or "csv"
        body = self._http.download(f"/imports/{self.batch_id}/refused.{suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        return target

    def _do(self, what: str, body: Mapping[str, Any]) -> Self:
        done = self._http.post(f"/imports/{self.batch_id}/{what}", body)
        return type(self).of(done, self._http)

    def _repr_html_(self) -> str:
        """The batch in one line and its problems by group."""
        named = {"rows": "行 rows", "new": "新增 new", "known": "已有 known",
                 "warned": "提醒 warned", "refused": "拒绝 refused"}  # fmt: skip
        counts = " · ".join(f"{zh} <b>{self.report.get(n, 0):,}</b>" for n, zh in named.items())
        head = (
            f"<p>批次 batch <b>{self.batch_id}</b> · {escape(self.file_name)} → "
            f"{escape(self.layer)} · {escape(self.state)}<br>{counts}</p>"
        )
        groups = self.report.get("problems") or []
        return head + (pd.DataFrame(groups).to_html(index=False) if groups else "")


@contextmanager
def upload(path: Path) -> Iterator[tuple[IO[bytes], str]]:
    """A file to send and its name; a shapefile goes with its companions, a .gdb with its folder.

    Raises `BadInput` when there is no such file.
    """
    if not path.exists():
        raise BadInput(f"没有文件 {path}。", f"There is no file {path}.")
    if path.suffix.lower() == ".shp":
        parts = [p for p in sorted(path.parent.iterdir()) if p.is_file() and p.stem == path.stem]
        with _packed({p.name: p for p in parts}) as file:
            yield file, f"{path.stem}.zip"
    elif path.is_dir():
        inside = {f"{path.name}/{p.name}": p for p in sorted(path.iterdir()) if p.is_file()}
        with _packed(inside) as file:
            yield file, f"{path.name}.zip"
    else:
        with path.open("rb") as file:
            yield file, path.name


@contextmanager
def _packed(parts: Mapping[str, Path]) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.write(part, name)
        yield file
