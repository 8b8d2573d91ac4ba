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
    "/tileMatrixSets/WebMercatorQuad",
]  # fmt: skip


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
    asked = http.get(path, params={"f": "html", **dict(re.findall(r"[?&](\w+)=(\w+)", path))})
    assert asked.text == answer.text or "timeStamp" in answer.text


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
