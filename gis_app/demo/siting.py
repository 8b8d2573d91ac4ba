"""Where wells stand and whose they are: kind by kind, site by site, clustered on the places."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.random import Generator

from gis_app.crs import FloatArray
from gis_app.demo.ground import DISTRICTS, Ground, IntArray
from gis_app.demo.kinds import KINDS, Kind
from gis_app.demo.names import Owners, place_names
from gis_app.demo.places import Places


@dataclass(frozen=True)
class Gazetteer:
    """Names of townships and villages, and where a point of the plane belongs."""

    ground: Ground
    places: Places
    townships: list[str]
    villages: list[str]
    tree: shapely.STRtree

    def township_of(self, xy: FloatArray) -> IntArray:
        """The number of the township that holds each point; for one on a border, the first."""
        found = np.zeros(len(xy), dtype=np.int64)
        point, cell = self.tree.query(shapely.points(xy), predicate="intersects")
        found[point[::-1]] = cell[::-1]
        return found

    def village_of(self, xy: FloatArray) -> IntArray:
        """The number of the nearest village."""
        apart = np.hypot(*(xy[:, None] - self.places.villages).transpose(2, 0, 1))
        return np.asarray(apart.argmin(axis=1))

    def area_code(self, township: int) -> str:
        """The county code of a township."""
        return DISTRICTS[int(self.ground.district[township])][0]


def gazetteer(rng: Generator, ground: Ground, places: Places) -> Gazetteer:
    """Names for everything on the ground."""
    names = place_names(rng, len(ground.cells) + len(places.villages))
    kinds = np.where(
        ground.district <= 1, "街道", np.where(rng.random(len(ground.cells)) < 0.6, "镇", "乡")
    )
    townships = [f"示例{n}{k}" for n, k in zip(names, kinds, strict=False)]
    villages = [f"示例{n}村" for n in names[len(townships) :]]
    return Gazetteer(ground, places, townships, villages, shapely.STRtree(ground.cells))


def site(rng: Generator, named: Gazetteer, owners: Owners, count: int) -> pd.DataFrame:
    """Wells with kind, plane position, township, village, owner and name; `count` rows."""
    shares = np.array([k.share for k in KINDS])
    numbers = np.floor(shares * count).astype(int)
    numbers[0] += count - numbers.sum()
    pull = rng.lognormal(0, 0.65, len(named.places.villages))
    parts = [
        _of_kind(rng, named, owners, (which, int(n)), pull) for which, n in enumerate(numbers) if n
    ]
    return pd.concat(parts, ignore_index=True)


def _of_kind(
    rng: Generator, named: Gazetteer, owners: Owners, lot: tuple[int, int], pull: FloatArray
) -> pd.DataFrame:
    which, count = lot
    kind = KINDS[which]
    sites = max(int(count / kind.per_site), 1)
    anchors, spread = _anchors(rng, named, kind.place, sites, pull)
    spots = _inside(named, anchors, anchors + rng.normal(0, spread, (sites, 2)))
    of_site = np.sort(rng.integers(0, sites, count))
    loose = 260 if kind.place == "field" else 90
    xy = _inside(named, spots[of_site], spots[of_site] + rng.normal(0, loose, (count, 2)))
    township, village = named.township_of(xy), named.village_of(xy)
    where = zip(named.township_of(spots), named.village_of(spots), strict=True)
    owned = [_owner(rng, named, owners, kind, (int(t), int(v))) for t, v in where]
    return pd.DataFrame(
        {
            "kind": which,
            "x": xy[:, 0],
            "y": xy[:, 1],
            "township_no": township,
            "village_no": village,
            "owner": pd.Series([owned[s][0] for s in of_site], dtype=object),
            "owner_uscc": pd.Series([owned[s][1] for s in of_site], dtype=object),
            "industry": pd.Series([owned[s][2] for s in of_site], dtype=object),
            "name": pd.Series(_names(of_site, [o[0] for o in owned], kind), dtype=object),
        }
    )


def _names(of_site: IntArray, owners: list[str], kind: Kind) -> list[str]:
    seen: dict[str, int] = {}
    names = []
    for number in of_site:
        owner = owners[number]
        seen[owner] = seen.get(owner, 0) + 1
        short = owner.replace("村民委员会", "").replace("有限公司", "").partition("（")[0]
        names.append(f"{short}{seen[owner]}号{kind.suffix}")
    return names


def _anchors(
    rng: Generator, named: Gazetteer, place: str, count: int, pull: FloatArray
) -> tuple[FloatArray, float]:
    """The settlements that sites belong to, and how far sites lie from them (σ, metres)."""
    places = named.places
    if place == "urban":
        towns = (places.town, places.mining_town, places.south_seat, places.north_seat)
        which = rng.choice(4, count, p=[0.6, 0.16, 0.12, 0.12])
        middle = np.array([[t.x, t.y] for t in towns])[which]
        wide = np.array([1900, 1200, 700, 700])[which]
        return middle + rng.normal(0, 1, (count, 2)) * wide[:, None], 250.0
    if place in {"village", "field", "anywhere"}:
        which = rng.choice(len(pull), count, p=pull / pull.sum())
        return places.villages[which], {"village": 160.0, "field": 620.0, "anywhere": 1400.0}[place]
    points, spread = {
        "park": (places.parks, 650.0),
        "mine": (places.mines, 800.0),
        "seat": (named.ground.seats, 420.0),
        "well_field": (places.well_fields, 60.0),
    }[place]
    if place == "well_field":
        return points[np.arange(count) % len(points)], spread
    return points[rng.integers(0, len(points), count)], spread


def _inside(named: Gazetteer, anchors: FloatArray, xy: FloatArray) -> FloatArray:
    """The points, those beyond the city line drawn towards their anchors."""
    xy = xy.copy()
    line = named.ground.outline.exterior
    shapely.prepare(line)
    for _ in range(8):
        points = shapely.points(xy)
        within = np.zeros(len(xy), bool)
        within[named.tree.query(points, predicate="within")[0]] = True
        within &= ~shapely.dwithin(line, points, 2.0)
        if within.all():
            break
        xy[~within] = (xy[~within] + anchors[~within]) / 2
    else:
        xy[~within] = named.places.villages[named.village_of(xy[~within])]
    return np.asarray(np.round(xy, 2))


def _owner(
    rng: Generator, named: Gazetteer, owners: Owners, kind: Kind, where: tuple[int, int]
) -> tuple[str, str | None, str | None]:
    """An owner for a site in a township, near a village: name, credit code, industry."""
    township, village = where[0], named.villages[where[1]]
    trade, industry = kind.trades[int(rng.integers(len(kind.trades)))]
    named_by: dict[str, Callable[[], tuple[str, str | None]]] = {
        "firm": lambda: (f"示例{owners.brand()}{trade}有限公司", "91"),
        "institution": lambda: (f"示例{owners.brand()}{trade}", "12"),
        "village": lambda: (f"{village}村民委员会", "54"),
        "household": lambda: (owners.household(village), None),
        "bureau": lambda: ("示例市水文监测中心", "12"),
        "waterworks": lambda: _waterworks(named, kind, township),
    }
    name, registered = named_by[kind.owner]()
    return name, owners.code(name, registered, named.area_code(township)), industry


def _waterworks(named: Gazetteer, kind: Kind, township: int) -> tuple[str, str]:
    rural = kind.place == "seat"
    return (f"{named.townships[township]}供水站" if rural else "示例市自来水公司"), "91"
