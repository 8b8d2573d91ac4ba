"""A town that may be edited over HTTP."""

import httpx
import pytest

from gis_app import registry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.people import admit, bearer
from tests.service import serving
from tests.world import add_zone, square

# each may do everything; nobody approves what he wrote himself
PEOPLE = ("甲", "乙", "起草人", "审批人")


@pytest.fixture(scope="module")
def town(databases, worker, tmp_path_factory):
    with databases.clone(f"gis_edits_{worker}") as engine:
        with writing(engine, "test") as conn:
            add_zone(conn, "district", square(-20_000, -20_000, 40_000), area_code="140302",
                     name="示例县")  # fmt: skip
        settings = Settings(home=tmp_path_factory.mktemp("edits"))
        with serving(settings, engine, registry.load()) as found:
            yield found


@pytest.fixture
def http(town):
    with httpx.Client(base_url=town.url, headers=town.headers, timeout=30) as client:
        client.people = {name: bearer(admit(town.engine, name)) for name in PEOPLE}
        yield client
