"""What the user says of a file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """What the user says of a file; all of it decides whether an import is the same import."""

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
