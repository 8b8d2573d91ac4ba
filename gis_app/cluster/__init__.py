"""The embedded default: a private PostGIS cluster, found, made, started and stopped."""

from gis_app.cluster.binaries import Binaries, find_binaries
from gis_app.cluster.server import Cluster, ClusterStatus

__all__ = ["Binaries", "Cluster", "ClusterStatus", "find_binaries"]
