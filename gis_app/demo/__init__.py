"""A synthetic city made by code from a seed: for trying the system, for tests and tutorials.

The city itself needs no server; what puts it into one is imported when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gis_app.demo.city import City, city

if TYPE_CHECKING:
    from gis_app.demo.handover import write
    from gis_app.demo.loading import Loaded, load
    from gis_app.demo.people import admit

__all__ = ["City", "Loaded", "admit", "city", "load", "write"]

_ROOMS = {"Loaded": "loading", "admit": "people", "load": "loading", "write": "handover"}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
