"""A synthetic city made by code from a seed: for trying the system, for tests and tutorials."""

from gis_app.demo.city import City, city
from gis_app.demo.handover import write
from gis_app.demo.load import Loaded, load
from gis_app.demo.people import admit

__all__ = ["City", "Loaded", "admit", "city", "load", "write"]
