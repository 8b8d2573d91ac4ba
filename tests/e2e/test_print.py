"""The printed sheet: a PDF by Chromium, measured with a ruler of its own."""

import io
import json
import unicodedata

import pytest
from pypdf import PdfReader
from pyproj import Geod

from tests.e2e.browser import DESK, PHONE, watched
from tests.e2e.test_promises import barriers, small_targets

EARTH = Geod(a=6378137, rf=298.257222101)
MM = 25.4 / 72  # of a point of PDF
# Chromium writes some signs as radicals that Unicode does not fold into them
SIGNS = str.maketrans(
    "⺠⻩⻓⻔⻋⻅⻛⻥⻢⻚⻝⻬⻰⻦⻉⻘⻄⺟", "民黄长门车见风鱼马页食齐龙鸟贝青西母"
)
DAY = "2023-11-01"


def coarsely(viewer) -> None:
    """Have the maps of sheets drawn half as finely as the screen's."""
    viewer.page.evaluate("() => { window.__gw.fineness = 0.5; }")


def sheet(viewer, scale: str | None = None, paper: str | None = None) -> dict:
    """Open the sheet, drawn coarsely; where the middles of its map's edges lie."""
    coarsely(viewer)
    viewer.find(".control[aria-label=打印]").click()
    viewer.find(".sheet").wait_for(timeout=60_000)
    if scale:
        viewer.find("#print-scale").select_option(scale)
        viewer.find(".sheet-preview[hidden]").wait_for(state="attached")
        viewer.find(".sheet").wait_for(timeout=60_000)
    if paper:
        viewer.find("#print-paper").select_option(paper)
        viewer.find(".sheet-preview[hidden]").wait_for(state="attached")
        viewer.find(".sheet").wait_for(timeout=60_000)
    return json.loads(viewer.find(".sheet-preview").get_attribute("data-center"))


class Pdf:
    """One printed page: its size, words, rectangles and pictures in millimetres."""

    def __init__(self, content: bytes) -> None:
        reader = PdfReader(io.BytesIO(content))
        self.pages = len(reader.pages)
        page = reader.pages[0]
        self.size = (float(page.mediabox.width) * MM, float(page.mediabox.height) * MM)
        self.rectangles: list[tuple[float, float]] = []
        self.pictures: list[tuple[float, float]] = []
        text = page.extract_text(visitor_operand_before=self._see)
        self.text = unicodedata.normalize("NFKC", text).replace("\n", "").translate(SIGNS)

    def _see(self, operator, operands, cm, _tm) -> None:
        if operator == b"re":
            width, height = (float(n) for n in operands[2:4])
            self.rectangles.append((abs(width * cm[0]) * MM, abs(height * cm[3]) * MM))
        elif operator == b"Do":
            self.pictures.append((abs(cm[0]) * MM, abs(cm[3]) * MM))


@pytest.mark.parametrize(
    ("scale", "paper", "size"), [(None, None, (297, 210)), ("10000", "A3", (420, 297))]
)
def test_a_sheet_is_true_to_scale_and_says_all_a_map_must(desk, scale, paper, size):
    well = desk.wells("close")[0]
    desk.open(f"#13/{well['lat']}/{well['lon']}&d={DAY}")
    edges = sheet(desk, scale, paper)
    scale = int(desk.find("#print-scale").input_value())
    pdf = Pdf(desk.page.pdf(prefer_css_page_size=True, print_background=True))
    assert pdf.pages == 1
    assert pdf.size == pytest.approx(size, abs=0.5)

    bar = desk.find(".sheet-bar")
    metres = float(bar.get_attribute("data-bar-m"))
    drawn = [width for width, height in pdf.rectangles if height == pytest.approx(1.8, abs=0.05)]
    assert max(drawn) / 1000 * scale == pytest.approx(metres, rel=0.01)

    width, height = max(pdf.pictures)
    across = EARTH.inv(*edges["west"], *edges["east"])[2]
    along = EARTH.inv(*edges["south"], *edges["north"])[2]
    assert width / 1000 * scale == pytest.approx(across, rel=0.01)
    assert height / 1000 * scale == pytest.approx(along, rel=0.01)

    city = desk.api("/layers")
    assert city["title_zh"] in pdf.text
    assert f"1:{scale:,}" in pdf.text
    assert "2023年11月1日的区划" in pdf.text
    assert "示例数据" in pdf.text
    assert "N" in pdf.text
    assert "CGCS2000" in pdf.text
    for layer in city["layers"]:
        if layer["has_data"] and layer["geometry"] == "polygon":
            assert unicodedata.normalize("NFKC", layer["zh"]) in pdf.text
    for instrument in desk.api("/law", on=DAY)["instruments"]:
        assert unicodedata.normalize("NFKC", instrument["zh"]) in pdf.text
    year, month, day = (int(part) for part in city["legal_day"].split("-"))
    assert f"截至 {year}年{month}月{day}日" in pdf.text
    assert f"d={DAY}" in pdf.text
    assert "登录" not in pdf.text


def test_a_map_with_a_gap_is_not_printed(desk):
    desk.open("#12/37.87/113.6&l=prohibited_zone,well")
    desk.page.route("**/collections/well/tiles/**", lambda r: r.fulfill(status=500, json={}))
    desk.expected |= {"500"}
    coarsely(desk)
    desk.find(".control[aria-label=打印]").click()
    desk.find("[data-dialog=print] .state-error").wait_for()
    assert desk.find("[data-print]").is_disabled()
    desk.page.unroute("**/collections/well/tiles/**")
    desk.find("[data-dialog=print] .state-error button").click()
    desk.find(".sheet").wait_for(timeout=60_000)


@pytest.mark.parametrize("kind", [DESK, PHONE], ids=["desk", "phone"])
def test_the_sheet_has_no_barrier_and_no_small_target(browser, service, kind):
    with watched(browser, service.url, **kind) as viewer:
        viewer.open("#12/37.87/113.6&l=prohibited_zone,well")
        sheet(viewer)
        assert barriers(viewer) == []
        if kind is PHONE:
            assert small_targets(viewer) == []
            assert viewer.page.evaluate("() => document.documentElement.scrollWidth") <= 390
