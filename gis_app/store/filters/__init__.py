"""CQL2 filters (OGC 21-065r2) as conditions with bound values: no word of a filter becomes SQL."""

from gis_app.store.filters.compile import compiled
from gis_app.store.filters.parse import Language

__all__ = ["Language", "compiled"]
