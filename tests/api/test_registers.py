"""Registers over HTTP: collections without tiles, records without a place, imports by any name."""

import httpx
import jsonschema
import pytest
from shapely import Point
from sqlalchemy import Engine, text

from gis_app import registry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.service import serving
from tests.store.records import record
from tests.world import add_well, at, square

QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
LAW = registry.load()
READINGS = 25


def fill(engine: Engine) -> None:
    """A few records of several registers."""
    with writing(engine, "test") as conn:
        add_well(conn, "W1", 0, 0)
        add_well(conn, "W2", 100, 0)
        record(conn, "permit", number="C140302G2020-0005", changed_on="2020-03-01", state="issued",
               holder="示例厂", holder_uscc="91140300MA0GT00000", annual_m3=41_500)  # fmt: skip
        record(conn, "permit", number="取水（阳泉）字〔2007〕第1号", state="expired")
        for n in range(READINGS):
            record(conn, "withdrawal", well_code=f"W{n % 2 + 1}", method="metered", m3=100 + n,
                   from_on=f"20{n:02d}-01-01", to_on=f"20{n:02d}-12-31")  # fmt: skip
        record(conn, "annual_report", permit_number="C140302G2020-0005", year=2023, state="filed")
        record(conn, "site", shape=square(0, 0, 500), code="S1", kind="mine")
        record(conn, "site", shape=Point(*at(2000, 0)), code="S2", kind="outfall")


@pytest.fixture(scope="module")
def bureau(databases, worker, tmp_path_factory):
    """A service on a database with the records of `fill`."""
    with databases.clone(f"gis_registers_{worker}") as engine:
        fill(engine)
        settings = Settings(home=tmp_path_factory.mktemp("registers"))
        with serving(settings, engine, LAW) as found:
            yield found


@pytest.fixture
def http(bureau):
    with httpx.Client(base_url=bureau.url, headers=bureau.headers, timeout=30) as client:
        yield client


def test_layers_registers_and_findings_are_collections_and_all_their_links_answer(http):
    listed = {c["id"]: c for c in http.get("/collections").json()["collections"]}
    assert list(listed) == [*LAW.layers, *LAW.registers, "findings", *LAW.rasters]
    for name in LAW.registers:
        collection = http.get(f"/collections/{name}").json()
        assert collection == listed[name]
        assert {link["rel"] for link in collection["links"]} == {
            "self", "alternate", "items", "describedby", QUERYABLES, "enclosure",
        }  # fmt: skip
        for link in collection["links"]:
            if link["rel"] != "enclosure":
                assert http.get(link["href"]).status_code == 200, link
        told, declared = http.get(f"/collections/{name}/schema").json(), LAW.registers[name]
        assert declared.json_schema()["properties"].items() <= told["properties"].items()


def test_a_register_is_of_records_unless_it_keeps_places(http):
    kinds = {n: http.get(f"/collections/{n}").json() for n in LAW.registers}
    placed = {n for n, c in kinds.items() if c["itemType"] == "feature"}
    assert placed == {"application", "site"}
    assert {c["itemType"] for n, c in kinds.items() if n not in placed} == {"record"}
    assert "crs" not in kinds["permit"]
    assert "extent" not in kinds["application"]  # there is none yet
    (bounds,) = kinds["site"]["extent"]["spatial"]["bbox"]
    assert bounds == pytest.approx([*at(0, 0), *at(2000, 500)])


def test_a_permit_says_the_parts_of_its_number_and_has_no_geometry(http):
    page = http.get("/collections/permit/items").json()
    assert (page["numberMatched"], page["numberReturned"]) == (2, 2)
    modern, old = (f["properties"] for f in page["features"])
    assert [f["geometry"] for f in page["features"]] == [None, None]
    assert modern["number_parts"] == {
        "level": "C", "division": "140302", "source": "G", "year": 2020, "serial": "0005",
    }  # fmt: skip
    assert old["number_parts"] is None
    assert (modern["holder"], modern["changed_on"]) == ("示例厂", "2020-03-01")
    assert "holder_uscc" not in modern  # as for wells: the name is served, the number is not
    single = http.get(f"/collections/permit/items/{page['features'][0]['id']}").json()
    assert single["properties"] == modern
    del modern["number_parts"]
    jsonschema.validate(modern, LAW.registers["permit"].json_schema())


def test_paging_gives_every_record_once(http):
    seen, url, matched = [], "/collections/withdrawal/items?limit=7", []
    while url:
        page = http.get(url).json()
        matched += [page["numberMatched"]] if "numberMatched" in page else []
        seen += [f["properties"]["from_on"] for f in page["features"]]
        url = next((k["href"] for k in page["links"] if k["rel"] == "next"), None)
    assert matched == [READINGS]  # counted once, on the first page
    assert seen == [f"20{n:02d}-01-01" for n in range(READINGS)]


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("withdrawal/items?well_code=W1", 13),
        ("withdrawal/items?well_code=W1&from_on=2004-01-01", 1),
        ("withdrawal/items?m3=105", 1),
        ("withdrawal/items?method=billed", 0),
        ("annual_report/items?year=2023", 1),
        ("permit/items?holder=示例厂", 1),
        ("permit/items?holder_uscc=91140300MA0GT00000", 0),
        ("permit/items?number=x'; drop table gis.permit; --", 0),
        ("permit/items?bbox=-180,-85,180,85", 0),  # what has no place lies in no box
        ("site/items?bbox=113.55,37.85,113.61,37.95", 1),
        ("site/items?kind=outfall", 1),
    ],
)
def test_records_are_filtered_by_property_and_box(http, query, matched):
    page = http.get(f"/collections/{query}").json()
    assert page["numberMatched"] == page["numberReturned"] == matched


@pytest.mark.parametrize(
    "query",
    ["permit/items?holder_name=x", "permit/items?state=flying", "annual_report/items?year=2023.5",
     "annual_report/items?year=last", "withdrawal/items?m3=nan", "withdrawal/items?limit=0",
     "withdrawal/items?from_on=2004", "permit/items?flag=clear"],
)  # fmt: skip
def test_a_malformed_or_unknown_parameter_is_a_400(http, query):
    answer = http.get(f"/collections/{query}")
    assert answer.status_code == 400, answer.text
    assert answer.json()["detail_zh"]


def test_what_is_not_there_is_a_404_with_the_names_there_are(http):
    assert http.get("/collections/permit/items/999999").status_code == 404
    assert http.get("/collections/permit/tiles").status_code == 404
    answer = http.get("/collections/permits/items")
    assert answer.status_code == 404
    assert "permit_well" in answer.json()["detail_en"]


def test_sites_have_their_shapes(http):
    kinds = [f["geometry"]["type"] for f in http.get("/collections/site/items").json()["features"]]
    assert kinds == ["Polygon", "Point"]


def test_a_register_is_imported_committed_and_undone_by_any_of_its_names(http, bureau):
    sheet = "井编号,出厂编号,状态,安装日期\nW1,SN-1,在线,2020-01-01\nW8,SN-2,在线,\n".encode()
    made = http.post("/imports", files={"file": ("m.csv", sheet)}, data={"layer": "水表"}).json()
    assert (made["layer"], made["report"]["new"], made["report"]["refused"]) == ("meter", 1, 1)
    (told,) = http.get(f"/imports/{made['batch_id']}/problems?code=well_unknown").json()["problems"]
    assert (told["row"], told["column"], told["value"]) == (2, "井编号", "W8")
    path = f"/imports/{made['batch_id']}"
    assert http.post(f"{path}/commit", json={}).status_code == 409
    done = http.post(f"{path}/commit", json={"skip_refused": True}).json()
    assert done["report"]["inserted"] == 1
    assert http.get("/collections/meter/items?serial=SN-1").json()["numberMatched"] == 1
    assert http.post(f"{path}/undo", json={}).json()["report"]["deleted"] == 1
    with bureau.engine.connect() as conn:
        assert conn.execute(text("select count(*) from gis.meter")).scalar_one() == 0
