"""What the user says of a file, and where it is to go."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from gis_app.errors import BadInput
from gis_app.intake.units import bare
from gis_app.layer import Layer, Register
from gis_app.registry import Registry


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """What the user says of a file; all of it decides whether an import is the same import.

    `layer` is a layer or a register (blank: to be guessed from the file); a field mapped to a blank
    takes no column; `update` refreshes rows whose key (of wells: the code) is
    registered already.
    """

    layer: str
    source_layer: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    crs: str | None = None
    encoding: str | None = None
    repair: bool = False
    anywhere: bool = False
    update: Literal["code"] | None = None

    def as_json(self) -> dict[str, Any]:
        """The options as kept with the batch."""
        return asdict(self) | {"mapping": dict(self.mapping), "constants": dict(self.constants)}


def collection_named(registry: Registry, named: str) -> Layer | Register:
    """The layer or register of an id, a Chinese or English name, or an alias.

    Raises `NotFound` for none, `BadInput` where a word names several.
    """
    known: dict[str, Layer | Register] = {**registry.layers, **registry.registers}
    if named in known:
        return known[named]
    word = bare(named)
    found = [
        each
        for each in known.values()
        if word in {bare(w) for w in (each.id, each.zh, each.en, *each.aliases)}
    ]
    if len(found) > 1:
        zh, en = "、".join(f"{c.id}（{c.zh}）" for c in found), ", ".join(c.id for c in found)
        raise BadInput(
            f"“{named}”可指多个集合：{zh}。请写出其中一个。",
            f"{named!r} may be several collections: {en}. Name one of them.",
        )
    return found[0] if found else registry.written(named)
