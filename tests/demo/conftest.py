"""The sample city, made once a session: whole, and small for what needs only some wells."""

import pytest

from gis_app.demo import City, city


@pytest.fixture(scope="session")
def town() -> City:
    return city()


@pytest.fixture(scope="session")
def hamlet() -> City:
    return city(wells=300)
