"""The printable page: whole, escaped, self-contained; and the same words on paper."""

import io
import re
from html.parser import HTMLParser

import pypdf
import pytest

from gis_app import precheck, registry
from gis_app.intake import application
from gis_app.precheck.answer import answer
from gis_app.report import page
from gis_app.report.paper import pdf
from gis_app.report.place_words import compass
from gis_app.store.engine import writing
from tests.world import add_zone, at, square

LAW = registry.load()
SLY = '<script>alert("1")</script> & <img src=x onerror=alert(2)>'


@pytest.fixture(scope="module")
def found(databases, worker):
    """The answer for a well inside a zone and a county whose names were made to break a page."""
    with databases.clone(f"gis_page_{worker}") as engine:
        with writing(engine, "test") as conn:
            county = square(-20_000, -20_000, 40_000)
            add_zone(conn, "district", county, area_code="140302", name=SLY)
            add_zone(conn, "prohibited_zone", square(0, 0, 1000), name=SLY)
            add_zone(conn, "spring_domain", square(3000, 0, 1000), name="示例泉域")
        wanted = application.read({
            "geometry": {"type": "Point", "coordinates": at(500, 500)}, "kind": "new",
            "use": "industry", "annual_m3": 30_000, "product": SLY, "on": "2024-06-30",
        })  # fmt: skip
        yield answer(precheck.judge(engine, LAW, wanted), LAW)


def test_the_page_says_where_when_what_follows_by_which_clause_and_what_to_bring(found):
    made = page.html(found)
    for words in (
        "凿井取水预审", "Pre-check", "2024-06-30", "有不予批准的依据", "第三十五条",
        "在地下水禁止开采区内禁止取用地下水", "行政法规", "须补充的材料", "示例泉域",
        "东 E 90°", "2025-04-19", "不作任何决定", "decides nothing",
    ):  # fmt: skip
        assert words in made, words
    assert made.index("有不予批准的依据") < made.index("不能确定（") < made.index("须补充的材料")


def test_no_text_of_the_answer_becomes_markup(found):
    made = page.html(found)
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;img" in made
    assert "<script" not in made
    assert "<img" not in made


def test_the_page_needs_nothing_from_elsewhere_and_is_set_for_a4(found):
    made = page.html(found)
    assert not re.search(r"<[^>]*\b(?:src|href)|url\(|@import|https?://", made)
    style = made[made.index("<style>") : made.index("</style>")]
    assert re.search(r"@page\s*{\s*size:\s*A4", style)
    # what is said in colour alone would be lost on paper
    assert set(re.findall(r"#[0-9a-f]{3,6}", style)) <= {"#000", "#fff", "#333", "#777"}


def test_every_element_is_closed_and_the_text_is_readable_back(found):
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open, self.texts = [], []

        def handle_starttag(self, tag, attrs):
            if tag != "meta":
                self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

        def handle_data(self, data):
            self.texts.append(data)

    reader = Reader()
    reader.feed(page.html(found))
    reader.close()
    assert reader.open == []
    assert any(SLY in each for each in reader.texts)


def test_the_paper_holds_the_words_of_the_page_on_a4(found):
    paper = pypdf.PdfReader(io.BytesIO(pdf(page.html(found))))
    width, height = (float(side) for side in paper.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    text = re.sub(r"\s", "", "".join(each.extract_text() for each in paper.pages))
    for words in ("凿井取水预审", "有不予批准的依据", "禁止开采区", "第三十五条", "示例泉域"):
        assert words in text, words


def test_a_page_with_nothing_to_say_still_says_so(found):
    empty = {
        **found,
        **{part: [] for part, value in found.items() if isinstance(value, list)},
        "unit": None,
    }
    made = page.html(empty)
    assert "50 km 内没有任何区划" in made
    assert "须补充的材料" not in made


@pytest.mark.parametrize(
    ("bearing_deg", "words"),
    [(0, "N"), (22, "N"), (23, "NE"), (180, "S"), (337.4, "NW"), (359, "N")],
)
def test_a_bearing_is_said_as_a_point_of_the_compass(bearing_deg, words):
    assert compass(bearing_deg)[1] == words
