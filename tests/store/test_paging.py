"""Pages of a collection: every feature once, in the order asked for, blanks last."""

import pytest

from gis_app.errors import BadInput
from gis_app.registry import load
from gis_app.store import items
from tests.world import add_well

WELL = load().layer("well")


def pages(conn, limit, sort):
    after, seen = None, []
    while True:
        page = items.page(conn, WELL, items.Query(limit=limit, sort=sort, after=after))
        seen += [f["properties"] for f in page.features]
        after = page.next_after
        if after is None:
            return seen


@pytest.fixture
def wells(conn):
    for n in range(23):
        add_well(conn, f"W{n:02d}", n, 0, depth_m=[None, 10.5, 7.0][n % 3], name=f"{n % 4}",
                 self_supply=[None, True, False][n % 3],
                 completed_on=None if n % 5 == 0 else f"20{n:02d}-01-01")  # fmt: skip
    return conn


@pytest.mark.parametrize("limit", [1, 4, 100])
@pytest.mark.parametrize(
    "sort",
    [
        (),
        (("self_supply", True),),
        (("self_supply", False), ("depth_m", True)),
        (("depth_m", True),),
        (("depth_m", False), ("name", True)),
        (("completed_on", False),),
    ],
)
def test_every_feature_is_served_once_in_order_with_blanks_last(wells, limit, sort):
    seen = pages(wells, limit, sort)
    assert sorted(p["code"] for p in seen) == [f"W{n:02d}" for n in range(23)]
    expected = sorted(seen, key=lambda p: p["code"])
    for name, rising in reversed(sort):
        known = [p for p in expected if p[name] is not None]
        known = sorted(known, key=lambda p: p[name], reverse=not rising)
        if not rising:  # equal ones stay in the order of the key
            known = [p for v in dict.fromkeys(p[name] for p in known)
                     for p in expected if p[name] == v]  # fmt: skip
        expected = [*known, *(p for p in expected if p[name] is None)]
    assert [p["code"] for p in seen] == [p["code"] for p in expected]


@pytest.mark.parametrize("cursor", ["-1", "x", "", "1.5", "W10", "9" * 40])
def test_a_cursor_that_is_not_ours_is_refused(wells, cursor):
    for sort in ((), (("depth_m", True),)):
        with pytest.raises(BadInput, match="next"):
            items.page(wells, WELL, items.Query(sort=sort, after=cursor))
