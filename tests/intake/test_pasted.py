"""Places as people paste them; the map's search box is held against the same list."""

import json
from pathlib import Path

import pytest

from gis_app.intake.pasted import place

LIST = json.loads(Path(__file__).with_name("pasted_places.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "lon", "lat"), LIST["places"])
def test_a_place_is_read_in_any_notation_and_order(text, lon, lat):
    assert place(text) == pytest.approx((lon, lat), abs=1e-5)


@pytest.mark.parametrize(
    "text",
    ["113 34 48 37 51 36", "113-34-48 37-51-36", "经度：113.58 纬度：37.86", "（113.58，37.86）",
     "N37.86E113.58"],
)  # fmt: skip
def test_what_an_import_reads_in_two_columns_is_read_in_one_text(text):
    assert place(text) == pytest.approx((113.58, 37.86), abs=1e-9)


@pytest.mark.parametrize("text", [*LIST["none"], "463040 4192041", "1 " * 50, "9" * 100, "0 0"])
def test_words_codes_and_impossible_places_are_none(text):
    assert place(text) is None
