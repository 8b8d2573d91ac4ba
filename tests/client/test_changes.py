"""Two audits through the client: the changes add up to the lists themselves."""

import pandas as pd
import pytest

from gis_app.errors import BadInput, NotFound
from gis_app.export.changes import CAUSES, COLUMNS

AREA = "140322"
KEY = ["subject", "subject_code", "rule"]


@pytest.fixture(scope="module")
def pair(gis):
    """An audit of the day before the municipal opinion, and one of today, with their lists."""
    audits = [gis.audit(area=AREA, on="2023-10-17"), gis.audit(area=AREA)]
    return audits, [each.findings() for each in audits]


@pytest.fixture(scope="module")
def changes(gis, pair):
    return gis.diff(*pair[0])


def test_the_changes_are_the_difference_of_the_two_lists(changes, pair):
    """Against an outer join in pandas."""
    before, after = pair[1]
    both = before.merge(after, on=KEY, how="outer", suffixes=("_a", "_b"), indicator="side")
    only = {side: set(map(tuple, both[both["side"] == side][KEY].to_numpy()))
            for side in ("left_only", "right_only")}  # fmt: skip
    assert set(map(tuple, changes.opened[KEY].to_numpy())) == only["right_only"]
    assert set(map(tuple, changes.closed[KEY].to_numpy())) == only["left_only"]
    shared = both[both["side"] == "both"]
    other = (shared["answer_a"] != shared["answer_b"]) | (
        shared["verdict_a"] != shared["verdict_b"]
    )
    exempt = shared["exemption_a"].fillna("") != shared["exemption_b"].fillna("")
    zone = shared["zone_id_a"].fillna(0) != shared["zone_id_b"].fillna(0)
    assert len(changes.changed) == (other | exempt | zone).sum()
    assert changes.continued == len(shared) - len(changes.changed)
    assert len(changes.opened) > 20


def test_law_that_began_is_named_and_explains_what_it_opened(changes):
    assert "yangquan-2023-75" in [each["id"] for each in changes.began]
    opened = changes.opened
    municipal = opened[opened["instrument"] == "yangquan-2023-75"]
    assert set(municipal["cause"]) == {"law_began"}
    assert len(municipal) > 10


def test_every_change_has_a_cause_in_words_and_the_counts_agree(changes):
    table = changes.table
    assert list(table.columns[: len(COLUMNS)]) == COLUMNS
    assert set(table["cause"]) <= set(CAUSES)
    assert table["cause_zh"].str.len().gt(0).all()
    registered = table[table["cause"] == "register_changed"]
    assert registered["why_zh"].str.contains("→").all()
    assert changes.by_cause.to_numpy().sum() == changes.by_rule.to_numpy().sum() == len(table)
    shown = changes._repr_html_()
    assert "阳泉" in shown
    assert str(changes.continued) in shown.replace(",", "")


def test_the_same_audit_twice_is_no_change(gis, pair):
    audit = pair[0][1]
    told = gis.diff(audit, audit.run_id)
    assert told.table.empty
    assert told.continued == len(pair[1][1])


def test_changes_are_exported_with_their_codebook(gis, changes, tmp_path):
    (path,) = gis.export(changes.table, tmp_path / "changes.xlsx")
    book = pd.read_excel(path, sheet_name="codebook", engine="openpyxl").set_index("column")
    assert list(book.index) == COLUMNS
    assert book.loc["edge_after_m", "unit"] == "m"
    assert len(pd.read_excel(path, sheet_name="changes", engine="openpyxl")) == len(changes.table)


def test_audits_that_cannot_be_compared_are_refused(gis, pair):
    elsewhere = gis.audit(area="140302")
    with pytest.raises(BadInput, match="140302"):
        gis.diff(elsewhere, pair[0][1])
    with pytest.raises(NotFound):
        gis.diff(elsewhere, 10**9)
