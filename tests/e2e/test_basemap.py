"""The choice of a base map: offered with a key only, and the key stays out of the page."""

import struct
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gis_app import registry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.e2e.browser import DESK, PHONE, watched
from tests.e2e.test_promises import barriers, small_targets
from tests.service import serving
from tests.world import add_zone, square

KEY = "geheim-0123456789"
GREEN = (30, 160, 60)


def picture() -> bytes:
    """A green tile."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = (b"\0" + bytes(GREEN) * 256) * 256
    head = struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(picture())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def keyed(databases, worker, tmp_path):
    """A county served by a deployment with a key; a local server stands for the provider."""
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), _Answer) as provider,
        databases.clone(f"gis_base_{worker}") as engine,
    ):
        threading.Thread(target=provider.serve_forever, daemon=True).start()
        with writing(engine, "test") as conn:
            add_zone(conn, "district", square(-20_000, -20_000, 40_000), area_code="140302")
        url = f"http://127.0.0.1:{provider.server_port}"
        settings = Settings(home=tmp_path, tianditu_key=KEY, tianditu_url=url,
                            map_approval="GS（2026）0000号")  # fmt: skip
        with serving(settings, engine, registry.load()) as service:
            yield service
        provider.shutdown()


def test_a_base_map_is_chosen_in_the_layer_list_and_kept(browser, keyed):
    with watched(browser, keyed.url, **DESK) as viewer:
        asked = []
        viewer.page.on("request", lambda r: asked.append(r.url))
        viewer.open("#11/37.9/113.6")
        assert viewer.texts("gw-base .chip") == ["空白", "天地图矢量", "天地图影像"]
        assert viewer.find("[data-key=base-none]").get_attribute("aria-pressed") == "true"
        assert not any("/basemap/" in url for url in asked)
        assert viewer.texts("[data-credit]") == ["审图号：GS（2026）0000号"]
        viewer.find("[data-key=base-img]").click()
        viewer.page.wait_for_function("() => window.__gw.map.getLayer('base/img/1')")
        viewer.settle()
        kinds = {url.split("/")[5] for url in asked if "/basemap/" in url}
        assert kinds == {"img", "cia"}
        assert "天地图" in viewer.texts("[data-credit]")[0]
        order = viewer.page.evaluate("() => window.__gw.map.getStyle().layers.map((l) => l.id)")
        assert order.index("base/img") < order.index("district/line")
        assert barriers(viewer) == []
        viewer.page.reload()
        viewer.settle()
        assert viewer.find("[data-key=base-img]").get_attribute("aria-pressed") == "true"
        viewer.find("[data-key=base-none]").click()
        viewer.page.wait_for_function("() => !window.__gw.map.getLayer('base/img')")
        assert KEY not in viewer.page.content()
        assert all(
            KEY not in url and url.startswith(keyed.url) for url in asked if url.startswith("http")
        )


def test_the_choice_can_be_made_with_a_finger(browser, keyed):
    with watched(browser, keyed.url, **PHONE) as viewer:
        viewer.open("#11/37.9/113.6")
        viewer.find(".sheet-handle").tap()
        viewer.settle()
        assert small_targets(viewer) == []
        assert barriers(viewer) == []


def test_without_a_key_no_choice_is_shown(panel):
    panel.open()
    assert panel.find("gw-base .chip").count() == 0
    assert panel.find("[data-credit]").count() == 0
