"""docs/conformance.md names tests that are there, and every test that is a port of the suites."""

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
NAMED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def defined(folder):
    return {
        name for each in folder.rglob("test_*.py") for name in DEFINED.findall(each.read_text())
    }


def test_every_test_that_the_page_names_is_there_and_every_ported_one_is_named():
    page = (TESTS.parent / "docs" / "conformance.md").read_text()
    named = {name for name in NAMED.findall(page) if name + ".py" not in page}
    assert named <= defined(TESTS)
    ported = {
        name for name in defined(Path(__file__).parent) if re.match(r"test_(core|crs|a)_", name)
    }
    assert ported <= named
    assert len(ported) > 20
