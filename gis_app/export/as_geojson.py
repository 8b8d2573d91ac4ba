"""GeoJSON (RFC 7946). Streams."""

import json
from collections.abc import Generator
from typing import Any

import pyarrow as pa
import shapely

from gis_app.export.table import GEOMETRY, Table, attributes, rows


def write(table: Table) -> Generator[bytes, None, None]:
    """The file, a batch at a time."""
    yield (
        b'{"type":"FeatureCollection","name":'
        + json.dumps(table.name).encode()
        + b',"features":[\n'
    )
    between = b""
    for each in table.batches:
        lines = b",\n".join(_features(each))
        if lines:
            yield between + lines
            between = b",\n"
    yield b"\n]}\n"


def _features(each: pa.RecordBatch) -> Generator[bytes, None, None]:
    plain = attributes(each)
    names = plain.schema.names
    for values, shape in zip(rows(plain), _shapes(each), strict=True):
        named = dict(zip(names, values, strict=True))
        told = json.dumps(named, ensure_ascii=False, default=lambda day: day.isoformat())
        place = "null" if shape is None else shape
        yield f'{{"type":"Feature","properties":{told},"geometry":{place}}}'.encode()


def _shapes(each: pa.RecordBatch) -> list[Any]:
    if GEOMETRY not in each.schema.names:
        return [None] * each.num_rows
    places = each.column(GEOMETRY).to_numpy(zero_copy_only=False)
    return list(shapely.to_geojson(shapely.from_wkb(places)))
