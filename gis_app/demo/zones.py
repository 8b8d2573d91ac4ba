"""Every zone of the made city."""

from gis_app.demo import protection, supply
from gis_app.demo.desk import Desk, Zone

_DRAWERS = (
    supply.districts,
    supply.units,
    supply.coverage,
    supply.surface_supply,
    protection.extraction,
    protection.overdraft,
    protection.springs,
    protection.sources,
    protection.recharge,
    protection.pollution,
)


def draw(desk: Desk) -> list[Zone]:
    """All zones, layer after layer, on the plane."""
    return [zone for drawer in _DRAWERS for zone in drawer(desk)]
