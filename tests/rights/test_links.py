"""A permit speaks of all its wells: who may put a well on it, by whichever door."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from gis_app.rights import Caller, Grant, Role
from gis_app.store.engine import sign
from tests.rights.conftest import OTHER, OWN, SECRET
from tests.rights.test_writes import send, well
from tests.world import add_well, add_zone, at, record, square

MINE, THEIRS = f"{SECRET[OWN]}-0", f"{SECRET[OTHER]}-0"
MY_PERMIT, THEIR_PERMIT = f"{SECRET[OWN]}-P", f"{SECRET[OTHER]}-P"
ANALYST = Caller("a", (Grant(Role.ANALYST, OWN),))
CITY = Caller("c", (Grant(Role.ANALYST, "1403"),))
LINK = "insert into gis.permit_well (permit_number, well_code) values ('{}', '{}')"
VERSION = (
    "insert into gis.permit (number, changed_on, state, area_code) values ('{}', '2030-01-01',"
    " 'cancelled', '140302')"
)
ENTRY = "update gis.well set permit_number = '{}' where code = '{}'"
QUOTA = (
    "insert into gis.unit_year (unit_code, year, sector, area_code) values ('{}', 2030, 'total',"
    " '140302')"
)


@pytest.fixture
def conn(counties) -> Iterator[Connection]:
    """A connection whose changes go, with permits of the city and of nobody, and two units."""
    with counties.connect() as made, made.begin() as transaction:
        sign(made, "test")
        for number, area in (("CITY", "1403"), ("FULL", "140300"), ("PROVINCE", "140000"),
                             ("NEXT", "140400"), ("NOBODY", None)):  # fmt: skip
            record(made, "permit", number=number, area_code=area)
        record(made, "permit", number="TURNED", changed_on="2010-01-01", area_code=OTHER)
        record(made, "permit", number="TURNED", changed_on="2020-01-01", area_code=OWN)
        for unit, area in (("U-MINE", OWN), ("U-THEIRS", OTHER), ("U-CITY", "1403")):
            add_zone(made, "management_unit", square(0, 0, 90), code=unit, area_code=area)
        add_well(made, "NOWHERE", 900, 900, area_code=None)
        yield made
        transaction.rollback()


@pytest.mark.parametrize(
    ("caller", "statement", "of"),
    [
        (ANALYST, LINK.format(MY_PERMIT, f"{SECRET[OWN]}-1"), None),
        (ANALYST, LINK.format(THEIR_PERMIT, MINE), OTHER),
        (ANALYST, LINK.format(MY_PERMIT, THEIRS), OTHER),
        (ANALYST, LINK.format("NOT REGISTERED", MINE), None),
        # a city's and a province's permit covers wells of the county, with or without zeros
        (ANALYST, LINK.format("CITY", MINE), None),
        (ANALYST, LINK.format("FULL", MINE), None),
        (ANALYST, LINK.format("PROVINCE", MINE), None),
        (ANALYST, LINK.format("NEXT", MINE), "140400"),
        (ANALYST, LINK.format("NOBODY", MINE), "（未填）"),
        (ANALYST, LINK.format(MY_PERMIT, "NOWHERE"), "NOWHERE"),
        (ANALYST, LINK.format("TURNED", MINE), None),  # it is where its latest version says
        (CITY, LINK.format(THEIR_PERMIT, MINE), None),
        (ANALYST, f"update gis.permit_well set permit_number = '{THEIR_PERMIT}'"
                  f" where well_code = '{MINE}'", OTHER),
        (ANALYST, f"delete from gis.permit_well where well_code = '{MINE}'", None),
        (ANALYST, ENTRY.format(THEIR_PERMIT, MINE), OTHER),
        (ANALYST, ENTRY.format("CITY", MINE), None),
        (ANALYST, ENTRY.format("NOT REGISTERED", MINE), None),
        (ANALYST, VERSION.format(THEIR_PERMIT), OTHER),
        (ANALYST, VERSION.format("CITY"), "1403"),
        (ANALYST, VERSION.format(MY_PERMIT), None),
        (ANALYST, f"update gis.permit set number = '{THEIR_PERMIT}' where number = '{MY_PERMIT}'",
         OTHER),
        (ANALYST, QUOTA.format(OTHER), OTHER),
        (ANALYST, QUOTA.format("1403"), "1403"),
        (ANALYST, QUOTA.format("U-THEIRS"), OTHER),
        (ANALYST, QUOTA.format("U-CITY"), "1403"),
        (ANALYST, QUOTA.format("U-MINE"), None),
        (ANALYST, QUOTA.format("U-NOT-DRAWN"), None),
        (CITY, QUOTA.format("U-CITY"), None),
    ],
)  # fmt: skip
def test_what_belongs_to_two_areas_is_changed_by_who_may_write_in_both(conn, caller, statement, of):
    sign(conn, caller)
    if of is None:
        assert conn.execute(text(statement)).rowcount == 1
        return
    with pytest.raises(DBAPIError) as refused:
        conn.execute(text(statement))
    assert refused.value.orig.sqlstate == "GI004"
    assert of in refused.value.orig.diag.message_primary


def test_a_link_made_before_is_left_by_what_does_not_touch_it(conn):
    conn.execute(text(ENTRY.format(THEIR_PERMIT, MINE)))
    conn.execute(text(LINK.format(THEIR_PERMIT, f"{SECRET[OWN]}-1")))
    sign(conn, ANALYST)
    conn.execute(text(f"update gis.well set name = 'x', permit_number = permit_number"
                      f" where code = '{MINE}'"))  # fmt: skip
    conn.execute(text(f"update gis.well set permit_number = null where code = '{MINE}'"))
    with pytest.raises(
        DBAPIError, match=THEIR_PERMIT
    ):  # who takes a well off a permit changes both
        conn.execute(text(f"delete from gis.permit_well where permit_number = '{THEIR_PERMIT}'"))


def test_an_editor_is_told_the_field_and_whom_to_ask(http, people):
    body = {"type": "Feature", "geometry": None,
            "properties": {"permit_number": THEIR_PERMIT, "well_code": MINE}}  # fmt: skip
    path = "/collections/permit_well/items"
    answer = send(http, people["analyst"], "POST", path, body)
    assert answer.status_code == 403, answer.text
    told = answer.json()
    assert all(word in told["detail_zh"] for word in (THEIR_PERMIT, OTHER, "更正证号", "权限"))
    assert all(word in told["detail_en"] for word in (THEIR_PERMIT, OTHER, "mend the number"))
    assert [(p["code"], p["column"]) for p in told["problems"]] == [
        ("permit_elsewhere", "permit_number")
    ]
    new = well("LINKED", OWN)
    new["properties"]["permit_number"] = THEIR_PERMIT
    answer = send(http, people["analyst"], "POST", "/collections/well/items", new)
    assert answer.status_code == 403, answer.text
    new["properties"]["permit_number"] = MY_PERMIT
    made = send(http, people["analyst"], "POST", "/collections/well/items", new)
    assert made.status_code == 201, made.text
    path = f"/collections/well/items/{made.json()['id']}"
    tag = {"If-Match": made.headers["ETag"]}
    patch = {"properties": {"permit_number": THEIR_PERMIT}}
    answer = send(http, people["analyst"], "PATCH", path, patch, **tag)
    assert answer.status_code == 403, answer.text
    assert send(http, people["analyst"], "DELETE", path, **tag).status_code == 204


HERE, BESIDE = (",".join(map(str, at(600 + east, 600))) for east in (0, 90))
SHEETS = {
    "permit_well": ("证号,井编号,起", f"{MY_PERMIT},{MINE},2031-01-01",
                    f"{THEIR_PERMIT},{MINE},2031-01-01"),
    "permit": ("证号,本版自,行政区划代码", f"{MY_PERMIT},2031-01-01,{OWN}",
               f"{THEIR_PERMIT},2031-01-01,{OWN}"),
    "well": ("水井编号,经度,纬度,许可证号", f"L-1,{HERE},{MY_PERMIT}",
             f"L-2,{BESIDE},{THEIR_PERMIT}"),
}  # fmt: skip


@pytest.mark.parametrize("layer", SHEETS)
def test_an_import_refuses_the_row_and_takes_the_others(http, people, service, layer):
    header, *lines = SHEETS[layer]
    field = next(name for name in header.split(",") if "证号" in name)
    sheet = "\n".join([header, *lines, ""])
    file = {"file": ("rows.csv", sheet.encode(), "text/csv")}
    data = {"layer": layer, "crs": "EPSG:4490"}
    for headers, refused in ((service.headers, []), (people["analyst"], [(2, field)])):
        made = http.post("/imports", files=file, data=data, headers=headers)
        assert made.status_code == 201, made.text
        path = f"/imports/{made.json()['batch_id']}"
        found = http.get(f"{path}/problems", headers=headers).json()["problems"]
        kept = [(p["row"], p["column"]) for p in found if p["code"] == "permit_elsewhere"]
        assert kept == refused, found
    assert http.post(f"{path}/commit", json={}, headers=headers).status_code == 409
    done = http.post(f"{path}/commit", json={"skip_refused": True}, headers=headers)
    assert done.status_code == 200, done.text
    assert done.json()["report"]["inserted"] == 1
    assert http.post(f"{path}/undo", json={}, headers=headers).status_code == 200
