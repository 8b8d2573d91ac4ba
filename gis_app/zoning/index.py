"""The index of a profile, and its vulnerability class from 1 (low) to 4 (high)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gis_app.zoning.overlay import UNKNOWN, Overlay, classed
from gis_app.zoning.profile import Classes, Profile
from gis_app.zoning.rating import Floats

Bytes = NDArray[np.uint8]


def index(profile: Profile, ratings: Mapping[str, Floats]) -> Floats:
    """The index (float32) of ratings by parameter: Σ weight · rating, or their product.

    NaN in any parameter is NaN in the index. Source: the profile's own.
    """
    first = profile.parameters[0]
    found = ratings[first.id] * np.float32(first.weight)
    for each in profile.parameters[1:]:
        part = ratings[each.id] * np.float32(each.weight)
        found = found + part if profile.combine == "sum" else found * part
    return found


def vulnerability(
    profile: Profile, overlay: Overlay, found: Floats, ratings: Mapping[str, Floats]
) -> Bytes:
    """Classes 1 to 4 of an index, `UNKNOWN` where it is NaN.

    By the profile's own classes where it has any, else by the limits of the overlay. Raises
    `BadInput` where the overlay knows neither.
    """
    if profile.classes is None:
        return classed(found, *overlay.limits_of(profile))
    names, own = _named(profile.classes, found, ratings), overlay.vulnerability_by_class
    table = np.full(256, UNKNOWN, np.uint8)
    everything = [*profile.classes.names, *(to for _, to, _ in profile.classes.exceptions)]
    for number, name in enumerate(dict.fromkeys(everything)):
        table[number] = own[name]
    return table[names]


def _named(classes: Classes, found: Floats, ratings: Mapping[str, Floats]) -> Bytes:
    """The number of each cell's class among the names of the profile and its exceptions."""
    edges = np.asarray(classes.edges, np.float32)
    place = np.searchsorted(edges, found, side="left").astype(np.uint8)
    order = list(dict.fromkeys([*classes.names, *(to for _, to, _ in classes.exceptions)]))
    for of, to, where in classes.exceptions:
        meant = place == order.index(of)
        for parameter, values in where.items():
            meant &= np.isin(ratings[parameter], np.asarray(values, np.float32))
        place[meant] = order.index(to)
    beyond = np.isnan(found)
    if classes.most is not None:
        beyond |= found > np.float32(classes.most)
    place[beyond] = UNKNOWN
    return place
