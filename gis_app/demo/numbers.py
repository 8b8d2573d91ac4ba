"""Numbers and lists that the law delegates, made up for the sample city: data, not law.

Some are left empty, so that *cannot be known* is seen too: the yearly limit of small household
takes, which areas are ecologically fragile or severely short of water, and whether the northern
county is supplied from the Yellow River.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

SOURCE = "示例数据，非官方"
SINCE = date(2021, 1, 1)
ONLINE_SCALE_M3 = 200_000.0
SMALL_TEST_TAKE_M3 = 1000.0
CITY = "1403"
# lists stand against counties: 示例城区, 示例矿区, 示例郊区, 示例平定县, 示例盂县
URBAN, MINING, SUBURB, SOUTH, NORTH = "140302", "140303", "140311", "140321", "140322"


class Number(NamedTuple):
    """One entry of gis.law_parameter: `value` is 1 or 0 where it says whether an area is listed."""

    name: str
    area: str
    value: float


def numbers() -> Iterator[Number]:
    """Every delegated number that somebody has set in the sample city."""
    yield Number("online_metering_scale_m3", CITY, ONLINE_SCALE_M3)
    yield Number("yellow_river_online_scale_m3", CITY, 500_000.0)
    yield Number("dewatering_scale_m3", CITY, 100_000.0)
    yield Number("great_quality_gap_classes", CITY, 2.0)
    yield Number("monitoring_small_take_m3", CITY, SMALL_TEST_TAKE_M3)
    yield Number("near_allowable_ratio", CITY, 0.9)
    yield Number("crosscheck_tolerance_percent", CITY, 10.0)
    yield from _listed("yellow_river_county", MINING, URBAN)
    yield from _listed("yellow_river_overloaded", MINING)
    yield from _listed("yellow_river_borderline", URBAN)
    yield from _listed("water_scarce_area", SOUTH)
    yield from _listed("water_short_area", NORTH)
    for county in (URBAN, MINING, SUBURB, SOUTH):
        yield Number("yellow_river_supply_county", county, 0.0)


def _listed(name: str, *counties: str) -> Iterator[Number]:
    """These counties stand on a list, and no other of the city."""
    yield Number(name, CITY, 0.0)
    yield from (Number(name, county, 1.0) for county in counties)
