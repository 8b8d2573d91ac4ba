"""Every zone of the made city."""

from gis_app.demo import limits, protection, supply
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
    limits.karst,
    limits.hard_to_renew,
    limits.works,
    limits.hazards,
    limits.protected_areas,
)


def draw(desk: Desk) -> list[Zone]:
    """All zones, layer after layer, on the plane."""
    return [zone for drawer in _DRAWERS for zone in drawer(desk)]
