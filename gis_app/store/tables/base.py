"""What every table shares: the schema, the names of constraints, geometry columns."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    MetaData,
)

SCHEMA = "gis"
metadata = MetaData(
    schema=SCHEMA,
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s",
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
    },
)


def geometry(kind: str, srid: int) -> Geometry:
    """A geometry column type."""
    # indexes are declared by name below, so that migrations see them
    return Geometry(kind, srid=srid, spatial_index=False)


AREA_CODE = "area_code ~ '^[0-9]{2,12}$'"
