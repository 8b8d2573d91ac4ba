"""What was accepted of changes to a zone, held against the history that the database kept."""

from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry import shape
from sqlalchemy import text

TEXTS = ("name", "authority", "source")
HISTORY = text(
    "select actor, op, old, new from gis.change where table_name = 'zone' and key = :zone"
    " and change_id > :since order by change_id"
)
NEWEST = text("select coalesce(max(change_id), 0) from gis.change")
LAW = text("select gis.zone_image(z) from gis.zone z where zone_id = :zone and version = 1")


@dataclass
class Accepted:
    """A change that the service took: by whom, of which state, to which."""

    by: str
    seen: dict[str, Any]
    made: dict[str, Any]


@dataclass
class Ledger:
    """What was accepted on one zone since a moment, to be held against its history."""

    service: Any
    zone_id: int
    accepted: list[Accepted] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.service.engine.connect() as conn:
            self.since = conn.execute(NEWEST).scalar_one()

    def check(self) -> None:
        """Every accepted change is in the history once, on top of the state its author had seen."""
        with self.service.engine.connect() as conn:
            asked = {"zone": self.zone_id, "since": self.since}
            rows = conn.execute(HISTORY, asked).mappings().all()
            state = conn.execute(LAW, asked).scalar_one()
        assert len(rows) == len(self.accepted)
        by_name = {each.made["properties"]["name"]: each for each in self.accepted}
        for row in rows:
            accepted = by_name.pop(row["new"]["name"])
            assert row["actor"] == accepted.by
            assert row["op"] == "insert" or row["old"] == state, "a change without a trace"
            assert _is(state, accepted.seen), "an unseen state was overwritten"
            assert _is(row["new"], accepted.made)
            state = row["new"]
        assert not by_name


def _is(image: dict[str, Any], feature: dict[str, Any]) -> bool:
    """Whether a state of the history is a feature as it was served or sent (to 8 decimals)."""
    one, other = shapely.from_wkb(bytes.fromhex(image["geom"])), shape(feature["geometry"])
    texts = all(image.get(name) == feature["properties"].get(name) for name in TEXTS)
    return texts and shapely.hausdorff_distance(one.boundary, other.boundary) < 2e-8
