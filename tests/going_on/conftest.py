"""A made register that has been audited, and what the audits after that were content to ask."""

import pytest

from gis_app import audit
from tests.going_on.made import LAW, fill, watched


@pytest.fixture
def gone_on(monkeypatch):
    """How many wells each audit was content to ask (None: everything)."""
    return watched(monkeypatch)


@pytest.fixture
def audited(fresh_database):
    fill(fresh_database)
    audit.run(fresh_database, LAW, audit.Scope(), actor="test")
    return fresh_database
