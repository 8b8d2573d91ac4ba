"""KML 2.2, every column typed in a schema that Google Earth shows in Chinese. Streams.

Not through GDAL, whose driver names no column of an empty table and writes days as 2020/01/02.
"""

from collections.abc import Generator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

from gis_app.export import codebook
from gis_app.export.plain import without_controls
from gis_app.export.table import GEOMETRY, Table, rows

_TYPES = {"number": "double", "integer": "int", "boolean": "bool"}


def write(table: Table) -> Generator[bytes, None, None]:
    """The file, a batch at a time."""
    yield _head(table).encode()
    names = [f.name for f in table.fields]
    title = next((n for n in ("name", "subject_code", "code") if n in names), names[0])
    for each in table.batches:
        yield "".join(_placemark(names, title, row) for row in rows(each)).encode()
    yield b"</Document></kml>\n"


def _head(table: Table) -> str:
    columns = "".join(
        f'<SimpleField type="{_TYPES.get(f.kind, "string")}" name={quoteattr(f.name)}>'
        f"<displayName>{escape(f.zh)}</displayName></SimpleField>\n"
        for f in table.fields
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>{escape(f'{table.zh} / {table.en}')}</name>"
        f"<description>{escape(f'{codebook.PLACE.zh}。{codebook.PLACE.en}')}</description>\n"
        f'<Schema name={quoteattr(table.name)} id="columns">\n{columns}</Schema>\n'
    )


def _placemark(names: list[str], title: str, row: tuple[Any, ...]) -> str:
    *values, shape = row
    told = {n: _text(v) for n, v in zip(names, values, strict=True) if v is not None}
    simple = "".join(f"<SimpleData name={quoteattr(n)}>{t}</SimpleData>" for n, t in told.items())
    return (
        f"<Placemark><name>{told.get(title, '')}</name><ExtendedData>"
        f'<SchemaData schemaUrl="#columns">{simple}</SchemaData></ExtendedData>'
        f"{'' if shape is None else _place(shapely.from_wkb(shape))}</Placemark>\n"
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(without_controls(str(value)))


def _place(shape: Any) -> str:
    match shape:
        case Point():
            return f"<Point><coordinates>{_coordinates(shape)}</coordinates></Point>"
        case Polygon():
            rings = [("outer", shape.exterior), *(("inner", r) for r in shape.interiors)]
            return f"<Polygon>{''.join(_ring(side, ring) for side, ring in rings)}</Polygon>"
        case MultiPolygon():
            return f"<MultiGeometry>{''.join(map(_place, shape.geoms))}</MultiGeometry>"
    raise TypeError(f"{GEOMETRY}: {shape.geom_type}")


def _ring(side: str, ring: Any) -> str:
    return (
        f"<{side}BoundaryIs><LinearRing><coordinates>{_coordinates(ring)}"
        f"</coordinates></LinearRing></{side}BoundaryIs>"
    )


def _coordinates(shape: Any) -> str:
    return " ".join(f"{x!r},{y!r}" for x, y in shapely.get_coordinates(shape).tolist())
