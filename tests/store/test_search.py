"""Words are searched for as they are written, whatever they mean to LIKE."""

from datetime import date

import pytest

from gis_app.errors import NotFound
from gis_app.store import items, zoning
from tests.world import add_well, add_zone, square


@pytest.mark.parametrize("sign", ["%", "_", "\\", "/"])
def test_a_sign_that_like_knows_is_a_letter_among_others(conn, sign):
    add_well(conn, f"A{sign}B", 0, 0)
    add_well(conn, "AXB", 0, 0)
    add_zone(conn, "spring_domain", square(0, 0, 1000), name=f"泉{sign}域")
    add_zone(conn, "spring_domain", square(0, 0, 1000), name="泉域")
    assert {found["name"] or found["code"] for found in items.search(conn, sign, 10)} == {
        f"A{sign}B", f"泉{sign}域",
    }  # fmt: skip


def test_an_area_code_is_taken_by_the_letter(conn):
    add_zone(conn, "district", square(0, 0, 1000), area_code="140302")
    assert not zoning.ground(conn, "1403", date(2024, 6, 1)).is_empty
    with pytest.raises(NotFound):
        zoning.ground(conn, "14_3", date(2024, 6, 1))
