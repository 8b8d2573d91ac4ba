"""The reference page of law says what the rules do, and what it says of the papers is true."""

import re
from pathlib import Path

import pytest
import typer

from api.routes import audits, collections, imports, landing, precheck, tiles, wells
from gis_app import registry
from gis_app.cli import app
from gis_app.law import LISTED, Tier, Verdict
from gis_app.report import law_page
from gis_app.report.faults import FAULTS
from gis_app.report.order import gravest_first, place_in_document, rules_of
from gis_app.report.rule_lines import LADDERS, layers_spoken_of
from gis_app.report.sentences import ordered
from gis_app.report.systems import SYSTEMS
from gis_app.report.systems.declared import State
from gis_app.rules.engine import parameters_of, reads
from gis_app.rules.facts import Recorder
from gis_app.rules.subjects import SUBJECTS
from tests.law.faults import answering

LAW = registry.load()
PAGE = law_page.page(LAW)
LINES = PAGE.split("\n")
# what the conditions of ladders read, that their words must speak of
LADDERS_READ = {
    "N-01": {"status"},
    "N-03": {"status", "completed_on", "annual_permitted_m3", "prior_permitted_m3",
             "permitted_since", "since__restricted_zone"},
    "N-05": {"status", "completed_on", "annual_permitted_m3", "prior_permitted_m3",
             "permitted_since"},
    "N-17": {"meter_due_on"},
    "N-32": {"build_type"},
    "N-33": {"build_type"},
    "N-35": {"aquifer_polluted"},
    "N-38": {"build_type"},
    "N-39": {"build_type"},
    "N-50": {"build_type"},
    "XY-01": {"risk_class"},
    "YQ-10": {"status", "well_type"},
}  # fmt: skip


def _block(rule_id: str) -> str:
    """What the page says of a rule."""
    heads = [n for n, line in enumerate(LINES) if line.startswith(f"#### {rule_id} ")]
    assert len(heads) == 1, rule_id
    ends = (n for n in range(heads[0] + 1, len(LINES)) if LINES[n].startswith("#"))
    return "\n".join(LINES[heads[0] : next(ends)])


def _section(number: int) -> str:
    return PAGE.split(f"\n## {number} ")[1].split("\n## ")[0]


@pytest.mark.parametrize("rule_id", sorted(LAW.rules))
def test_a_rule_is_told_with_all_that_it_says_and_reads(rule_id):
    rule, told = LAW.rules[rule_id], _block(rule_id)
    said = [rule.zh, rule.en, f"{rule.clause}“{rule.quote}”"]
    said += [f"`{verdict}`" for verdict, _ in rule.verdicts]
    said += [SUBJECTS[name].zh for name in rule.subjects]
    said += [f"`{exemption.id}` {exemption.zh}" for exemption in rule.exemptions]
    said += [question.zh for question in rule.questions]
    said += [f"`{parameter.name}`" for parameter in reads(rule).parameters]
    said += [LAW.layers[ask.layer].zh for ask in reads(rule).asks]
    said += [side for _, words in rule.orders for side in (words.zh, words.en)]
    said += [rule.gap.zh, rule.gap.en] if rule.gap else []
    said += [day.isoformat() for day in (rule.since, rule.until) if day]
    assert [each for each in said if each not in told] == []


def test_every_exemption_is_told_with_its_clause_and_quote():
    told = _section(3)
    for rule in LAW.rules.values():
        for each in rule.exemptions:
            rows = [r for r in told.split("\n") if f"| `{each.id}` |" in r and each.quote in r]
            assert any(rule.id in re.split("[、| ]+", row) for row in rows), (rule.id, each.id)


def test_the_numbers_of_a_clause_are_read_as_they_are_written():
    assert place_in_document("第三十五条第一款第二项") == (35, 1, 2)
    assert place_in_document("第一百一十三条") == (113,)
    assert place_in_document("第十条") == (10,)
    assert place_in_document("三(五)15") == (3, 5, 15)


def test_the_gravest_instruments_come_first_and_clauses_in_the_order_of_the_document():
    tiers = [list(Tier).index(each.tier) for each in gravest_first(LAW)]
    assert tiers == sorted(tiers)
    regulation = [r.id for r in rules_of(LAW, LAW.instrument("groundwater-regulation-2021"))]
    assert regulation[:4] == ["N-16", "N-17", "N-18", "N-06"]  # articles 22, 22, 22(2), 25
    assert regulation[-3:] == ["N-37", "N-53", "N-20"]  # articles 52(2), 54, 56
    notice = [r.id for r in rules_of(LAW, LAW.instrument("ordos-water-notice"))]
    assert notice[-1] == "ORD-07"  # 三(六)


def test_a_ladder_of_verdicts_has_words_for_what_its_condition_reads():
    ladders = {rule.id for rule in LAW.rules.values() if len(rule.verdicts) > 1}
    assert ladders == set(LADDERS) == set(LADDERS_READ)
    for rule_id, facts in LADDERS_READ.items():
        rungs, seen = LAW.rules[rule_id].verdicts, Recorder()
        assert len(rungs) == 2, rule_id
        first = rungs[0][1]
        assert first is not None
        first(seen)
        assert {*seen.columns, *seen.claims} == facts, rule_id


def test_a_rule_about_zones_is_told_with_the_layer_of_those_zones():
    assert layers_spoken_of(LAW.rules["ORD-07"], LAW) == ["overdraft_zone"]
    assert layers_spoken_of(LAW.rules["N-14"], LAW) == ["geological_hazard_area"]
    assert layers_spoken_of(LAW.rules["N-01"], LAW) == []
    for rule in LAW.rules.values():
        if rule.subjects == ("zone",):
            assert layers_spoken_of(rule, LAW), rule.id


def test_every_parameter_is_told_and_its_command_is_one_that_the_program_takes():
    told = _section(4)
    for each in parameters_of(LAW.rules.values()):
        (row,) = [r for r in told.split("\n") if r.startswith(f"| `{each.name}` |")]
        assert each.quote in row
        assert ("1 / 0" in row) == (each.unit == LISTED)
    examples = re.findall("`gis-app (law set [^`]+)`", told)
    assert len(examples) == 2
    for words in (each.split() for each in examples):
        command = _command("law set")
        context = command.make_context("set", words[2:])
        assert context.params["name"] in {p.name for p in parameters_of(LAW.rules.values())}


def test_what_cannot_be_cited_is_told_with_its_reason_and_never_as_a_rule():
    told = _section(5)
    for each in LAW.known.values():
        assert each.why.zh in told
        assert f"#### {each.id} " not in PAGE


def test_the_rules_of_a_fault_are_those_that_answer_to_it():
    found = answering(LAW)
    assert found == {fault.id: set(fault.rules) for fault in FAULTS}
    assert min(map(len, found.values())) > 1


def test_the_bases_of_a_fault_stand_gravest_tier_first():
    order, last = [tier.zh for tier in Tier], 0
    rows = [r.split(" | ") for r in _section(6).split("\n") if r.startswith("| ")][1:]
    assert len(rows) == sum(len(fault.rules) for fault in FAULTS)
    for title, tier, *_ in rows:
        rank = order.index(tier)
        assert title != "| 〃" or rank >= last
        last = rank


def test_every_layer_and_register_is_told_with_the_rules_that_need_it():
    told = _section(7)
    for each in (*LAW.zone_layers, *LAW.registers.values()):
        assert f"`{each.id}`" in told
    (coverage,) = [r for r in told.split("\n") if "`public_supply_coverage`" in r]
    assert {"YQ-03", "ORD-02"} <= set(re.split("[、| ]+", coverage))
    (orders,) = [r for r in told.split("\n") if "`correction_order`" in r]
    assert {"N-17", "N-20", "N-28"} <= set(re.split("[、| ]+", orders))
    assert "N-01" not in re.split("[、| ]+", orders)


def test_the_74_systems_of_the_catalogue_are_there_once():
    assert [system.id for _, system in SYSTEMS] == [f"A{n}" for n in range(1, 75)]
    rows = [r for r in _section(8).split("\n") if re.match(r"\| A\d+ \|", r)]
    assert len(rows) == 74


def _squeezed(words: str) -> str:
    return re.sub(r"[\s#*]", "", words).replace("(", "（").replace(")", "）")


def _heading(before: str) -> str:
    """The section of a squeezed paper that begins last in what stands before, as 三(五)15."""
    part = re.findall("(?<![一-鿿])([一二三四五六])、", before)
    chapter = re.findall("（([一二三四五六七八九])）", before)
    number = re.findall(r"(?<!\d)(\d{1,2})\.(?!\d)", before)
    return f"{part[-1]}({chapter[-1]})" + (number[-1] if number else "")


@pytest.mark.parametrize(("paper", "system"), SYSTEMS, ids=lambda each: getattr(each, "id", ""))
def test_a_systems_quote_stands_in_the_section_of_the_paper_it_names(shared, paper, system):
    text = _squeezed((shared / "law" / paper.key).read_text(encoding="utf-8"))
    before, quote, _ = text.partition(_squeezed(system.quote))
    assert quote
    if system.section in ("引言", "附", "附件"):  # before the first section, after the last
        assert ("、总体要求" in before) == (system.section != "引言")
    elif system.section[-1].isdigit():
        assert _heading(before) == system.section
    else:
        assert _heading(before).rstrip("0123456789") == system.section


def _command(words: str) -> typer.core.TyperCommand:
    """The command of those words. Fails where there is none."""
    found = typer.main.get_command(app)
    for word in words.split():
        found = found.get_command(None, word)
        assert found is not None, words
    return found


def _paths() -> set[str]:
    rooms = (audits, collections, imports, landing, precheck, tiles, wells)
    return {route.path for room in rooms for route in room.router.routes}


def test_what_the_table_of_systems_names_exists():
    parameters = {p.name for p in parameters_of(LAW.rules.values())}
    viewer = Path(__file__).parents[1] / "api" / "viewer" / "src" / "index.html"
    pages = _paths() | ({"/map/"} if viewer.exists() else set())
    for _, system in SYSTEMS:
        here = system.here
        assert set(here.rules.split()) <= set(LAW.rules), system.id
        assert set(here.layers.split()) <= set(LAW.layers), system.id
        assert set(here.registers.split()) <= set(LAW.registers), system.id
        assert set(here.parameters.split()) <= parameters, system.id
        assert set(here.pages.split()) <= pages, system.id
        for command in here.commands:
            _command(command.removeprefix("gis-app "))


def test_rules_named_in_the_words_of_a_system_exist():
    named = re.compile(r"\b(?:N|YQ|XY|ORD|JC|CZ|SX|IM)-\d+\b")
    for _, system in SYSTEMS:
        words = f"{system.missing.zh} {system.missing.en}" if system.missing else ""
        assert set(named.findall(words)) <= {*LAW.rules, *LAW.known}, system.id


def test_a_system_works_or_says_plainly_what_is_missing_and_which_part_would_bring_it():
    for _, system in SYSTEMS:
        lacking = system.missing is not None and system.later is not None
        assert lacking == (system.state is not State.WORKS), system.id
        somewhere = any(vars(system.here).values())
        assert somewhere == (system.state is not State.NOT_YET), system.id
        if system.state is State.WORKS:
            assert system.here.rules, system.id


def test_data_that_a_system_names_are_needed_by_a_rule_that_it_names():
    lines = _section(7).split("\n")
    told = [line for line in lines if line.startswith("| ")]
    (unread,) = [line for line in lines if line.startswith("尚无规则读取")]
    for _, system in SYSTEMS:
        here = system.here
        for name in (*here.layers.split(), *here.registers.split()):
            needing = {word for r in told if f"`{name}` |" in r for word in re.split("[、| ]+", r)}
            rules = set(here.rules.split())
            idle = not rules or f"`{name}`" in unread
            assert idle or rules & needing, (system.id, name)


def test_the_links_at_the_top_lead_to_headings_of_the_page():
    headings = {_slug(line[3:]) for line in LINES if line.startswith("## ")}
    links = re.findall(r"^- \[[^]]+\]\(#([^)]+)\)$", PAGE, re.MULTILINE)
    assert set(links) == headings
    assert len(links) == 8


def _slug(title: str) -> str:
    """As GitHub makes an anchor: lower case, punctuation dropped, blanks to hyphens."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize(
    ("rule_id", "verdict", "words"),
    [
        ("N-01", "prohibit", "禁止取用地下水"),
        ("N-03", "prohibit", "禁止新增取用地下水"),
        ("N-03", "restrict", "应当逐步削减取水量"),
        ("N-35", "prohibit", "不得混合开采"),
        ("N-35", "restrict", "应当分层开采"),
        ("JC-01", "prohibit", "禁止新增取用地下水"),
        ("JC-06", "close_by", "应当限期关闭"),
    ],
)
def test_each_verdict_of_a_rule_orders_what_its_clause_orders(rule_id, verdict, words):
    assert ordered(LAW.rules[rule_id], Verdict(verdict)).zh == words


def test_whoever_lacks_a_meter_is_told_all_three_bases_of_penalty():
    bases = {"N-16": "第五十六条第一款", "N-17": "第五十六条第一款", "N-17-WPR": "第五十三条第一款"}
    for rule_id, clause in bases.items():
        assert clause in ordered(LAW.rules[rule_id], Verdict.METER).zh, rule_id
    assert "处罚" not in ordered(LAW.rules["N-17"], Verdict.NOTIFY).zh
