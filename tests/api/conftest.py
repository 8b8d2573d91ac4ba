"""The API tests talk to a real server."""

import httpx
import pytest

from tests.service import service  # noqa: F401


@pytest.fixture(scope="session")
def http(service):  # noqa: F811
    with httpx.Client(base_url=service.url, headers=service.headers, timeout=30) as client:
        yield client
