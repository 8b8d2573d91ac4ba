"""Thousands of filters over HTTP: no server error, and no literal in the text of a statement."""

import os
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event

from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.filters import fuzz
from tests.filters.asking import LAW
from tests.service import serving
from tests.world import add_well

# GIS_FUZZ_FILTERS=10000 for the full run; half of them are text, half JSON
NUMBER = int(os.environ.get("GIS_FUZZ_FILTERS", "400"))
TELLING = 0.2  # at least so many of the filters must be understood, else the test shows nothing


class Asked:
    """A client, and the statements that its requests became."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.statements: list[str] = []
        self.counted: Counter[int] = Counter()

    def ask(self, filter: str, language: str) -> None:
        """Ask for wells; every answer is one of ours, and what was asked is in no statement."""
        self.statements.clear()
        query = {"filter": filter, "filter-lang": language, "limit": "2"}
        answer = self.client.get("/collections/well/items", params=query)
        self.counted[answer.status_code] += 1
        assert answer.status_code in {200, 400}, (filter, answer.text)
        if answer.status_code == 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail_zh"]
        written = [text for text in self.statements if any(mark in text for mark in fuzz.MARKS)]
        assert not written, (filter, written)


@pytest.fixture(scope="module")
def wells(databases, worker, tmp_path_factory) -> Iterator[Asked]:
    """A service with a few wells, whose statements are listened to."""
    with databases.clone(f"gis_hostile_{worker}") as engine:
        with writing(engine, "test") as conn:
            for n in range(5):
                add_well(conn, f"W{n}", n * 100, 0, name=f"井{n}", depth_m=None if n == 1 else n)
        home = tmp_path_factory.mktemp("hostile")
        with (
            serving(Settings(home=home), engine, LAW) as service,
            httpx.Client(base_url=service.url, headers=service.headers, timeout=30) as client,
        ):
            asked = Asked(client)
            event.listen(
                engine, "before_cursor_execute", lambda *call: asked.statements.append(call[2])
            )
            yield asked


bounded = settings(
    max_examples=NUMBER // 2,
    deadline=None,
    database=None,
    derandomize=True,  # the same filters in every run: how many are understood is no luck
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def test_no_filter_in_text_is_a_server_error_or_comes_into_a_statement(wells):
    @bounded
    @given(fuzz.in_text())
    def each(filter):
        wells.ask(filter, "cql2-text")

    run(each, wells)


def test_no_filter_in_json_is_a_server_error_or_comes_into_a_statement(wells):
    @bounded
    @given(fuzz.in_json)
    def each(filter):
        wells.ask(filter, "cql2-json")

    run(each, wells)


def run(each, wells: Asked) -> None:
    wells.counted.clear()
    each()
    assert wells.counted[200] > TELLING * wells.counted.total()


def test_a_literal_in_a_statement_would_be_seen(wells):
    wells.statements.clear()
    wells.statements.append("select 1 where code = 'zqz'")
    assert any(mark in wells.statements[0] for mark in fuzz.MARKS)


@pytest.mark.parametrize(
    "query",
    [
        {"filter": "depth_m >"}, {"filter": ""}, {"filter": "true", "filter-lang": "cql-text"},
        {"filter": "true", "filter-crs": "EPSG:4326"}, {"filter-lang": "sql"},
        {"filter": "depth_m = 1", "filter-lang": "cql2-json"}, {"filter": "x" * 9000},
    ],
)  # fmt: skip
def test_a_malformed_filter_is_a_problem_and_never_every_well(wells, query):
    answer = wells.client.get("/collections/well/items", params=query)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_filter_goes_with_box_property_and_pages(wells):
    path = "/collections/well/items"
    both = {"filter": "depth_m >= 2", "name": "井3", "bbox": "113.5,37.8,113.7,38"}
    one = wells.client.get(path, params=both).json()
    assert [f["properties"]["code"] for f in one["features"]] == ["W3"]
    first = wells.client.get(path, params={"filter": "depth_m >= 2", "limit": 2}).json()
    assert first["numberMatched"] == 3
    (next_page,) = [k["href"] for k in first["links"] if k["rel"] == "next"]
    rest = wells.client.get(next_page).json()["features"]
    assert [f["properties"]["code"] for f in rest] == ["W4"]


WIDEST = {
    "or": " OR ".join(f"depth_m = {n}" for n in range(450)),
    "and": " AND ".join(["self_supply"] * 500),
    "in": f"depth_m IN ({', '.join(str(n) for n in range(1500))})",
    "text": f"name <> '{'井' * 2720}'",
    "line": f"S_DISJOINT(geom, LINESTRING({', '.join(f'{n / 10} 1' for n in range(1000))}))",
    "lines": " OR ".join(["S_DISJOINT(geom, LINESTRING(0 0, 1 1))"] * 190),
    "deep": "NOT (" * 24 + "depth_m + 1 > 0" + ")" * 24,
}


@pytest.mark.parametrize("filter", WIDEST.values(), ids=WIDEST)
def test_the_longest_filters_are_answered(wells, filter):
    answer = wells.client.get("/collections/well/items", params={"filter": filter})
    assert answer.status_code == 200, answer.text
    assert answer.json()["numberMatched"] >= 4


def test_the_axis_order_of_a_shape_is_that_of_filter_crs(wells):
    first = {"filter": "S_INTERSECTS(geometry, BBOX(113.599, 37.899, 113.6005, 37.901))"}
    turned = {
        "filter": "S_INTERSECTS(geometry, BBOX(37.899, 113.599, 37.901, 113.6005))",
        "filter-crs": "http://www.opengis.net/def/crs/EPSG/0/4490",
    }
    for query in (first, turned):
        found = wells.client.get("/collections/well/items", params=query).json()
        assert [f["properties"]["code"] for f in found["features"]] == ["W0"]
