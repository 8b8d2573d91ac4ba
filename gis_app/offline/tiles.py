"""An audit of tiles, by many processes or hosts: two passes over them, and between them one sum.

First every tile gathers the facts of its wells; then what whole counties lack is summed over all
of them; then every tile asks the rules. What is done is kept under a hash of all that it was made
of (data, law, program, question), written whole or not at all: a worker that dies changes nothing,
and a second run does only what is not there.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from gis_app import registry
from gis_app.errors import Unfinished
from gis_app.machine import cores
from gis_app.offline import answers, auditing, facts, partitioning, tables, workers
from gis_app.offline.auditing import Asked
from gis_app.offline.partitioning import Manifest
from gis_app.offline.result import Audit
from gis_app.program import fingerprint

_PARTS = ("facts", "nearest", "zones")


@dataclass(frozen=True)
class Job:
    """What is done to each tile: where it lies, where results go, what is asked, what memory."""

    folder: Path
    out: Path
    asked: Asked
    hashes: dict[str, str]
    memory: str

    def path(self, key: str, what: str) -> Path:
        """Where a result of a tile lies: its name tells of what it was made."""
        return self.out / f"{key}.{what}.{self.hashes[key][:16]}.parquet"

    def blanks(self, key: str) -> Path:
        """Where a tile's counties with the facts that they have are told."""
        return self.out / f"{key}.known.{self.hashes[key][:16]}.json"


def audit_tiles(  # noqa: PLR0913  (what an analyst may ask is one call)
    folder: Path | str, *, out: Path | str | None = None, instruments: Sequence[str] = (),
    on: date | str | None = None, area: str = "", anywhere: bool = False, now: date | None = None,
    scheduler: str | None = None, processes: int | None = None, memory: str = "2GB",
) -> Audit:  # fmt: skip
    """As `audit`, of a partitioned folder: word for word what `audit` says of the whole.

    A pool of `processes` (as many as cores) works on this machine; `scheduler` ("tcp://…") names a
    dask scheduler whose workers see `folder` and `out` (within the folder) under the same paths.
    `memory` bounds the database of each worker. Tiles that fail are tried again; raises
    `Unfinished` naming those that failed three times, with what is done kept for the next run.
    """
    place = Path(folder).resolve()
    told = partitioning.manifest(place)
    asked = Asked(
        on=auditing.day(on), instruments=tuple(instruments), area=area, anywhere=anywhere,
        now=now or tables.today(),
    )  # fmt: skip
    law = registry.load()
    rules = asked.rules(law)
    where = Path(out).resolve() if out is not None else place / "audits"
    where.mkdir(parents=True, exist_ok=True)
    numbers = partitioning.parameters(told)
    law_hash = auditing.hash_of(rules, numbers, asked.on)
    hashes = {each.key: _hash(told, each.sha256, asked, law_hash) for each in told.tiles}
    job = Job(place, where, asked, hashes, memory)
    with workers.crew(scheduler, processes or cores()) as crew:
        _all(crew, partial(gather, job, told), [k for k in hashes if not job.blanks(k).exists()])
        known, counties = _summed(job)
        lacking = answers.blank(known, rules)
        job = replace(job, hashes={k: _with(h, lacking) for k, h in hashes.items()})
        todo = [key for key in hashes if not job.path(key, "flags").exists()]
        _all(crew, partial(decide, job, hashes, lacking), todo)
    return Audit(
        on=asked.on,
        law_hash=law_hash,
        table=_dataset([job.path(key, "findings") for key in hashes]),
        flagged=_dataset([job.path(key, "flags") for key in hashes]),
        not_assessed=auditing.not_assessed(
            partitioning.read_zones(place, None), counties, rules, asked
        ),
        unrecorded=auditing.unrecorded(lacking, counties),
        not_given=facts.unknown_without(told.registers),
        problems=pd.DataFrame(),
        law=law,
    )


def gather(job: Job, told: Manifest, key: str) -> str:
    """The facts of a tile's wells, and which of them its counties have; the key."""
    rules = job.asked.rules(registry.load())
    read = partitioning.read_tile(job.folder, told, key)
    with tables.connect(1, job.memory) as conn:
        auditing.prepare(conn, read, rules, job.asked, threads=1)
        for name in _PARTS:
            _write(conn.sql(f"select * from {name}").to_arrow_table(), job.path(key, name))
        has = answers.known(conn, rules)
        wells = dict(answers.counties(conn))
    rows = [[county, wells[county], sorted(names)] for county, names in has.items()]
    _replace(job.blanks(key), json.dumps(rows).encode())
    return key


def decide(job: Job, hashes: dict[str, str], lacking: answers.Blank, key: str) -> str:
    """The findings on a tile's wells and their flags; the key."""
    rules = job.asked.rules(registry.load())
    made = replace(job, hashes=hashes)
    with tables.connect(1, job.memory) as conn:
        for name in _PARTS:
            tables.keep(conn, name, pq.read_table(made.path(key, name)))
        answers.decide(conn, rules, job.asked.on, lacking, anywhere=job.asked.anywhere)
        found = conn.sql("select * from decided order by subject_id, rule").to_arrow_table()
        _write(found, job.path(key, "findings"))
        _write(answers.flags(conn), job.path(key, "flags"))  # last: it says that all is there
    return key


def _all(crew: workers.Crew, work: workers.Work, keys: Sequence[str]) -> None:
    failed = crew.run(work, keys)
    if failed:
        zh = "；".join(f"{key}：{why}" for key, why in failed.items())
        en = "; ".join(f"{key}: {why}" for key, why in failed.items())
        raise Unfinished(
            f"{len(failed)} 个分块反复失败：{zh}。其余已保存，改正后重跑只做未完成的。",
            f"{len(failed)} tiles failed again and again: {en}. The others are kept: mend the "
            "cause and run again, only what is missing is done.",
        )


def _summed(job: Job) -> tuple[dict[str | None, set[str]], list[tuple[str | None, int]]]:
    """Over all tiles: the facts that some well of a county has, and how many wells it has."""
    known: dict[str | None, set[str]] = {}
    wells: dict[str | None, int] = {}
    for key in job.hashes:
        for county, count, names in json.loads(job.blanks(key).read_text(encoding="utf-8")):
            known.setdefault(county, set()).update(names)
            wells[county] = wells.get(county, 0) + count
    return known, sorted(wells.items(), key=lambda row: (row[0] is None, row[0] or ""))


def _hash(told: Manifest, tile: str, asked: Asked, law: str) -> str:
    """Of all that a tile's facts are made of."""
    parts = (tile, told.zones_sha256, told.registers, told.parameters, repr(asked), law, program())
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _with(made: str, lacking: answers.Blank) -> str:
    told = [sorted(lacking.everywhere), sorted((c, sorted(n)) for c, n in lacking.counties.items())]
    return hashlib.sha256(json.dumps([made, told]).encode()).hexdigest()


def program() -> str:
    """The SHA-256 of the program that makes facts and findings of files."""
    return fingerprint("gis_app.offline", "gis_app.registers", "gis_app.rules", "layers")


def _write(table: pa.Table, path: Path) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    _replace(path, sink.getvalue())


def _replace(path: Path, content: Any) -> None:
    """Write a file whole or not at all, whoever else writes the same."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _dataset(paths: Sequence[Path]) -> ds.Dataset:
    return ds.dataset([str(path) for path in paths], format="parquet")
