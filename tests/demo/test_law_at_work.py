"""The law of one day, applied to the whole sample city."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, text

from gis_app import audit, registry
from gis_app.cli.audit import show
from gis_app.demo import City, load
from gis_app.flags import CLOSING
from gis_app.rules.engine import parameters_of
from gis_app.store.engine import reading, writing
from tests.demo import shown
from tests.demo.conftest import DAY

Answers = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Audited:
    """The city in a database, and what was found in it."""

    engine: Engine
    town: City
    law: registry.Registry
    run: audit.Run
    findings: list[dict[str, Any]]

    def answers(self, subject: str) -> Answers:
        """code → rule → answer."""
        found: Answers = defaultdict(dict)
        for each in self.findings:
            if each["subject"] == subject:
                found[each["subject_code"]][each["rule"]] = each["answer"]
        return found


@pytest.fixture(scope="module")
def audited(databases, worker, town) -> Iterator[Audited]:
    with databases.clone(f"gis_city_{worker}") as engine:
        with writing(engine, actor="demo") as conn:
            load(conn, town)
        law = registry.load()
        done = audit.run(engine, law, audit.Scope(on=DAY), actor="demo")
        yield Audited(engine, town, law, done, audit.findings(engine, done))


def test_every_well_placed_by_hand_shows_what_it_is_there_to_show(audited):
    wells = audited.town.wells
    by_hand = wells[wells["remark"].notna()]
    numbered = by_hand["code"].str.startswith("SL-D")
    found = audited.answers("well")
    told = dict(zip(by_hand["name"], by_hand["code"], strict=True))
    assert {n: found.get(told[n], {}) for n in by_hand.loc[numbered, "name"]} == shown.NUMBERED
    assert {c: found.get(c, {}) for c in by_hand.loc[~numbered, "code"]} == shown.WELLS


def test_every_application_and_site_shows_what_it_is_there_to_show(audited):
    for subject, expected in (("application", shown.APPLICATIONS), ("site", shown.SITES)):
        found = audited.answers(subject)
        codes = audited.town.records[subject]["code"]
        assert {code: found.get(code, {}) for code in codes} == expected


def test_units_zones_and_files_show_what_they_are_there_to_show(audited):
    units = audited.town.zones["management_unit"].set_index("code")["name"]
    found = audited.answers("unit")
    assert {units[code.split()[0]]: rules for code, rules in found.items()} == shown.UNITS
    named = {}
    for frame in audited.town.zones.values():
        named |= dict(zip(frame["code"], frame["name"], strict=True))
    zones = audited.answers("zone")
    assert {named[code]: rules for code, rules in zones.items()} == shown.ZONES
    with reading(audited.engine) as conn:
        files = dict(conn.execute(text("select batch_id::text, file_name from gis.batch")).all())
    data = audited.answers("dataset")
    assert {files[code]: rules for code, rules in data.items()} == shown.FILES


def test_every_rule_of_the_state_and_of_the_city_has_somebody_it_applies_to(audited):
    applied = {f["rule"] for f in audited.findings if f["answer"] == "applies"}
    elsewhere = set.union(*shown.NOT_CARRIED.values())
    assert set(audited.law.rules) - applied == elsewhere
    for rule in elsewhere:
        area = audited.law.rules[rule].instrument.area
        assert area, rule
        assert not "1403".startswith(area), rule


def test_every_exemption_of_a_rule_carried_is_had_by_somebody(audited):
    had = {(f["rule"], f["exemption"]) for f in audited.findings if f["answer"] == "exempt"}
    carried = {f["rule"] for f in audited.findings if f["answer"] == "applies"}
    there = {(r, e.id) for r in carried for e in audited.law.rules[r].exemptions}
    assert there - had == set(shown.NOT_EXEMPT)
    asked = {
        (f["rule"], "WPR4-2")
        for f in audited.findings
        if f["answer"] == "indeterminate" and "param__household_small_take_m3" in f["missing"]
    }
    assert asked == {pair for pair in shown.NOT_EXEMPT if pair[1] == "WPR4-2"}


def test_most_wells_are_lawful(audited):
    flags = audited.run.counts["wells_by_flag"]
    assert sum(flags.values()) == 6000
    assert flags["clear"] > 3800
    assert flags["clear"] + flags["duty"] > 4800
    assert 450 < flags["close"] < 650
    assert flags["indeterminate"] < 300


def test_closures_are_those_that_a_bureau_has_yet_to_make(audited):
    """Beside the wells placed by hand: own wells within the pipes before all."""
    wells = audited.town.wells
    by_hand = set(wells.loc[wells["remark"].notna(), "code"])
    closing = Counter(
        each["rule"]
        for each in audited.findings
        if each["subject"] == "well"
        and each["subject_code"] not in by_hand
        and each["answer"] == "applies"
        and each["verdict"] in CLOSING
    )
    assert closing.most_common(1)[0][0] == "YQ-03"
    assert closing["YQ-03"] > closing.total() / 2
    assert set(closing) <= {"YQ-03", "YQ-02", "YQ-01", "N-28", "N-01", "N-03", "N-04", "N-44",
                            "N-45", "YQ-10"}  # fmt: skip


def test_numbers_of_the_sample_say_that_they_are_no_law(audited):
    with reading(audited.engine) as conn:
        held = conn.execute(text("select name, source from gis.law_parameter")).all()
    assert {source for _, source in held} == {"示例数据，非官方"}
    names = {name for name, _ in held}
    assert "online_metering_scale_m3" in names
    assert "household_small_take_m3" not in names
    assert names <= {p.name for p in parameters_of(audited.law.rules.values())}


def test_the_summary_is_read_on_one_screen(audited, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    show(audited.run, audited.law)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 64
    said = "\n".join(lines)
    counted = audited.run.counts["wells_by_flag"]
    assert f"{counted['close']:,}" in said
    assert f"{counted['clear']:,}" in said
    headings = [line for line in lines if line.startswith(("法律", "行政法规", "市级"))]
    tiers = [heading.split(" · ")[0] for heading in headings]
    assert tiers == sorted(tiers, key=["法律", "行政法规", "市级规范性文件"].index)
    assert len(tiers) == len({f["instrument"] for f in audited.findings})
    for rule in {f["rule"] for f in audited.findings}:
        assert sum(f" {rule} " in f" {line} " for line in lines) == 1, rule


def test_auditing_again_changes_nothing(audited):
    again = audit.run(audited.engine, audited.law, audit.Scope(on=DAY), actor="demo")
    assert again.counts["opened"] == 0
    assert again.counts["closed"] == {}
    assert again.counts["continued"] == len(audited.findings)
