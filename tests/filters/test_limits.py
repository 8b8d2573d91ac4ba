"""Filters are bounded before they are parsed, and nothing that is written becomes SQL."""

import threading

import pytest

from gis_app.errors import BadInput
from gis_app.store import filters
from gis_app.store.filters import parse
from gis_app.store.sources import source
from tests.filters.asking import WELL, condition, statement

PLACE = source(WELL)


def refusal(asked: str, language: filters.Language = "cql2-text") -> str:
    """The words in which a filter is refused; none if it is not."""
    try:
        filters.compiled(asked, language, PLACE)
    except BadInput as refused:
        return refused.en
    return ""


def test_a_filter_may_have_8_kb_and_no_more():
    text = "code = '" + "井" * 2727 + "'"
    assert len(text.encode()) == 8190
    assert refusal(text + "  ") == ""
    assert "8192" in refusal(text + "   ")


def test_a_filter_may_be_50_deep_and_no_deeper():
    assert refusal("NOT " * 49 + "self_supply = true") == ""
    assert "deeper than 50" in refusal("NOT " * 50 + "self_supply = true")
    assert refusal("(" * 50 + "self_supply" + ")" * 50) == ""
    assert "deeper than 50" in refusal("(" * 51 + "self_supply" + ")" * 51)
    tree = '{"op":"not","args":[' * 50 + "true" + "]}" * 50
    assert refusal(tree, "cql2-json") == ""
    assert "deeper than 50" in refusal('{"op":"not","args":[' + tree + "]}", "cql2-json")
    flat = " OR ".join(f"code = '{n}'" for n in range(400))  # wide is not deep
    assert refusal(flat) == ""


DEEP = {
    "brackets": "(" * 4000, "shut brackets": "(" * 4000 + "true" + ")" * 4000,
    "lists": "depth_m IN " + "(" * 4000 + "1" + ")" * 4000, "functions": "casei(" * 1000,
    "not": "NOT " * 2000 + "true", "minus": "-" * 8000 + "1 = depth_m",
    "sums": "1" + "+1" * 4000 + " = depth_m", "powers": "1" + "^1" * 4000,
    "equals": "1" + "=1" * 4000, "null": "true" + " IS NULL" * 1000,
    "and": "true" + " AND true" * 900, "or": "true" + " OR true" * 900, "quotes": "'" * 8001,
    "mixed": "(-(NOT (" * 900, "collections": "S_WITHIN(geom, " + "GEOMETRYCOLLECTION(" * 400,
    "json lists": "[" * 8000, "json": '{"op":"not","args":[' * 400,
}  # fmt: skip


def test_no_depth_overruns_the_stack_of_a_thread():
    answers = {}

    def ask():
        for name, asked in DEEP.items():
            answers[name] = refusal(asked, "cql2-json" if "json" in name else "cql2-text")

    before = threading.stack_size(1024 * 1024)  # an eighth of what a server's threads have
    try:
        thread = threading.Thread(target=ask)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    assert set(answers) == set(DEEP)  # else the process would have ended
    assert {name for name, words in answers.items() if not words} == {"and", "or"}


def test_shapes_may_have_10000_vertices_and_no_more(monkeypatch):
    monkeypatch.setattr(parse, "LENGTH", 10**6)
    points = ", ".join(f"({n / 1000} 37)" for n in range(10_000))
    assert refusal(f"S_INTERSECTS(geometry, MULTIPOINT({points}))") == ""
    assert "10000 vertices" in refusal(f"S_INTERSECTS(geometry, MULTIPOINT({points}, (0 1)))")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("code = 'a'", "code = 'x''; drop table gis.well; --'"),
        ("code LIKE 'a%'", "code LIKE '%\\%''; select 1'"),
        ("depth_m > 1 AND depth_m < 2", "depth_m > 1e300 AND depth_m < -0.0001"),
        ("depth_m + 1 = 2 ^ 3 % 4 div 5", "depth_m + 9 = 8 ^ 7 % 6 div 0"),
        ("self_supply = true", "self_supply = false"),
        ("completed_on > DATE('2020-01-01')", "completed_on > DATE('1999-12-31')"),
        ("T_DURING(completed_on, INTERVAL('2020-01-01', '2021-01-01'))",
         "T_DURING(completed_on, INTERVAL('1920-01-01', '1921-01-01'))"),
        ("T_AFTER(completed_on, INTERVAL('2020-01-01', '2021-01-01'))",
         "T_AFTER(completed_on, INTERVAL('..', '1921-01-01'))"),
        ("ACCENTI(CASEI(name)) IN (CASEI('a'), 'b')", "ACCENTI(CASEI(name)) IN (CASEI('c'), 'd')"),
        ("S_INTERSECTS(geometry, POINT(1 2))", "S_INTERSECTS(geometry, BBOX(3, 4, 5, 6))"),
        ("true", "false"),
    ],
)  # fmt: skip
def test_filters_of_one_shape_are_one_statement(first, second):
    def where(asked):
        return statement(asked).partition("WHERE")[2]

    if "INTERVAL('..'" in second:  # the open end is cast, else the same
        assert "infinity" not in where(second)
    else:
        assert where(first) == where(second)


def test_a_statement_has_no_quoted_text_of_its_own():
    assert "'" not in statement("CASEI(name) LIKE 'x%' AND code IN ('a', 'b') AND depth_m ^ 2 = 1")
    assert condition("code = 'a'", PLACE).compile().params == {"param_1": "a"}
