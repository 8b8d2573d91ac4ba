"""What a file may be, by its name and its headers, where nobody has said; doubt is told."""

from pathlib import Path

import numpy as np
import shapely

from gis_app.errors import BadInput
from gis_app.intake import units
from gis_app.intake.read import Table
from gis_app.layer import Layer, Register
from gis_app.registry import Registry

_FEWEST_HEADERS = 2  # one header that fits says nothing: 名称 fits everything


def collection_of(table: Table, registry: Registry, file_name: str) -> Layer | Register:
    """The layer or register that a file names, else the one whose headers it has.

    Raises `BadInput` where neither tells one from the others.
    """
    kinds = _kinds(table)
    known: list[Layer | Register] = [*registry.layers.values(), *registry.registers.values()]
    fitting = [each for each in known if each.geometry in kinds]
    said = units.bare(f"{Path(file_name).stem} {table.source_layer}")
    headers = {units.split(str(header))[0] for header in table.frame.columns}
    ranked = sorted(((_named(c, said), _met(c, headers), c) for c in fitting), key=_rank)
    if not ranked:
        raise _undecided(registry)
    word, met, best = ranked[-1]
    rival = _rank(ranked[-2]) if len(ranked) > 1 else (-1, -1)
    if (word, met) == rival or (not word and met < _FEWEST_HEADERS):
        raise _undecided(registry)
    return best


def _rank(each: tuple[int, int, Layer | Register]) -> tuple[int, int]:
    return each[:2]


def _kinds(table: Table) -> set[str]:
    """The geometries of what a table can become."""
    if table.geometry is None:
        return {"point", "any", "none", "polygon"}
    kinds = np.unique(shapely.get_type_id(table.geometry))
    points = {shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT}
    return {"point", "any"} if {*kinds} & points else {"polygon", "any"}


def _named(collection: Layer | Register, said: str) -> int:
    """How long the longest name is by which a text calls a collection."""
    names = (collection.id, collection.zh, collection.en, *collection.aliases)
    words = (units.bare(name) for name in names)
    return max((len(w) for w in words if len(w) > 1 and w in said), default=0)


def _met(collection: Layer | Register, headers: set[str]) -> int:
    """How many fields of a collection a table has headers for."""
    return sum(
        any(units.split(w)[0] in headers for w in (f.name, f.zh, f.en, *f.aliases))
        for f in collection.all_fields
    )


def _undecided(registry: Registry) -> BadInput:
    known = [*registry.layers.values(), *registry.registers.values()]
    return BadInput(
        "从文件名和列名看不出是哪个图层或登记册，请用 layer 指明："
        f"{'、'.join(f'{c.id}（{c.zh}）' for c in known)}",
        "Neither the file's name nor its headers tell which layer or register it is. Name it with "
        f"layer: {', '.join(c.id for c in known)}",
    )
