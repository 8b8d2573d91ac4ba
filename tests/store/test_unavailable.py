"""A database that does not answer."""

import pytest

from gis_app.errors import Unavailable
from gis_app.store.engine import connect, reading


def test_an_outage_is_told_with_its_cause_and_never_with_none():
    engine = connect("postgresql://u:secret@127.0.0.1:1/x")
    with pytest.raises(Unavailable) as told, reading(engine):
        pass
    assert "None" not in str(told.value)
    assert "Connection refused" in told.value.en
    assert "gis-app db status" in told.value.zh
    assert "secret" not in str(told.value)
