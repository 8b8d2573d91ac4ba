"""The tile application: a raw ASGI application in front of the others, one to a server process."""

from api.tiles.door import Door
from api.tiles.service import Tiles

__all__ = ["Door", "Tiles"]
