"""Nothing of the other county comes through any door, and nothing of either to a visitor."""

import io
import itertools
import re
import zipfile
from contextlib import contextmanager

import httpx
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import InvalidRequestError

from gis_app.export import FORMATS
from gis_app.rights import CARRIES, Caller, Grant, Right, Role
from gis_app.store.engine import connect, seeing, writing
from gis_app.store.statements import script
from gis_app.store.wells import near
from tests.rights.conftest import LAW, OTHER, OWN, SECRET
from tests.tiles.reading import decoded, tile_of
from tests.world import LAT, LON, at

READS = [role.value for role in Role if Right.READ in CARRIES[role]]
# what stands in the path or must be asked with; every value that there is
IDS = {
    "collectionId": [*LAW.layers, *LAW.registers, *LAW.rasters],
    "rasterId": list(LAW.rasters),
    "raster_no": [1],
    "f": list(FORMATS),
    "suffix": ["csv"],
    "version": [1],
    "other": [1],
}


def addresses(http: httpx.Client, engine) -> list[str]:
    """Every address that the service's own definition says may be read, with every value."""
    with engine.connect() as conn:
        one = {
            "code": list(conn.execute(text("select code from gis.well")).scalars()),
            "run_id": list(conn.execute(text("select run_id from gis.audit_run")).scalars()),
            "featureId": range(1, 8),
            "batch_id": [1],
            "name": ["own-planner"],
            **{"z": [1], "x": [0], "y": [0]},  # of base maps of others
        }
    found = []
    for path, operations in http.get("/openapi.json").json()["paths"].items():
        if "get" not in operations or "/tiles/WebMercatorQuad/{" in path:
            continue
        asked = [p for p in operations["get"].get("parameters", []) if p.get("required")]
        names = re.findall(r"{(\w+)}", path)
        values = {**IDS, **one}
        queries = [p["name"] for p in asked if p["in"] == "query"]
        known = {
            "lon": [LON],
            "lat": [LAT],
            "q": ["MARK"],
            "kind": ["new"],
            "f": list(FORMATS),
            "coords": [f"POINT({LON} {LAT})"],
            "since": [1],
        }
        missing = [n for n in (*names, *queries) if n not in values and n not in known]
        assert missing == [], f"{path}: say here how to ask for {missing}"
        options = [values.get(n) or known[n] for n in (*names, *queries)]
        for chosen in itertools.product(*options):
            # the formats are the same for all: try every one on two collections
            if "{collectionId}/export" in path and not {"well", "permit", "csv"} & set(chosen):
                continue
            given = dict(zip((*names, *queries), chosen, strict=True))
            query = "&".join(f"{name}={given[name]}" for name in queries)
            filled = re.sub(r"{(\w+)}", lambda m, g=given: str(g[m[1]]), path)
            found.append(f"{filled}?{query}" if query else filled)
    return found


def read(answer: httpx.Response) -> str:
    """All the text in an answer, out of its compression."""
    body = answer.content
    if body[:4] == b"PAR1":
        return str(pq.read_table(io.BytesIO(body)).to_pylist())
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return body.decode("utf-8", errors="replace")


@pytest.mark.parametrize("role", [None, "viewer", "planner", "administrator"])
def test_no_address_tells_of_what_the_caller_may_not_see(http, counties, people, role):
    headers = people[role] if role else {}
    seen, absent = 0, set()
    for form, address in itertools.product(("*/*", "text/html"), addresses(http, counties)):
        if form == "text/html" and ("/export" in address or address in absent):
            continue  # the address says the form; or there is nothing to show
        answer = http.get(address, headers={**headers, "accept": form})
        assert answer.status_code < 500, (address, answer.text)
        if answer.status_code == 404:
            absent.add(address)
        if form == "text/html" and "html" not in answer.headers.get("content-type", ""):
            continue  # it has no page
        told = read(answer)
        # an address that was asked for by a code says that code
        asked = address if answer.status_code >= 400 else ""
        told = told.replace(asked.split("/")[2] if asked.startswith("/wells/") else "\0", "")
        assert SECRET[OTHER] not in told, (role, address)
        if role in READS:
            seen += SECRET[OWN] in told
        else:
            assert SECRET[OWN] not in told, (role, address)
    if role in READS:
        assert seen > 40  # the own county is seen, so the doors were open


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_the_pre_check_tells_the_figures_of_a_unit_to_who_reads_its_registers(http, people, accept):
    def told(headers, area):
        lon, lat = at(500 if area == OWN else 4500, 500)
        asked = {"geometry": {"type": "Point", "coordinates": [lon, lat]}, "kind": "new",
                 "use": "industry", "annual_m3": 30_000, "on": "2024-06-30"}  # fmt: skip
        answer = http.post("/precheck", json=asked, headers={**headers, "accept": accept})
        assert answer.status_code == 200, answer.text
        return answer

    own = told(people["viewer"], OWN).text.replace(",", "")
    assert "424242" in own
    for hidden in (told({}, OWN), told(people["viewer"], OTHER)):
        assert "424242" not in hidden.text.replace(",", "")
        if accept == "application/json":
            assert (hidden.json()["unit"], hidden.json()["hidden"]) == (None, ["unit"])
            every = [
                f for name in ("grounds", "conditions", "unknown") for f in hidden.json()[name]
            ]
            assert not [name for f in every for name in f["inputs"] if name.startswith("unit_")]
        else:
            assert "登录" in hidden.text


def test_wells_that_are_not_shown_are_not_counted_as_none(http, people, counties):
    with counties.connect() as conn:
        ask = "select zone_id, area_code from gis.zone where name like '管网%'"
        zones = {area: zone for zone, area in conn.execute(text(ask))}
    for area, headers, told in (
        (OWN, {}, None), (OTHER, people["viewer"], None), (OWN, people["viewer"], 0),
    ):  # fmt: skip
        path = f"/collections/public_supply_coverage/items/{zones[area]}/versions/1/diff/1"
        answer = http.get(path, headers=headers)
        assert answer.json()["wells"]["in"]["count"] == told, answer.text
        assert answer.json()["wells"]["out"]["codes"] == (None if told is None else [])
    assert http.get("/layers").json()["flags"] is None
    assert http.get("/layers", headers={"accept": "text/html"}).status_code == 200
    assert sum(http.get("/layers", headers=people["viewer"]).json()["flags"].values()) == 3


def test_filters_and_sorting_do_not_tell_either(http, people):
    for path in ("well", "permit", "prohibited_zone"):
        for asked in ({"filter": f"{'holder' if path == 'permit' else 'name'} like '%MARK%'"},
                      {"sortby": "-code" if path != "permit" else "-number"}):  # fmt: skip
            address = f"/collections/{path}/items"
            answer = http.get(address, params=asked, headers=people["planner"])
            assert answer.status_code == 200, answer.text
            assert SECRET[OTHER] not in answer.text
            numbers = [http.get(address, params=asked, headers=h).json().get("numberMatched")
                       for h in ({}, people["viewer"], people["planner"])]  # fmt: skip
            expected = {"well": [None, 3, 3], "permit": [None, 1, 1], "prohibited_zone": [0, 0, 0]}
            assert numbers == expected[path]


def test_a_search_by_owner_finds_what_the_caller_sees_of_owners(http, people):
    for headers, area in ((people["viewer"], OWN), (people["viewer"], OTHER)):
        told = http.get("/search", params={"q": f"{SECRET[area]} owner"}, headers=headers).json()
        owners = {r.get("owner") for r in told["results"]}
        assert owners == ({f"{SECRET[OWN]} owner"} if area == OWN else set())
    assert http.get("/search", params={"q": f"{SECRET[OWN]} owner"}).json()["results"] == []


def test_drafts_are_seen_by_who_plans_and_by_nobody_else(counties):
    for role in Role:
        caller = Caller("x", (Grant(role, OWN),))
        with seeing(counties, caller) as conn:
            names = set(conn.execute(text("select name from gis.zone where law_status = 'draft'"))
                        .scalars())  # fmt: skip
        expected = {f"{SECRET[OWN]} draft"} if Right.READ_DRAFTS in CARRIES[role] else set()
        assert names == expected, role


@pytest.mark.parametrize("z", [5, 9, 10, 12, 15])
@pytest.mark.parametrize("kind", ["service", "counting"])
def test_a_tile_made_for_one_is_never_another_s(request, people, z, kind):
    """Asked in turns, so that each finds the others' tiles in the cache."""
    service = request.getfixturevalue(kind)
    http = request.getfixturevalue({"service": "http", "counting": "counting_http"}[kind])
    _, own_x, own_y = tile_of(LON, LAT, z)
    _, x, y = tile_of(*at(4000, 0), z)
    own = f"/collections/well/tiles/WebMercatorQuad/{z}/{own_y}/{own_x}"
    there = f"/collections/well/tiles/WebMercatorQuad/{z}/{y}/{x}"
    visitor, inspector, everybody = {}, people["inspector"], service.headers
    tags = {}
    for _ in range(2):
        for name, headers in (("all", everybody), ("own", inspector), ("none", visitor)):
            for place in (own, there):
                answer = http.get(place, headers=headers)
                told = answer.content
                if name != "all" and z > 11:
                    assert SECRET[OTHER].encode() not in told
                if name == "none" and z > 9:
                    assert told == b""
                if z > 11 and name != "none":
                    assert SECRET[OWN].encode() in http.get(own, headers=headers).content
                if z > 9 and told and answer.status_code == 200:
                    tags.setdefault((place, name), answer.headers["etag"])
    for (place, name), tag in tags.items():
        for other, headers in (("all", everybody), ("own", inspector), ("none", visitor)):
            if other != name:
                answer = http.get(place, headers={**headers, "If-None-Match": tag})
                assert answer.status_code != 304, (place, name, other)


@pytest.mark.parametrize("kind", ["service", "counting"])
def test_counts_hold_only_what_is_seen(request, people, kind):
    service = request.getfixturevalue(kind)
    http = request.getfixturevalue({"service": "http", "counting": "counting_http"}[kind])
    _, x, y = tile_of(LON, LAT, 5)
    place = f"/collections/well/tiles/WebMercatorQuad/5/{y}/{x}"

    def counted(headers) -> int:
        layers = decoded(http.get(place, headers=headers).content)
        return sum(f["properties"]["wells"] for f in layers.get("well_count", []))

    open_to_all = kind == "counting"
    assert counted(service.headers) == 6
    assert counted({}) == (6 if open_to_all else 0)
    assert counted(people["inspector"]) == (6 if open_to_all else 3)


def test_every_table_says_who_sees_it_or_is_shown_to_nobody(engine):
    hidden = {"account", "account_role", "session", "token", "failed_sign_in", "well_counted",
              "well_overview", "well_tile", "well_unsettled", "recorded", "unaudited", "audited",
              "shape_depth"}  # fmt: skip
    ours = "select relname from pg_class where relnamespace = 'gis'::regnamespace and relkind = 'r'"

    def names(conn, more: str = "") -> set[str]:
        return set(conn.execute(text(ours + more)).scalars())

    with engine.connect() as conn:
        sights = set(conn.execute(text("select name from gis.sights()")).scalars())
        opened = set(conn.execute(text("select unnest(gis.open_tables())")).scalars())
        assert names(conn) == sights | opened | hidden
        read = " and has_table_privilege('gis_reader', oid, 'select')"
        assert names(conn, read) == sights | opened
        written = " and has_table_privilege('gis_reader', oid, 'insert, update, delete, truncate')"
        assert names(conn, written) == set()
        assert names(conn, " and relrowsecurity") == sights


def test_without_a_sight_only_law_is_seen(counties):
    with counties.connect() as conn:
        conn.execute(text("set local role gis_reader"))
        names = conn.execute(text("select name from gis.sights()")).scalars().all()
        told = {name: conn.scalar(text(f"select count(*) from gis.{name}")) for name in names}
        approved = conn.scalar(text("select count(*) from gis.zone where law_status = 'approved'"))
    assert {name for name, count in told.items() if count} == {"zone"}
    assert told["zone"] == approved > 0


def test_a_sight_goes_with_its_transaction(counties):
    caller = Caller("x", (Grant(Role.VIEWER, OWN),))
    for end in (Connection.commit, Connection.rollback):
        with seeing(counties, caller) as conn:
            assert conn.execute(text("select count(*) from gis.well")).scalar() == 3
            end(conn)
            with pytest.raises(InvalidRequestError):  # or the owner of the tables would read on
                conn.execute(text("select count(*) from gis.well"))
    with counties.connect() as conn:
        assert conn.execute(text("select current_user <> 'gis_reader'")).scalar()
        assert conn.execute(text("select gis.areas('read') = '{}'")).scalar()
        assert conn.execute(text("select count(*) from gis.well")).scalar() == 6


def test_a_statement_kept_ready_shows_each_caller_his_own(counties):
    """One connection in turns, often enough that the driver and the database keep the plan."""
    with one_connection(counties) as engine:
        for _ in range(30):
            for area, wells in ((OWN, 3), ("", 6), ("15", 0)):
                with seeing(engine, Caller("x", (Grant(Role.VIEWER, area),))) as conn:
                    found = near(conn, LON, LAT, 10_000.0)
                    kept = conn.execute(KEPT, {"what": "candidate"}).scalar()
                told = {well["code"] for well in found}
                assert len(told) == wells
                assert area != OWN or all(SECRET[OWN] in code for code in told)
                assert all(well["rule"] for well in found)
            with engine.begin() as conn:
                assert len(near(conn, LON, LAT, 10_000.0)) == 6
    assert kept == 1


KEPT = text("select count(*) from pg_prepared_statements where statement like '%' || :what || '%'")


@contextmanager
def one_connection(engine):
    """An engine on the same database whose every caller gets the same connection."""
    made = connect(engine.url.render_as_string(hide_password=False), pool_size=1)
    yield made
    made.dispose()


def test_the_new_day_is_kept_when_a_caller_meets_it_first(fresh_database):
    with writing(fresh_database, "test") as conn:
        conn.execute(text("update gis.incidence_day set day = day - 1"))
    for _ in range(2):
        with seeing(fresh_database, Caller("x", (Grant(Role.VIEWER, OWN),))) as conn:
            assert conn.execute(text("select current_user")).scalar() == "gis_reader"
            assert conn.execute(text("select gis.areas('read')")).scalar() == [f"{OWN}%"]
            assert conn.execute(text("select day = gis.today() from gis.incidence_day")).scalar()


def test_the_sight_does_not_cost_the_spatial_index(counties):
    """A box reaches the index under row-level security, because && is trusted (80_sight.sql)."""
    box = "st_makeenvelope(113.59, 37.89, 113.61, 37.91, 4490)"
    caller = Caller("x", (Grant(Role.VIEWER, OWN),))
    with seeing(counties, caller) as conn:
        conn.execute(text("set local enable_seqscan = off"))
        for where in (f"geom && {box}", f"geom && {box} and st_intersects(geom, {box})"):
            asked = text(f"explain (costs off) select * from gis.well where {where}")
            plan = "\n".join(conn.execute(asked).scalars())
            assert re.search(r"Index Cond: .*geom && ", plan), plan
            assert "area_code ~~ ANY" in plan


def test_wells_near_are_found_by_the_index_too(counties):
    asked = {"lon": LON, "lat": LAT, "within_m": 500, "limit": 50, "flags": None}
    with seeing(counties, Caller("x", (Grant(Role.VIEWER, OWN),))) as conn:
        conn.execute(text("set local enable_seqscan = off"))
        explained = text("explain (costs off) " + script("near").as_string())
        plan = "\n".join(conn.execute(explained, asked).scalars())
    assert re.search(r"Index Cond: .*geom_web && ", plan), plan
    assert re.search(r"Order By: .*geom_web <-> ", plan), plan


def test_what_may_not_be_seen_is_said_to_be_hidden_and_not_to_be_none(http, people):
    for path in ("/collections/well/items", "/collections/well/items/1", "/wells/near?lon=1&lat=2",
                 "/collections/permit/items", "/collections/findings/items", "/audits",
                 f"/wells/{SECRET[OWN]}-0/verdict", "/collections/well/export?f=csv"):  # fmt: skip
        answer = http.get(path)
        assert answer.status_code == 401, path
        assert "登录" in answer.json()["detail_zh"]
        assert http.get(path, headers=people["administrator"]).status_code == 403
    for headers, visible in (({}, False), (people["viewer"], True)):
        told = http.get("/layers", headers=headers).json()["layers"]
        (well,) = [layer for layer in told if layer["id"] == "well"]
        assert well["seen"] == ("rows" if visible else "none")
        assert well["count"] == (3 if visible else None)
        assert well["has_data"] == (True if visible else None)
