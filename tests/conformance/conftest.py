"""What the official OGC suites ask of a service, asked of a real one."""

import pytest

from tests.service import http, service  # noqa: F401


@pytest.fixture(scope="session")
def collections(http):  # noqa: F811
    listed = http.get("/collections").json()["collections"]
    return [each for each in listed if each["itemType"] != "coverage"]  # those have no items
