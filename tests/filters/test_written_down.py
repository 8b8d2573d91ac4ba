"""What docs/filters.md says is so."""

import json
import re
from pathlib import Path

import pytest

from gis_app.store.filters import parse
from gis_app.store.filters.names import CONDITIONS
from gis_app.store.sources import source
from tests.filters.asking import WELL, condition
from tests.filters.test_answer_key import NOT_SO_IN_THE_DATA

PAGE = (Path(__file__).parents[2] / "docs/filters.md").read_text()
EXAMPLES = re.findall(r"^\| [^|]+ \| `([^|]+)` \| `(\{[^|]+)` \|$", PAGE, re.MULTILINE)


def test_there_are_five_examples():
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize(("text", "tree"), EXAMPLES)
def test_an_example_says_the_same_as_text_and_as_json(text, tree):
    first, second = (condition(each, source(WELL)).compile() for each in (text, json.loads(tree)))
    assert (str(first), first.params) == (str(second), second.params)


def test_the_limits_and_the_rows_that_contradict_their_data_are_those_of_the_code():
    assert f"{parse.LENGTH:,} bytes, {parse.DEPTH} levels, {parse.VERTICES:,} vertices" in PAGE
    for filter, found in NOT_SO_IN_THE_DATA.items():
        assert re.search(rf"^\| `{re.escape(filter)}` \| [^|]+ \| {found} \|$", PAGE, re.MULTILINE)
    assert len([name for name in CONDITIONS if name.startswith("t_")]) == 15
    for name in (each for each in CONDITIONS if each.startswith("s_")):
        assert name.upper() in PAGE
