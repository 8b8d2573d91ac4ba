"""Pictures of every screen for the documents: `make pictures` (ARGS="well near" takes some).

The sample city of one seed, on one day by the database's and the page's clock: a picture changes
when the look does.
"""

import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from shapely import box
from sqlalchemy import text

from gis_app import audit, demo, registry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.database import WELLS, TestDatabases, new_home, remove
from tests.e2e import desk as at
from tests.e2e.browser import FLAGS, SHARP_DESK, SHARP_PHONE, Viewer, watched
from tests.e2e.files import drop, gbk_shapefile
from tests.looking import CHROMIUM
from tests.service import Service, serving

OUT = Path(__file__).parents[2] / "docs/img"
DAY = date(2026, 1, 15)
NOON = datetime(2026, 1, 15, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
MOST_BYTES, MOST_IN_ALL = 300_000, 3_000_000
QUALITY = 80  # a palette turns the red of "must close" into plum
_TODAY = "create or replace function gis.today() returns date language sql stable as $$ {} $$"
# when something was written is told by the real clock: it is not shown
_HIDE_CLOCK = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const clock = /(\\d{4})(年|[-/])\\d{1,2}(月|[-/])\\d{1,2}日?[ T]*\\d{1,2}:\\d{2}(:\\d{2})?/g;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (clock.test(node.data)) node.data = node.data.replace(clock, '2026年1月15日 12:00');
  }
}"""
Screen = Callable[[Viewer], None]


def the_map(viewer: Viewer) -> None:
    """Zones, wells by finding, and the legend that is the layer list."""
    viewer.open("#11.2/37.87/113.6")


def well(viewer: Viewer) -> None:
    """The card of a well that must close: the verdict, its clause, the distance to the line."""
    found = viewer.wells("close")[0]
    viewer.open(f"#14.5/{found['lat']}/{found['lon']}&sel=well:{found['code']}")


def near(viewer: Viewer) -> None:
    """Wells nearby, nearest first, on a phone."""
    found = viewer.wells("close")[0]
    viewer.open(f"#14/{found['lat']}/{found['lon']}&sel=near:{found['lon']}:{found['lat']}:1000")


def precheck(viewer: Viewer) -> None:
    """May I drill here: the answer with its grounds."""
    found = viewer.wells("close")[0]
    spot = f"{found['lon']}:{found['lat']}"
    viewer.open(f"#14/{found['lat']}/{found['lon']}&sel=precheck:{spot}")
    viewer.find("[data-key=precheck-send]").click()
    viewer.find(".outcome").wait_for()
    viewer.settle()


def _draw(viewer: Viewer) -> None:
    found = viewer.wells("close")[0]
    lon, lat = found["lon"] - 0.01, found["lat"] - 0.005
    ring = [(lon, lat), (lon + 0.02, lat - 0.002), (lon + 0.022, lat + 0.013), (lon, lat + 0.01)]
    viewer.open(f"#14/{lat + 0.005}/{lon + 0.01}")
    at.begin(viewer, "overdraft_zone", grade="general")
    viewer.page.keyboard.down("Alt")
    at.put(viewer, *ring)
    viewer.page.keyboard.up("Alt")
    viewer.page.keyboard.press("Enter")
    viewer.find("[data-impact=told]").wait_for()
    viewer.settle()


def drawing(viewer: Viewer) -> None:
    """A draft under the pen, with what it would change."""
    _draw(viewer)


def corners(viewer: Viewer) -> None:
    """The table of corners, in step with the map."""
    _draw(viewer)
    viewer.find(".corners summary").click()
    viewer.find(".corners").scroll_into_view_if_needed()
    viewer.settle()


def drafts(viewer: Viewer) -> None:
    """What is in work."""
    _draw(viewer)
    at.save(viewer, "示例新超采区（草案）")
    viewer.open("#12/37.87/113.6")
    viewer.find("[data-key=drafts]").click()
    viewer.find("[data-drafts] .row").first.wait_for()
    viewer.settle()


def versions(viewer: Viewer) -> None:
    """The versions of a zone, and what the draft adds to the law."""
    layer = "special_protected_area"
    zone = viewer.api(f"/collections/{layer}/items", limit=1)["features"][0]
    ring = zone["geometry"]["coordinates"][0][0]
    lon, lat = ring[0][:2]
    viewer.open(f"#15/{lat}/{lon}&sel=zone:{layer}:{zone['id']}")
    viewer.find("[data-key=zone-edit]").click()
    viewer.find(".desk-tools").wait_for()
    viewer.settle()
    at.look(viewer, 15, lon, lat)
    at.drag(viewer, (lon, lat), (lon - 0.002, lat - 0.001))
    at.save(viewer, zone["properties"]["name"])
    viewer.find(f"[data-key=versions-{zone['id']}]").click()
    viewer.find("[data-diff] .key-added").wait_for()
    viewer.settle()


def another_day(viewer: Viewer) -> None:
    """The map as of another day, and the slider that chooses it."""
    viewer.open("#11.2/37.87/113.6&d=2022-06-01")
    viewer.find(".day-now").click()
    viewer.find(".day-begin").first.wait_for(state="attached")
    viewer.settle()


def imports(viewer: Viewer) -> None:
    """A shapefile dropped on the map: what was guessed of it, before anything is written."""
    with tempfile.TemporaryDirectory() as folder:
        ground = [box(113.44, 37.93, 113.5, 37.97), box(113.5, 37.93, 113.53, 37.96)]
        path = gbk_shapefile(Path(folder), "超采区", ground, 4526, 名称=["示例一", None],
                             等级=["严重", "不明"])  # fmt: skip
        viewer.open("#12/37.95/113.47")
        drop(viewer, path)


def sheet(viewer: Viewer) -> None:
    """The printed sheet: scale, legend, graticule, the law it stands on."""
    viewer.open("#12.5/37.87/113.6")
    viewer.find(".control[aria-label=打印]").click()
    viewer.find(".sheet").wait_for(timeout=60_000)
    viewer.settle()


def accounts(viewer: Viewer) -> None:
    """Who may do what where."""
    viewer.open("#11.2/37.87/113.6")
    viewer.find(".account-button").click()
    viewer.find("[role=menuitem]", has_text="账户管理").click()
    viewer.find("[data-account]").first.wait_for()
    viewer.settle()


SCREENS: dict[str, tuple[dict[str, object], Screen]] = {
    "map": (SHARP_DESK, the_map),
    "well": (SHARP_DESK, well),
    "near": (SHARP_PHONE, near),
    "precheck": (SHARP_DESK, precheck),
    "drawing": (SHARP_DESK, drawing),
    "corners": (SHARP_DESK, corners),
    "drafts": (SHARP_DESK, drafts),
    "versions": (SHARP_DESK, versions),
    "day": (SHARP_DESK, another_day),
    "imports": (SHARP_DESK, imports),
    "print": (SHARP_DESK, sheet),
    "accounts": (SHARP_DESK, accounts),
}


def take(browser: Browser, service: Service, name: str) -> bytes:
    """A screen as WebP."""
    size, screen = SCREENS[name]
    with watched(browser, service.url, **size, extra_http_headers=service.headers) as viewer:
        viewer.page.clock.set_fixed_time(NOON)
        screen(viewer)
        viewer.page.mouse.move(0, 0)
        viewer.settle()
        viewer.page.evaluate(_HIDE_CLOCK)
        shot = Image.open(io.BytesIO(viewer.page.screenshot(animations="disabled", caret="hide")))
    made = io.BytesIO()
    shot.convert("RGB").save(made, "WEBP", quality=QUALITY, method=6)
    return made.getvalue()


@contextmanager
def sample_city() -> Iterator[Service]:
    """The sample city on the fixed day, served, in a cluster of its own that is removed again."""
    home, law = new_home(), registry.load()
    try:
        databases = TestDatabases(home)
        databases.ready()
        with databases.clone("gis_pictures") as engine:
            with engine.begin() as conn:
                conn.execute(text(_TODAY.format(f"select date '{DAY}'")))
            with writing(engine, "demo") as conn:
                demo.load(conn, demo.city(wells=WELLS, on=DAY))
            audit.run(engine, law, audit.Scope(on=DAY), actor="demo")
            with (
                tempfile.TemporaryDirectory() as folder,
                serving(Settings(home=Path(folder)), engine, law) as service,
            ):
                yield service
    finally:
        remove(home)


def main(names: list[str]) -> int:
    """Take the pictures named (none: all); 1 where one is too large for a page."""
    OUT.mkdir(parents=True, exist_ok=True)
    heavy = False
    with sample_city() as service, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in names or list(SCREENS):
            made = take(browser, service, name)
            (OUT / f"{name}.webp").write_bytes(made)
            print(f"docs/img/{name}.webp {len(made) / 1000:.0f} kB")
            heavy |= len(made) > MOST_BYTES
        browser.close()
    total = sum(path.stat().st_size for path in OUT.glob("*.webp"))
    if heavy or total > MOST_IN_ALL:
        print(f"too large: {total / 1000:.0f} kB in all", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
