"""The sample city, all its registers: files and service say the same, word for word."""

from datetime import date

import pytest

from gis_app import offline
from gis_app.demo import load
from tests.demo.conftest import DAY, hamlet  # noqa: F401
from tests.offline.both import differences, files, offline_says, service


@pytest.mark.parametrize("on", [DAY, date(2024, 6, 30)], ids=str)
def test_of_every_well_of_the_sample_city(conn, hamlet, on):  # noqa: F811
    load(conn, hamlet)
    theirs = service(conn, on)
    mine = offline_says(offline.audit(**files(conn), on=on))
    assert len(theirs["findings"]) > 300
    assert differences(mine, theirs) == []
