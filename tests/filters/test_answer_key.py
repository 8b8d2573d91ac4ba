"""The 351 filters and counts of OGC 21-065r2, Annex A, asked over HTTP."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from gis_app import registry
from gis_app.settings import Settings
from tests.filters import natural_earth
from tests.service import serving

# what the annex expects of these differs from its own data set: three names begin with "Ch" without
# regard to accents (Chișinău, Chicago, Chengdu), and one with "Chis" (Chișinău); it says 2 for each
NOT_SO_IN_THE_DATA = {
    "ACCENTI(name) LIKE accenti('Ch%')": 3,
    "ACCENTI(CASEI(name)) LIKE accenti(casei('Chiș%'))": 1,
    "ACCENTI(CASEI(name)) LIKE accenti(casei('cHis%'))": 1,
}


@pytest.fixture(scope="module")
def http(shared, databases, worker, tmp_path_factory) -> Iterator[httpx.Client]:
    """A service whose only registers are the layers of Natural Earth."""
    package = shared / "data/cql2/ne110m4cql2.gpkg"
    with (
        databases.clone(f"gis_cql2_{worker}") as engine,
        natural_earth.registers(package, engine) as registers,
        serving(
            Settings(home=tmp_path_factory.mktemp("cql2")),
            engine,
            replace(registry.load(), registers=registers),
        ) as service,
        httpx.Client(base_url=service.url, headers=service.headers, timeout=30) as client,
    ):
        yield client


def count(http: httpx.Client, collection: str, filter: str) -> int | str:
    """How many features match; the words of the refusal if it is refused."""
    answer = http.get(f"/collections/{collection}/items", params={"filter": filter, "limit": 1})
    told = answer.json()
    return told["numberMatched"] if answer.status_code == 200 else told["detail_en"]


def test_the_answer_key_of_the_standard_is_met_but_where_it_contradicts_its_data(http, shared):
    wrong = {}
    asked = natural_earth.answers(shared)
    for _, collection, filter, expected in asked:
        found = count(http, collection, filter)
        if found != expected:
            wrong[filter] = found
    assert len(asked) == 351
    assert wrong == NOT_SO_IN_THE_DATA


PLACES = "ne_110m_populated_places_simple"


def test_an_instant_is_served_filtered_and_equal_to_itself(http):
    path, start = f"/collections/{PLACES}/items", "2022-04-16T10:13:19Z"
    (found,) = http.get(path, params={"start": start}).json()["features"]
    assert found["properties"]["name"] == "Berlin"
    served = found["properties"]["start"]
    again = http.get(path, params={"filter": f"start = TIMESTAMP('{served}')"}).json()
    assert [each["id"] for each in again["features"]] == [found["id"]]
    by_day = http.get(path, params={"filter": "start = DATE('2022-04-16')"}).json()
    assert by_day["numberMatched"] == 2  # Berlin and Athens, by the calendar of China
