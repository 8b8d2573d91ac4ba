"""The sample city, made once a session: whole, and small for what needs only some wells."""

from datetime import date

import pytest

from gis_app.demo import City, city

DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def town() -> City:
    return city(on=DAY)


@pytest.fixture(scope="session")
def hamlet() -> City:
    return city(wells=300, on=DAY)
