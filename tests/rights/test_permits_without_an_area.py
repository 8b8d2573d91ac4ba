"""A permit that was entered without its area is read by whoever reads a well that it covers."""

import pytest
from sqlalchemy import text

from gis_app.rights import Caller, Grant, Role
from gis_app.store.engine import seeing, writing
from tests.rights.conftest import OTHER, OWN
from tests.world import add_well, record


@pytest.mark.parametrize(
    ("area", "numbers"),
    [
        (OWN, {"by the register", "by its entry", "of both"}),
        (OTHER, {"elsewhere", "of both"}),
        ("", {"by the register", "by its entry", "of both", "elsewhere", "of no well"}),
        ("15", set()),
    ],
)
def test_a_permit_without_an_area_is_read_with_its_wells(fresh_database, area, numbers):
    with writing(fresh_database, "test") as conn:
        for number in ("by the register", "by its entry", "of both", "elsewhere", "of no well"):
            record(conn, "permit", number=number, state="issued")
            record(conn, "permit_purpose", permit_number=number, use="industry")
        add_well(conn, "here", 0, 0, area_code=OWN)
        add_well(conn, "here too", 10, 0, area_code=OWN, permit_number="by its entry")
        add_well(conn, "there", 20, 0, area_code=OTHER, permit_number="elsewhere")
        for number, code in (
            ("by the register", "here"),
            ("of both", "here"),
            ("of both", "there"),
        ):
            record(conn, "permit_well", permit_number=number, well_code=code)
    with seeing(fresh_database, Caller("x", (Grant(Role.VIEWER, area),))) as conn:
        assert set(conn.execute(text("select number from gis.permit")).scalars()) == numbers
        told = conn.execute(text("select permit_number from gis.permit_purpose")).scalars()
        assert set(told) == numbers
    with seeing(fresh_database, Caller("visitor", ())) as conn:
        assert conn.execute(text("select count(*) from gis.permit")).scalar() == 0
