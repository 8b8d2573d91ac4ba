"""A made register that has been audited, and what the audits after that were content to ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from sqlalchemy import Engine

from gis_app import audit
from tests.database import TEMPLATE
from tests.going_on.made import LAW, fill, watched

_numbers = count(1)


@pytest.fixture(scope="session")
def another(databases, worker):
    """A function that opens a database of its own: an empty one, or a copy of a closed one."""

    @contextmanager
    def opened(template: str = TEMPLATE) -> Iterator[Engine]:
        with databases.clone(f"gis_going_on_{worker}_{next(_numbers)}", template) as engine:
            yield engine

    return opened


@pytest.fixture(scope="session")
def once_audited(another) -> Iterator[str]:
    """The made register audited, to be copied: its database's name."""
    with another() as engine:
        fill(engine)
        audit.run(engine, LAW, audit.Scope(), actor="test")
        engine.dispose()
        yield engine.url.database


@pytest.fixture
def gone_on(monkeypatch):
    """How many wells each audit was content to ask (None: everything)."""
    return watched(monkeypatch)


@pytest.fixture
def audited(another, once_audited) -> Iterator[Engine]:
    with another(once_audited) as engine:
        yield engine
