"""The sample city, made once a session: whole, and small for what needs only some wells."""

from datetime import date

import pytest

from gis_app.demo import City, city

DAY = date(2026, 11, 20)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In one worker, so that they are made once."""
    for item in items:
        if "tests/demo/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="session")
def town() -> City:
    return city(on=DAY)


@pytest.fixture(scope="session")
def hamlet() -> City:
    return city(wells=300, on=DAY)
