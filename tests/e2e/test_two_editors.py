"""Two people change one zone in random order: nothing that was accepted is lost, nobody overwrites
what he has not seen. Once over HTTP, and some rounds at two real desks.
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx
import pytest
import shapely
from shapely.geometry import shape

from gis_app import registry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.e2e.browser import DESK, Viewer, watched
from tests.e2e.ledger import HISTORY, LAW, Accepted, Ledger
from tests.e2e.test_desk_edit import remove
from tests.people import admit, bearer
from tests.service import serving
from tests.world import add_zone, square

LAYER = "special_protected_area"
INTERLEAVINGS, STEPS = 50, 6
ROUNDS, SAVES = 2, 4
SEED = 20260101
PEOPLE = ("甲", "乙")


class Editor:
    """Somebody who reads, changes and saves over HTTP, and remembers what he has seen."""

    def __init__(self, service: Any, name: str, zone_id: int) -> None:
        token = bearer(admit(service.engine, name))
        self.name = name
        self._http = httpx.Client(base_url=service.url, headers=token, timeout=60)
        self._path = f"/collections/{LAYER}/items/{zone_id}"
        self.seen: dict[str, Any] = {}
        self.tag = ""

    def __enter__(self) -> "Editor":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def read(self) -> None:
        """Look at the newest version there is."""
        newest = self._http.get(f"{self._path}/versions").json()["versions"][0]["version"]
        self._see(self._http.get(self._path, params={"version": newest}).raise_for_status())

    def _see(self, answer: httpx.Response) -> None:
        self.seen, self.tag = answer.json(), answer.headers["etag"]

    def save(self, change: Callable[[dict[str, Any]], None]) -> tuple[Accepted | None, Any]:
        """Save the state that was seen, with one change; what was accepted, or the refusal."""
        mine = {"type": "Feature", "geometry": self.seen["geometry"],
                "properties": {**self.seen["properties"], "law_status": "draft"}}  # fmt: skip
        mine["properties"].pop("area_km2", None)
        change(mine)
        answer = self._http.put(self._path, json=mine, headers={"If-Match": self.tag})
        if answer.status_code == 412:
            return None, answer.json()
        assert answer.status_code == 200, answer.text
        done = Accepted(self.name, self.seen, mine)
        self._see(answer)
        return done, None

    def take(self, refusal: Any) -> None:
        """Go on from the state that the refusal told."""
        self.seen, self.tag = refusal["current"], refusal["current"]["etag"]


_numbers = count(1)


def _change(rng: random.Random, by: str) -> Callable[[dict[str, Any]], None]:
    """A change that no other is like: the name always, sometimes a text or a corner beside it."""
    number, what = next(_numbers), rng.choice(("name", "authority", "source", "corner"))

    def apply(feature: dict[str, Any]) -> None:
        feature["properties"]["name"] = f"{by} {number:05}"
        if what != "corner":
            feature["properties"][what] = f"{by} {number:05}"
            return
        area = shape(feature["geometry"])
        west, south, *_ = area.bounds
        scale = 1 + (number % 7 + 1) * 1e-4
        grown = shapely.transform(area, lambda c: (c - (west, south)) * scale + (west, south))
        feature["geometry"] = grown.__geo_interface__

    return apply


def _interleave(rng: random.Random, people: list[Editor], ledger: Ledger) -> int:
    """Random steps of two people; how many saves were refused."""
    latest, refused = people[0].tag, 0
    for _ in range(STEPS):
        who = rng.choice(people)
        step = rng.choices(("read", "save", "both"), (3, 5, 2))[0]
        if step == "read":
            who.read()
            assert who.tag == latest
            continue
        savers = people if step == "both" else [who]
        fresh = [p for p in savers if p.tag == latest]
        jobs = [(p, _change(rng, p.name)) for p in savers]
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda job: job[0].save(job[1]), jobs))
        winners = [d for d, _ in done if d]
        assert len(winners) == min(1, len(fresh)), "one of those who had seen the latest state"
        ledger.accepted += winners
        before = latest
        latest = next((p.tag for p, (d, _) in zip(savers, done, strict=True) if d), before)
        for person, (accepted, refusal) in zip(savers, done, strict=True):
            if accepted:
                assert person in fresh
                continue
            refused += 1
            # he has his own state, and is told the other: as it is after the winner's save, or
            # just before it where he was late anyway
            told = refusal["current"]
            assert told["etag"] in ({latest} if person in fresh else {before, latest})
            assert told["properties"]["name"] != person.seen["properties"]["name"]
            if rng.random() < 0.5:
                person.take(refusal)
    return refused


@pytest.fixture(scope="module")
def town(databases, worker, tmp_path_factory):
    """A county with one zone in force, served."""
    with databases.clone(f"gis_two_{worker}") as engine:
        with writing(engine, "test") as conn:
            county = square(-20_000, -20_000, 40_000)
            add_zone(conn, "district", county, area_code="140302", name="示例县")
            add_zone(conn, LAYER, square(0, 0, 2_000), area_code="140302", grade="wetland")
        settings = Settings(home=tmp_path_factory.mktemp("two"))
        with serving(settings, engine, registry.load()) as found:
            yield found


@pytest.fixture
def office(town):
    """The town as seen by somebody without a page."""
    return Viewer(None, town.url, headers=town.headers)


@pytest.fixture
def zone(office: Viewer):
    """A zone in force without a draft beside it."""
    return office.api(f"/collections/{LAYER}/items", limit=1)["features"][0]["id"]


def _clear(viewer: Viewer, zone_id: int) -> None:
    path = f"/collections/{LAYER}/items/{zone_id}/versions"
    for each in viewer.api(path)["versions"]:
        if each["law_status"] == "draft":
            remove(viewer, LAYER, zone_id, each["version"])


def test_two_people_in_fifty_random_orders_lose_no_update(office, town, zone):
    rng = random.Random(SEED)
    accepted = refused = 0
    with Editor(town, PEOPLE[0], zone) as one, Editor(town, PEOPLE[1], zone) as other:
        for _ in range(INTERLEAVINGS):
            one.read()
            other.seen, other.tag = one.seen, one.tag
            ledger = Ledger(town, zone)
            refused += _interleave(rng, [one, other], ledger)
            ledger.check()
            accepted += len(ledger.accepted)
            _clear(office, zone)
    assert accepted > 2 * INTERLEAVINGS
    assert refused > INTERLEAVINGS / 2


class AtDesk:
    """Somebody at the drawing desk of a page."""

    def __init__(self, viewer: Viewer, name: str, zone_id: int) -> None:
        self.viewer, self.name = viewer, name
        viewer.expected.add("412")
        viewer.open(f"#sel=zone:{LAYER}:{zone_id}")
        viewer.find("[data-key=zone-edit]").click()
        viewer.find(".desk-tools").wait_for()
        self.seen = viewer.find(".card-title").inner_text()
        viewer.find("[data-key=desk-form]").click()

    def send(self, name: str) -> None:
        """Write a name and press save, without waiting."""
        for key in ("desk-on", "desk-form"):
            if self.viewer.find(f"[data-key={key}]").is_visible():
                self.viewer.find(f"[data-key={key}]").click()
        self.viewer.find("#form-name").fill(name)
        self.viewer.find("#form-name").press("Tab")
        self.written = name
        self.viewer.find("[data-key=desk-save]").click()

    def outcome(self, choose: str) -> list[tuple[str, str, str]]:
        """What was saved, as (by, seen, made); where another was first, what is chosen."""
        dialog = self.viewer.find("dialog[data-conflict]")
        dialog.or_(self.viewer.find("[data-saved]")).first.wait_for()
        if not dialog.is_visible():
            return [self._saved()]
        mine, theirs = dialog.locator("tbody tr").nth(1).locator("td").all_inner_texts()
        assert mine == self.written
        assert theirs not in {mine, self.seen}
        self.viewer.find(f"[data-key=conflict-{choose}]").click()
        if choose == "later":
            return []
        self.seen = theirs
        if choose == "theirs":
            self.viewer.find("[data-key=desk-form]").wait_for()
            assert self.viewer.find(".card-title").inner_text() == theirs
            return []
        # where a third state came meanwhile he is asked anew, about that one
        cell = dialog.locator("tbody tr").nth(1).locator("td").nth(1)
        again = cell.filter(has_not_text=theirs)
        again.or_(self.viewer.find("[data-saved]")).first.wait_for()
        return self.outcome(choose)

    def _saved(self) -> tuple[str, str, str]:
        done = (self.name, self.seen, self.written)
        self.seen = self.written
        return done


def test_two_pages_at_one_zone_lose_no_update(browser, office, town, zone):
    rng = random.Random(SEED)
    tokens = [bearer(admit(town.engine, name)) for name in PEOPLE]
    one = watched(browser, town.url, **DESK, extra_http_headers=tokens[0])
    other = watched(browser, town.url, **DESK, extra_http_headers=tokens[1])
    with one as first, other as second:
        for _ in range(ROUNDS):
            people = [AtDesk(v, n, zone) for v, n in zip((first, second), PEOPLE, strict=True)]
            ledger, done = Ledger(town, zone), []
            for _ in range(SAVES):
                savers = rng.choice((people, people[:1], people[1:]))
                for person in savers:
                    person.send(f"{person.name} {next(_numbers):05}")
                for person in savers:
                    done += person.outcome(rng.choice(("mine", "theirs", "later")))
            _hold(ledger, done)
            _clear(office, zone)
            for viewer in (first, second):
                viewer.page.evaluate("() => localStorage.clear()")


def _hold(ledger: Ledger, done: list[tuple[str, str, str]]) -> None:
    """The names that the pages saved stand in the history, each on the name its author saw."""
    with ledger.service.engine.connect() as conn:
        asked = {"zone": ledger.zone_id, "since": ledger.since}
        rows = conn.execute(HISTORY, asked).mappings().all()
        name = conn.execute(LAW, asked).scalar_one()["name"]
    told = []
    for row in rows:
        assert row["op"] == "insert" or row["old"]["name"] == name
        told.append((row["actor"], name, row["new"]["name"]))
        name = row["new"]["name"]
    assert sorted(told) == sorted(done)
    assert len(told) > 1
