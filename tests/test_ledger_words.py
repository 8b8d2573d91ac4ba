"""Why a finding was closed is said in the same words by an audit and by a comparison of two."""

import re

from gis_app.export.changes import CAUSES
from gis_app.report.ledger_words import closed
from gis_app.store.statements import script


def test_every_cause_that_an_audit_writes_has_the_words_of_a_comparison():
    written = set(re.findall(r"(?:then|else) '(\w+)'", script("close_findings").as_string(None)))
    assert "removed" in written
    assert written <= set(CAUSES)
    told = closed(dict.fromkeys(written, 1))
    assert all(f"{CAUSES[each].zh} / {CAUSES[each].en} 1" in told for each in written)
    assert closed({}) == "0"
