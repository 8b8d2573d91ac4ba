"""Files are made a batch at a time, leave nothing behind, and break where their source breaks."""

import gc
import tempfile
import tracemalloc
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pytest
import shapely

from gis_app.errors import Unavailable
from gis_app.export import FORMATS, Table, stream, write
from gis_app.export.table import batch
from gis_app.layer import Field
from gis_app.store import exports, items
from tests.exports.conftest import LAW, wells

ROWS = 500
ROOM = 350_000  # bytes: who holds ten batches more has 560 kB more of Arrow alone, or as rows more
STREAMED = ("parquet", "csv", "kml", "geojson")
FIELDS = (
    Field(name="id", zh="标识", en="id", kind="integer"),
    Field(name="name", zh="名称", en="name"),
    *(Field(name=f"n{n}_m", zh="数", en="number", kind="number", unit="m") for n in range(8)),
)


def table(batches):
    return Table(
        name="made", zh="示例", en="Made", fields=FIELDS, geometry="point", batches=batches
    )


def batches(count, seen=None, broken=False):
    """Batches made as they are asked for; `seen` notes each."""
    schema = table(()).schema()
    for at in range(count):
        if seen is not None:
            seen.append(at)
        rows = [
            (at * ROWS + n, f"示例{n}", *([n / 7] * 8), shapely.Point(113, n / 10).wkb)
            for n in range(ROWS)
        ]
        yield batch(rows, schema)
    if broken:
        raise Unavailable("数据库没有应答。", "The database does not answer.")


@pytest.mark.parametrize("key", STREAMED)
def test_the_first_bytes_come_before_the_rows_have_ended(key):
    seen = []
    with closing(stream(table(batches(50, seen)), FORMATS[key])) as parts:
        got = b""
        while len(got) < 1000:
            got += next(parts)
        assert len(seen) <= 2


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_memory_holds_some_batches_and_never_the_table(form, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _, few, many = (_peak(form, count) for count in (1, 2, 12))  # the first loads what it needs
    assert many < few + ROOM
    assert list(tmp_path.iterdir()) == []


def _peak(form, count):
    """Bytes held at the worst moment, Arrow's own pool and Python's together."""
    gc.collect()
    tracemalloc.start()
    before = pa.total_allocated_bytes()
    highest = 0
    for _ in stream(table(_noting(batches(count), before, noted := [])), form):
        highest = max(highest, pa.total_allocated_bytes() - before)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak + max(highest, *noted)


def _noting(told, before, noted):
    for each in told:
        noted.append(pa.total_allocated_bytes() - before)
        yield each


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_what_stops_the_rows_is_told_as_it_is_and_no_file_is_left(form, monkeypatch, tmp_path):
    room = tmp_path / "temporary"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    target = tmp_path / f"made{form.suffix}"
    target.write_bytes(b"as it was")
    with pytest.raises(Unavailable, match="does not answer"):
        write(table(batches(3, broken=True)), target)
    gc.collect()
    assert target.read_bytes() == b"as it was"
    assert [p.name for p in tmp_path.iterdir() if p != room] == [target.name]
    assert list(room.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_a_reader_who_leaves_leaves_nothing_behind(form, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    parts = stream(table(batches(30)), form)
    next(parts)
    parts.close()
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_parquet_is_a_row_group_a_batch_with_a_box_for_every_row(tmp_path):
    path, _ = write(table(batches(4)), tmp_path / "made.parquet")
    assert pa.parquet.read_metadata(path).num_row_groups == 4
    found = gpd.read_parquet(path, bbox=(112, 1.05, 114, 1.35))
    assert sorted(found["n0_m"] * 7) == pytest.approx(
        [11, 11, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13]
    )


def test_rows_are_read_by_a_cursor_of_the_server_a_batch_at_a_time(conn):
    wells(conn)
    told = exports.table(conn, LAW.layer("well"), items.Query(), 4)
    found = iter(told.batches)
    assert next(found).num_rows == 4
    open_cursors = "select count(*) from pg_cursors where not is_holdable"
    assert conn.exec_driver_sql(open_cursors).scalar_one() >= 1
    assert [each.num_rows for each in found] == [4, 4, 4, 4, 3]
    assert conn.exec_driver_sql(open_cursors).scalar_one() == 0


def test_a_cursor_is_closed_when_nobody_reads_on(conn):
    wells(conn)
    found = iter(exports.table(conn, LAW.layer("well"), items.Query(), 4).batches)
    next(found)
    found.close()
    assert conn.exec_driver_sql("select count(*) from pg_cursors").scalar_one() == 0


def test_the_folder_of_a_file_is_made(tmp_path):
    path, book = write(table(batches(1)), Path(tmp_path / "a" / "b.csv"))
    assert path.is_file()
    assert book.is_file()
