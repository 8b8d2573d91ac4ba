"""One way of comparing codes, here and in the database."""

import pytest
from sqlalchemy import text

from gis_app.store import codes
from tests.world import add_well


@pytest.mark.parametrize(
    "code",
    [
        "W-1",
        "Ｗ－１",
        " W–1\t",
        "W\u2014\u20151",
        "\u200bW\u22121\ufeff",
        "井 7",
        "ﾊﾝｶｸ",
        "Ⅳ①",
        "\r\n",
    ],
)
def test_the_database_reads_a_code_as_the_program_does(conn, code):
    asked = "select gis.plain_code(:code)"
    assert conn.execute(text(asked), {"code": code}).scalar_one() == codes.plain(code)


def test_codes_alike_are_found_in_the_index(conn):
    for n in range(50):
        add_well(conn, f"W-{n}", 0, 0)
    found = codes.alike(conn, "well", ["Ｗ－ ７", "w-8", "W-9", "X"])
    assert [tuple(row.values()) for row in found] == [
        ("w-8", "W-8", False),
        ("Ｗ－ ７", "W-7", True),
    ]
    conn.execute(text("set local enable_seqscan = off"))
    plan = conn.execute(
        text("explain " + codes._ALIKE.format(bearers="gis.well")), {"codes": ["Ｗ－７"]}
    ).scalars()
    assert any("well_plain_code" in line for line in plan)
