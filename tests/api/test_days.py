"""The map as of any day: what a layer holds on it, when zones change, which law binds."""

from datetime import date, timedelta

import httpx
import pytest

from gis_app import registry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.service import serving
from tests.world import add_zone, square


@pytest.fixture
def http(fresh_database, tmp_path):
    """A county with a prohibited zone that held from 2021 to 2023 and a draft that never did."""
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "district", square(-1500, -1500, 3000), area_code="140302")
        add_zone(
            conn,
            "prohibited_zone",
            square(-100, -100, 300),
            valid_from=date(2021, 3, 1),
            valid_to=date(2023, 3, 1),
        )
        add_zone(
            conn,
            "prohibited_zone",
            square(-100, -100, 300),
            law_status="draft",
            valid_from=date(2022, 5, 5),
        )
    law = registry.load()
    with (
        serving(Settings(home=tmp_path), fresh_database, law) as service,
        httpx.Client(base_url=service.url, timeout=30) as client,
    ):
        yield client


def count(http, **query):
    layers = http.get("/layers", params=query).json()["layers"]
    return next(each["count"] for each in layers if each["id"] == "prohibited_zone")


def test_a_layer_holds_what_was_law_on_the_day(http):
    assert count(http) == 0
    assert count(http, datetime="2021-02-28") == 0
    assert count(http, datetime="2021-03-01") == 1
    assert count(http, datetime="2023-02-28") == 1
    assert count(http, datetime="2023-03-01") == 0
    assert http.get("/layers", params={"datetime": "2023-02-30"}).status_code == 400


def test_the_days_on_which_zones_change_are_those_of_law_not_of_drafts(http):
    told = http.get("/days").json()["days"]
    assert told == [
        {"on": "2020-01-01", "begins": 1, "ends": 0},
        {"on": "2021-03-01", "begins": 1, "ends": 0},
        {"on": "2023-03-01", "begins": 0, "ends": 1},
    ]


def test_the_law_of_a_day_is_what_binds_here_on_it(http):
    def binding(on):
        return {i["id"]: i for i in http.get("/law", params={"on": on}).json()["instruments"]}

    opinion = registry.load().instruments["yangquan-2023-75"]
    assert opinion.id in binding(opinion.since.isoformat())
    assert opinion.id not in binding((opinion.since - timedelta(days=1)).isoformat())
    assert opinion.id not in binding(opinion.until.isoformat())
    now = http.get("/law").json()["instruments"]
    assert all("140302".startswith(each["area"]) for each in now)
    assert now[0]["tier_zh"] in {"法律", "行政法规"}
    assert http.get("/law", params={"on": "soon"}).status_code == 400


def test_elsewhere_the_law_of_this_city_does_not_bind(fresh_database, tmp_path):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "district", square(-1500, -1500, 3000), area_code="110101")
    with serving(Settings(home=tmp_path), fresh_database, registry.load()) as service:
        told = httpx.get(f"{service.url}/law", params={"on": "2024-01-01"}).json()["instruments"]
    assert told
    assert not [each for each in told if each["area"].startswith("1403")]
