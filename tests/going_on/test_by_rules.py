"""An audit that goes on asks only the rules that may answer otherwise, and says the same."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, text

from gis_app import audit
from gis_app.registry import Registry
from gis_app.rules.engine import parameters_of, reads
from gis_app.rules.subjects import SHARED, ZONE_LAYERS
from gis_app.store import audits, parameters
from gis_app.store.engine import writing
from gis_app.store.facts import Asked
from tests.going_on.made import IMPORTED, LAW, WELLS, same_as_everything
from tests.going_on.test_edits import EDITS
from tests.world import add_well, add_zone, square


def rules_asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, set[str]]]:
    """Which rules are asked of which kind of subject, question by question."""
    asked: list[tuple[str, set[str]]] = []
    answer = audits.answer

    def noted(conn, rules, whom, **more):
        asked.append((whom.subject, {rule.id for rule in rules}))
        answer(conn, rules, whom, **more)

    monkeypatch.setattr(audits, "answer", noted)
    return asked


def looking_at(layer: str, subject: str) -> set[str]:
    rules = LAW.rules_on(date.today(), subject=subject)
    return {rule.id for rule in rules if any(ask.layer == layer for ask in reads(rule).asks)}


@pytest.mark.parametrize("layer", ["prohibited_zone", "source_protection_zone", "spring_domain"])
def test_where_only_zones_changed_only_rules_that_look_at_them_are_asked(
    audited, monkeypatch, layer
):
    asked = rules_asked(monkeypatch)
    with writing(audited, "test") as conn:
        add_zone(conn, layer, square(0, 0, 900), boundary_accuracy_m=5)
    audit.run(audited, LAW, audit.Scope(), actor="test")
    for subject, rules in asked:
        everything = subject == "zone" and layer in ZONE_LAYERS
        assert everything or rules == looking_at(layer, subject), subject
    kinds = {subject for subject, _ in asked}
    assert kinds >= {kind for kind in ("well", "site", "application") if looking_at(layer, kind)}


def test_where_a_well_changed_too_it_alone_is_asked_everything(audited, gone_on, monkeypatch):
    asked = rules_asked(monkeypatch)
    with writing(audited, "test") as conn:
        add_zone(conn, "prohibited_zone", square(0, 0, 900), boundary_accuracy_m=5)
        add_well(conn, "alone", 400, 400, use="industry")
    audit.run(audited, LAW, audit.Scope(), actor="test")
    of_wells = [rules for subject, rules in asked if subject == "well"]
    assert of_wells[1:] == [looking_at("prohibited_zone", "well")]
    assert len(of_wells[0]) > 50
    same_as_everything(audited)


@pytest.mark.parametrize("marks", ["district", None])
def test_where_the_county_or_anything_may_be_another_all_rules_are_asked(
    audited, monkeypatch, marks
):
    asked = rules_asked(monkeypatch)
    with writing(audited, "test") as conn:
        layer = marks or "prohibited_zone"
        add_zone(conn, layer, square(0, 0, 300), area_code="140303")
        if marks is None:  # as marks were before they told of layers
            conn.execute(text("update gis.unaudited set layers = null"))
    audit.run(audited, LAW, audit.Scope(), actor="test")
    assert all(len(rules) > 50 for subject, rules in asked if subject == "well")
    assert {"well", "site", "application", "unit", "zone"} <= {subject for subject, _ in asked}
    same_as_everything(audited)


def test_without_a_change_nobody_is_asked(audited, monkeypatch):
    asked = rules_asked(monkeypatch)
    audit.run(audited, LAW, audit.Scope(), actor="test")
    assert asked == []
    with writing(audited, "test") as conn:
        conn.execute(text(IMPORTED), {"crs": "GCJ-02"})
    audit.run(audited, LAW, audit.Scope(), actor="test")
    assert [subject for subject, _ in asked] == ["dataset"]


def test_who_may_sign_in_is_nothing_to_audit(audited, gone_on):
    with writing(audited, "test") as conn:
        conn.execute(text("insert into gis.account (name, password_hash) values ('a', 'x')"))
    same_as_everything(audited)
    assert gone_on == [0]


SMALL = {p.name: p for p in parameters_of(LAW.rules.values())}["household_small_take_m3"]
READ_BY = {rule.id for rule in LAW.rules.values() if SMALL in reads(rule).parameters}


def test_where_a_number_was_set_only_rules_that_read_it_are_asked_of_all_wells(
    audited, gone_on, monkeypatch
):
    asked = rules_asked(monkeypatch)
    for value, area in ((600.0, ""), (1.0, "140303"), (None, "140303")):
        with writing(audited, "test") as conn:
            parameters.put(
                conn, SMALL.name, value, area=area, since=date(2020, 1, 1), source="示例"
            )
        same_as_everything(audited)
        some, everything = [rules for subject, rules in asked if subject == "well"]
        assert some == READ_BY & everything
        assert len(some) < len(everything) / 2
        asked.clear()
    assert gone_on == [0, 0, 0]


def test_a_number_set_while_wells_and_zones_changed(audited, gone_on):
    rng = np.random.default_rng(4)
    with writing(audited, "test") as conn:
        parameters.put(conn, SMALL.name, 600.0, area="", since=date(2020, 1, 1), source="示例")
        for edit in (
            "a well's use",
            "a volume",
            "zones of several layers are new",
            "a well is new",
        ):
            EDITS[edit](conn, rng)
    same_as_everything(audited)
    assert 0 < (gone_on[0] or 0) < WELLS


def without(*rules: str) -> Registry:
    """The law without some rules."""
    return replace(LAW, rules={n: rule for n, rule in LAW.rules.items() if n not in rules})


@pytest.mark.parametrize("rule", ["N-01", "N-44", "YQ-02", "N-16"])
def test_where_a_rule_lapses_and_comes_back_it_alone_is_asked_of_all_wells(
    audited, monkeypatch, rule
):
    asked = rules_asked(monkeypatch)
    for law, is_asked in ((without(rule), set()), (LAW, {rule})):
        same_as_everything(audited, law)
        some, _ = [rules for subject, rules in asked if subject == "well"]
        assert some == is_asked
        asked.clear()


@pytest.mark.parametrize("anew", [False, True])
def test_what_a_document_found_that_the_program_no_longer_has_is_closed(audited, anew):
    kept = {name: each for name, each in LAW.instruments.items() if not name.startswith("yangquan")}
    rules = {name: rule for name, rule in LAW.rules.items() if rule.instrument.id in kept}
    if anew:
        with audited.begin() as conn:
            conn.execute(text("delete from gis.audited"))
    law = replace(LAW, instruments=kept, rules=rules)
    done = audit.run(audited, law, audit.Scope(), actor="test")
    assert done.counts["closed"]["law_lapsed"] > 0
    open_ = {row["instrument"] for row in audit.findings(audited, done)}
    assert open_
    assert open_ <= set(kept)


def test_where_the_law_reads_other_facts_of_wells_everything_is_asked(audited, gone_on):
    same_as_everything(audited, without("XY-01"))  # the only one that reads the risk of a well
    same_as_everything(audited)
    assert gone_on == []


def test_what_companions_have_no_part_in_is_told_by_a_wells_own_records(audited):
    with audited.connect() as conn:
        today = conn.execute(text("select gis.today()")).scalar_one()
        codes = (
            conn.execute(text("select code from gis.well where well_id % 2 = 0")).scalars().all()
        )
        among = {name: facts_of(conn, Asked(today, codes=some), codes)
                 for name, some in (("all", None), ("own", codes))}  # fmt: skip
    differing = {
        column
        for well, told in among["own"].items()
        for column, value in told.items()
        if value != among["all"][well][column]
    }
    assert {"permit_taken_m3", "user_annual_m3"} <= differing <= set(SHARED)


def facts_of(conn: Connection, asked: Asked, codes: list[str]) -> dict[str, dict[str, Any]]:
    found = conn.execute(text(asked.base().as_string().replace(":", "\\:"))).mappings()
    return {row["code"]: dict(row) for row in found if row["code"] in codes}
