"""A made world with all that files find hard: Chinese, blanks, formulas, long texts, holes."""

from datetime import date

import pytest
from shapely import MultiPolygon, Point, Polygon
from sqlalchemy import text

from gis_app.registry import load
from tests.service import http, service  # noqa: F401
from tests.world import add_well, add_zone, at, record, square

LAW = load()
LONG = "示例长文本，" * 60  # 1,080 bytes in UTF-8, 720 in GBK
RARE = "示例𠮷井"  # its second character is in no GBK


@pytest.fixture
def world(conn):
    """Wells, zones, permits and sites in a transaction of the test's own."""
    wells(conn)
    holed = Polygon(square(0, 0, 900).exterior, [square(300, 300, 200).exterior])
    two = MultiPolygon([square(2000, 0, 300), square(3000, 0, 300)])
    add_zone(conn, "overdraft_zone", holed, name="示例区甲", code="Z1", clause="=1+1")
    add_zone(conn, "overdraft_zone", two, name="示例区乙", valid_to=date(2199, 1, 1), source="")
    add_zone(conn, "overdraft_zone", square(0, 0, 9), name="旧区", valid_to=date(2021, 1, 1))
    for n in range(7):
        record(conn, "permit", number=f"示例-{n}", changed_on=date(2020, 1, 1 + n), state="issued",
               annual_m3=None if n % 2 else 1e6 + n / 8, place_lon=113.5 + n)  # fmt: skip
    record(conn, "site", shape=square(0, 0, 500), code="S1", kind="mine")
    record(conn, "site", shape=Point(*at(2000.123, 0)), code="S2", kind="outfall", name="排污口")
    return conn


def wells(conn):
    """Twenty-three wells."""
    owner = conn.execute(
        text("insert into gis.party (name) values ('示例“水务”公司') returning party_id")
    ).scalar_one()
    for n in range(16):
        add_well(
            conn, f"W{n:02d}", n * 131.7, n * 17.3,
            name=[None, "示例井", '带"引号",逗号\n换行', "示例'井"][n % 4],
            depth_m=[None, 120.5, 0.1 + 0.2][n % 3],
            annual_permitted_m3=[None, 123_456_789.125, 0.0, 41_500][n % 4],
            completed_on=None if n % 5 == 0 else date(2000 + n, 2, 28),
            self_supply=[None, True, False][n % 3],
            use=[None, "industry", "irrigation"][n % 3],
            owner_id=owner if n % 2 else None,
        )  # fmt: skip
    more = {
        "formula": {"name": '=HYPERLINK("http://x","点")', "remark": "@SUM(1)", "township": "-1+2"},
        "numbers": {"name": "-12.5", "remark": "+8613900000000", "water_depth_m": -3.25},
        "long": {"name": "示例", "remark": LONG},
        "rare": {"name": RARE, "remark": "制表\t符"},
        "empty": {"name": "", "remark": " "},
        "old": {"completed_on": date(1850, 5, 6), "works_started_on": date(1900, 1, 15)},
        "full": {"name": "＝1+1", "address": "示例路 <b>&amp;</b> ]]>"},
    }
    for n, (code, values) in enumerate(more.items()):
        add_well(conn, code, -100 - n * 7.77, 55.5, **values)


def truth(conn, collection):
    """What the database holds, asked in words of its own: rows and WKT by key."""
    statements = {
        "well": "select w.*, p.name as owner, 'unassessed' as flag, null as rule, w.well_id as key,"
        " st_asbinary(w.geom) as wkb from gis.well w left join gis.party p"
        " on p.party_id = w.owner_id",
        "overdraft_zone": "select z.*, zone_id as key, st_asbinary(geom) as wkb from gis.zone z"
        " where layer = 'overdraft_zone' and (valid_to is null or valid_to > current_date)",
        "permit": "select p.*, permit_id as key, null::bytea as wkb from gis.permit p",
        "site": "select s.*, site_id as key, st_asbinary(geom) as wkb from gis.site s",
    }
    rows = conn.execute(text(statements[collection])).mappings()
    return {row["key"]: dict(row) for row in rows}
