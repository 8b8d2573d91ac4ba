"""Every resource is a page too: complete, without scripts, nothing fetched from elsewhere."""

import re
from html.parser import HTMLParser

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PATHS = [
    "/", "/conformance", "/api", "/collections", "/collections/well", "/collections/permit",
    "/collections/public_supply_coverage", "/collections/well/schema",
    "/collections/well/items", "/collections/public_supply_coverage/items?limit=3",
    "/collections/permit/items", "/collections/site/items", "/tiles", "/tiles/WebMercatorQuad",
    "/collections/well/tiles", "/collections/well/tiles/WebMercatorQuad", "/tileMatrixSets",
    "/tileMatrixSets/WebMercatorQuad", "/audits", "/audits/1", "/audits/1/findings",
    "/imports", "/layers", "/healthz", "/healthz/tiles", "/wells/SL-D001/verdict",
    "/collections/ground_height", "/collections/ground_height/map/tiles",
    "/collections/ground_height/map/tiles/WebMercatorQuad", "/collections/ground_height/legend",
    "/collections/pollution_priority_class/legend", "/collections/ground_height/rasters",
    "/collections/ground_height/statistics?layer=spring_domain",
    "/collections/ground_height/position?coords=POINT(113.5%2037.8)",
    "/wells/near?lon=113&lat=37", "/search?q=SL", "/collections/findings/items?limit=4",
]  # fmt: skip
# documents that a program reads, of which another resource is the page: the tileset, the map
_OF_PROGRAMS = {
    "/me",  # its page is the map's
    "/me/tokens",
    "/accounts",
    "/days",  # of the map's slider, and of its printed sheet
    "/law",
    "/collections/{collectionId}/items/{featureId}/versions/{version}/diff/{other}",
    "/tiles/WebMercatorQuad/tilejson.json",
    "/collections/{collectionId}/tiles/WebMercatorQuad/tilejson.json",
    "/collections/{rasterId}/map/tiles/WebMercatorQuad/tilejson.json",
    "/style",
    "/collections/{collectionId}/style",
}


class Page(HTMLParser):
    """The addresses, words and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses, self.tags, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [v for k, v in attrs if k in {"href", "src"}]

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("path", PATHS)
def test_a_browser_is_given_a_page_that_needs_nothing_else(http, path):
    answer = http.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    page = Page(answer.text)
    assert page.tags.count("h1") == 1
    assert "script" not in page.tags
    assert all(a.startswith((str(http.base_url).rstrip("/"), "/")) for a in page.addresses)
    assert '="None"' not in answer.text
    asked = http.get(f"{path}{'&' if '?' in path else '?'}f=html")
    assert asked.text.replace("f=html&amp;", "") == answer.text or "healthz" in path


@pytest.mark.parametrize("path", PATHS)
def test_every_json_resource_names_its_page_and_the_links_of_a_page_answer(http, path):
    body = http.get(path).json()
    if "links" in body:
        pages = [k["href"] for k in body["links"] if k["rel"] == "alternate"]
        assert len(pages) == 1
        assert http.get(pages[0]).headers["content-type"].startswith("text/html")
    page = Page(http.get(path, headers=BROWSER).text)
    for address in list(dict.fromkeys(page.addresses))[:40]:
        if "/map/" not in address:
            assert http.get(address, follow_redirects=True).status_code == 200, address


def test_a_page_of_features_has_a_row_each_a_sketch_and_the_next_page(http):
    answer = http.get("/collections/well/items?limit=7&f=html").text
    assert answer.count("<tr>") == 8
    assert answer.count("<circle") == 7
    assert "scale-words" in answer
    turned = [a for a in Page(answer).addresses if "after=" in a]
    assert http.get(turned[0]).text.count("<tr>") == 8


def test_the_page_of_one_feature_has_every_value_in_words(http):
    found = http.get("/collections/well/items?limit=1").json()["features"][0]
    text = " ".join(Page(http.get(f"/collections/well/items/{found['id']}?f=html").text).words)
    assert found["properties"]["code"] in text
    assert "取水井" in text
    assert "在用 active" in text or "status" not in found["properties"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("*/*", "json"), ("application/json", "json"), ("text/html", "html"), ("", "json"),
     ("text/html;q=0.5,application/json", "json"), ("text/html, */*;q=0.1", "html"),
     ("text/html;q=x", "json")],
)  # fmt: skip
def test_the_better_liked_representation_is_given(http, accept, kind):
    answer = http.get("/collections", headers={"Accept": accept})
    assert kind in answer.headers["content-type"]
    assert answer.headers["vary"] == "Accept" or "Accept" in answer.headers["vary"]


def test_the_definition_is_valid_as_openapi_3_0_and_3_1_and_complete_in_itself(http):
    three = http.get("/api")
    assert three.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    OpenAPIV30SpecValidator(three.json()).validate()
    OpenAPIV31SpecValidator(http.get("/openapi.json").json()).validate()
    assert not re.findall(r'"\$ref":\s*"(?!#/)', three.text)
    names = [o["operationId"] for p in three.json()["paths"].values() for o in p.values()]
    assert len(names) == len(set(names))


def test_the_parameters_of_items_are_defined_as_the_standard_asks(http):
    operation = http.get("/api").json()["paths"]["/collections/{collectionId}/items"]["get"]
    told = {p["name"]: p for p in operation["parameters"]}
    assert all(p["style"] == "form" for p in told.values() if p["in"] == "query")
    box = told["bbox"]
    assert (box["required"], box["explode"], box["schema"]["type"]) == (False, False, "array")
    assert (box["schema"]["minItems"], box["schema"]["maxItems"]) == (4, 6)
    limit = told["limit"]["schema"]
    assert (limit["type"], limit["minimum"], limit["maximum"]) == ("integer", 1, 10_000)
    assert limit["default"] >= 1000
    assert told["datetime"]["schema"] == {"type": "string"}
    assert "422" not in operation["responses"]


@pytest.fixture(scope="module")
def doubtful(http):
    """A previewed import of 121 rows, all with faults."""
    rows = "".join(f"示例页{n},213.5,37.8,-5\n" for n in range(121))
    given = {"file": ("示例.csv", f"code,lon,lat,depth_m\n{rows}".encode())}
    batch = http.post("/imports", files=given, data={"layer": "well"}).json()["batch_id"]
    yield batch
    assert http.post(f"/imports/{batch}/discard", json={}).status_code == 200


def test_every_resource_of_the_definition_that_answers_json_is_a_page_too(http, doubtful):
    well = http.get("/collections/well/items?limit=1").json()["features"][0]
    values = {
        "collectionId": "well", "featureId": well["id"], "code": well["properties"]["code"],
        "rasterId": "ground_height", "run_id": 1, "batch_id": doubtful,
        "tileMatrix": 0, "tileRow": 0, "tileCol": 0,
    }  # fmt: skip
    zone = http.get("/collections/district/items?limit=1").json()["features"][0]
    of_zone = {**values, "collectionId": "district", "featureId": zone["id"], "version": 1}
    queries = {"/collections/{rasterId}/position": "coords=POINT(113.5 37.8)",
               "/wells/near": "lon=113.5&lat=37.8", "/search": "q=示例",
               "/audits/{run_id}/changes": "since=1",
               "/precheck/page": "lon=113.5&lat=37.8&kind=new"}  # fmt: skip
    seen = 0
    for path, each in http.get("/api").json()["paths"].items():
        if "get" not in each or path in _OF_PROGRAMS or "200" not in each["get"]["responses"]:
            continue  # what only leads elsewhere has nothing to show
        media = list(each["get"]["responses"]["200"].get("content", {}))
        assert media, f"{path} does not say what it answers"
        if not any("json" in kind for kind in media if kind != "application/geo+json" or
                   path.endswith(("items", "{featureId}"))):  # fmt: skip
            continue
        given = of_zone if "/versions" in path else values
        answer = http.get(f"{path.format_map(given)}?{queries.get(path, '')}", headers=BROWSER)
        assert answer.headers["content-type"].startswith("text/html"), f"{path} has no page"
        assert answer.status_code == 200, path
        assert Page(answer.text).tags.count("h1") == 1, path
        assert "text/html" in media, f"{path} does not say that it has a page"
        seen += 1
    assert seen > 20


def test_the_pages_of_an_audit_count_what_its_ledger_holds(http):
    run = http.get("/audits/1").json()
    text = http.get("/audits/1?f=html").text
    for each in run["counts"]["findings"]:
        assert f'<td class="number">{each["subjects"]:,}</td>' in text
    assert text.count("?rule=") == len(run["counts"]["findings"])
    assert "不等于不涉及" in text or not run["not_assessed"]
    first = next(a for a in Page(text).addresses if "?rule=" in a)
    asked = dict(re.findall(r"(\w+)=([^&]+)", first))
    listed = http.get(first).text
    counted = next(
        each["subjects"]
        for each in run["counts"]["findings"]
        if all(each[n] == asked[n] for n in ("rule", "answer", "subject"))
    )
    assert listed.count("<tr>") == min(counted, 100) + 1
    whole = http.get("/audits/1/findings?f=html").text
    turned = next(a for a in Page(whole).addresses if "after=" in a)
    told = http.get("/audits/1/findings?limit=200").json()["findings"]
    assert told[100]["sentence_zh"] in http.get(turned).text.replace("&#x27;", "'")


def test_the_pages_of_an_import_name_every_fault_and_go_on(http, doubtful):
    text = http.get(f"/imports/{doubtful}?f=html").text
    assert "out_of_range" in text
    assert f"/imports/{doubtful}/refused.xlsx" in text
    assert "示例.csv" in http.get("/imports?f=html").text
    rows, address = 0, f"/imports/{doubtful}/problems?f=html"
    while address:
        page = http.get(address).text
        rows += page.count("<tr>") - 1
        address = next((a for a in Page(page).addresses if "offset=" in a and "f=html" in a), None)
    assert rows == len(http.get(f"/imports/{doubtful}/problems").json()["problems"])
    assert rows > 121


def test_the_page_of_a_verdict_quotes_the_law(http):
    told = http.get("/wells/SL-D001/verdict").json()
    text = http.get("/wells/SL-D001/verdict?f=html").text
    for each in told["findings"]:
        assert each["sentence_zh"] in text
        assert each["quote"] in text
    assert "井深（米）" in text
    near = http.get("/wells/near", params={
        "lon": told["well"]["lon"], "lat": told["well"]["lat"], "f": "html"}).text  # fmt: skip
    assert near.index("SL-D001/verdict") < near.index("</tr>", near.index("<tbody>"))
