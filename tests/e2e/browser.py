"""A page that is watched: whatever it complains about fails the test that opened it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
from playwright.sync_api import Browser, Locator, Page

from tests import looking

FLAGS = [*looking.FLAGS, "--disable-gpu-compositing"]  # the map alone is drawn by it
SHARP_DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
SHARP_PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
# laid out just so, drawn coarsely: without a graphics card a page costs what its pixels cost
DESK = {**SHARP_DESK, "device_scale_factor": 0.25}
PHONE = {**SHARP_PHONE, "device_scale_factor": 0.5}
# a view of little, for what does not ask what is drawn; each layer costs as much as the page itself
BARE = "#14/37.98/113.44&l=restricted_zone"
_WATCH_CSP = """
window.__csp = [];
document.addEventListener('securitypolicyviolation',
  (e) => window.__csp.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


@dataclass
class Viewer:
    """The map page of a service in one browser page."""

    page: Page | None
    url: str
    complaints: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)  # statuses that a test provokes
    headers: dict[str, str] = field(default_factory=dict)  # of whoever `api` asks as

    def open(self, fragment: str = "", query: str = "") -> "Viewer":
        """Load the page afresh and wait until everything is drawn."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}/map/{query}{fragment}")
        return self.settle()

    def follow(self, fragment: str) -> "Viewer":
        """Go where a link leads, on the page as it is."""
        script = """(hash) => new Promise((done) => {
          window.addEventListener('hashchange', () => setTimeout(done), { once: true });
          location.hash = hash;
        })"""
        self.page.evaluate(script, fragment)
        return self.settle()

    def settle(self) -> "Viewer":
        """Wait until nothing is loading, moving or left to draw."""
        # a function, not an expression: the policy forbids the page to eval
        self.page.wait_for_function("() => window.__gw && window.__gw.idle", timeout=30_000)
        return self

    def api(self, path: str, **query: Any) -> Any:
        """What the service itself answers."""
        response = httpx.get(f"{self.url}{path}", params=query, headers=self.headers)
        response.raise_for_status()
        return response.json()

    def wells(self, finding: str) -> list[Any]:
        """Up to 100 wells with a finding, from the middle of the register outwards."""
        boxes = [b for b in (x["bounds"] for x in self.api("/layers")["layers"]) if b]
        west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
        east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
        middle = {"lon": (west + east) / 2, "lat": (south + north) / 2}
        query = {**middle, "within_m": 50_000, "limit": 100, "finding": finding}
        return list(self.api("/wells/near", **query)["wells"])

    def zone(self) -> Any:
        """A zone in force: its layer, id, name and a place inside it."""
        hits = self.api("/search", q="泉域", limit=50)["results"]
        return next(h for h in hits if h["kind"] == "zone" and h["layer"] == "spring_domain")

    def pull_up(self) -> None:
        """On a phone, pull the panel up from the foot of the screen."""
        if self.find(".sheet-handle").is_visible():
            self.find(".sheet-handle").tap()

    def find(self, selector: str, has_text: str | None = None) -> Locator:
        """Elements of the page."""
        return self.page.locator(selector, has_text=has_text)

    def texts(self, selector: str) -> list[str]:
        """The visible words of elements, in order."""
        return [" ".join(t.split()) for t in self.find(selector).all_inner_texts()]

    def numbers(self, selector: str, key: str) -> dict[str, int]:
        """The counts shown, by a data attribute of the element that shows them."""
        script = """(all, key) =>
          all.map((e) => [e.dataset[key], e.querySelector('.number').textContent])"""
        found = self.find(selector).evaluate_all(script, key)
        return {name: int("".join(c for c in text if c.isdigit())) for name, text in found}

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where on the screen a place is."""
        script = (
            "([lon, lat]) => { const p = window.__gw.map.project([lon, lat]); return [p.x, p.y]; }"
        )
        x, y = self.page.evaluate(script, [lon, lat])
        return x, y

    def ask(self, lon: float, lat: float, button: Literal["left", "right"] = "left") -> None:
        """Click the map at a place."""
        self.page.mouse.click(*self.pixel(lon, lat), button=button)

    def press(self, lon: float, lat: float) -> None:
        """Press a finger on the map at a place until the menu of the place opens."""
        x, y = self.pixel(lon, lat)
        touch = self.page.context.new_cdp_session(self.page)
        point = {"touchPoints": [{"x": x, "y": y}]}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", **point})
        self.find(".place-menu").wait_for()
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def unfold(self) -> None:
        """Open whatever is folded away."""
        self.find(".panel details").evaluate_all("(all) => all.forEach((e) => (e.open = true))")

    def drawn(self, layer: str) -> int:
        """How many features of a layer the map shows, each once."""
        script = """(layer) => {
          const map = window.__gw.map;
          const ids = map.getStyle().layers.filter((l) => l.source === layer).map((l) => l.id);
          return new Set(map.queryRenderedFeatures({ layers: ids }).map((f) => f.id)).size;
        }"""
        return int(self.page.evaluate(script, layer))

    def flags(self) -> set[str]:
        """The findings of the wells and the counts of wells that the map shows."""
        script = """() => {
          const map = window.__gw.map;
          const ids = map.getStyle().layers.filter((l) => l.source === 'well').map((l) => l.id);
          return map.queryRenderedFeatures({ layers: ids }).map((f) => f.properties.flag);
        }"""
        return set(self.page.evaluate(script))


def _hear(viewer: Viewer, kind: str, said: str) -> None:
    # Chromium repeats every failed request, without its address: `_judge` has it
    if kind == "error" and not said.startswith("Failed to load resource"):
        viewer.complaints.append(f"console: {said}")


def _judge(viewer: Viewer, status: int, url: str) -> None:
    if status >= 400 and f"{status}" not in viewer.expected:
        viewer.complaints.append(f"{status} {url}")


@contextmanager
def watched(browser: Browser, url: str, **kind: Any) -> Iterator[Viewer]:
    """A page in a fresh context; leaving the block fails on anything it complained about."""
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", **kind
    )
    page = context.new_page()
    viewer = Viewer(page, url)
    page.add_init_script(_WATCH_CSP)
    page.on("pageerror", lambda e: viewer.complaints.append(f"page error: {e}"))
    page.on("console", lambda m: _hear(viewer, m.type, m.text))
    page.on("response", lambda r: _judge(viewer, r.status, r.url))
    try:
        yield viewer
        if not page.is_closed():
            viewer.complaints += page.evaluate("() => window.__csp ?? []")
    finally:
        context.close()
    assert viewer.complaints == []
