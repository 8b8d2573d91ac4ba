"""What the official OGC suites ask of a service, asked of a real one."""

import httpx
import pytest

from tests.service import service  # noqa: F401


@pytest.fixture(scope="session")
def http(service):  # noqa: F811
    with httpx.Client(base_url=service.url, headers=service.headers, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def collections(http):
    listed = http.get("/collections").json()["collections"]
    return [each for each in listed if each["itemType"] != "coverage"]  # those have no items
