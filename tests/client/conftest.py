"""The client's tests talk to a real service."""

import pytest

from gis_app.client import Client
from tests.service import service  # noqa: F401


@pytest.fixture(scope="session")
def gis(service):  # noqa: F811
    with Client(service.url, service.token) as client:
        yield client


@pytest.fixture(scope="session")
def county(gis):
    """The audit of one county."""
    return gis.audit(area="140302")
