"""Law is never guessed: every quote stands in the article that is cited."""

import json
import re
from pathlib import Path

import pytest

from gis_app import registry
from gis_app.law import Instrument
from gis_app.rules.permit_regulation_2017.duty import PERMIT_DUTY

LAW = registry.load()
RULES = {**LAW.rules, PERMIT_DUTY.id: PERMIT_DUTY}
NUMERALS = "零一二三四五六七八九"


def _number(chinese: str) -> int:
    """三十五 → 35, 一百零八 → 108."""
    hundreds, _, rest = chinese.rpartition("百")
    tens, _, ones = rest.rpartition("十")
    tens_value = (NUMERALS.index(tens) if tens else 1) if "十" in rest else 0
    ones = ones.lstrip("零")
    return (
        (NUMERALS.index(hundreds) if hundreds else 0) * 100
        + tens_value * 10
        + (NUMERALS.index(ones) if ones else 0)
    )


def _text(shared: Path, instrument: Instrument, clause: str) -> str:
    """The text that a clause names: an article of a national law, or a whole paper."""
    folder = shared / "law"
    if instrument.key.endswith(".txt"):
        return (folder / instrument.key).read_text(encoding="utf-8")
    laws = json.loads((folder / "national_law_articles.json").read_text(encoding="utf-8"))
    found = re.search("第([零一二三四五六七八九十百]+)条", clause)
    assert found, clause
    number = str(_number(found[1]))
    if instrument.key in laws:
        return laws[instrument.key]["articles"][number]
    # of some regulations only the sentences quoted in the domain catalogue are at hand
    catalogue = json.loads((shared / "domain" / "rules.json").read_text(encoding="utf-8"))
    quoted = [
        r["quote"] for r in catalogue if re.match(f"{instrument.key}#{number}\\b", r["source"])
    ]
    assert quoted, (instrument.key, clause)
    return "".join(quoted)


def _squeezed(words: str) -> str:
    return re.sub(r"[\s#]", "", words)


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_a_rules_quote_stands_in_the_clause_it_cites(shared, rule_id):
    rule = RULES[rule_id]
    assert len(rule.quote) >= 8
    assert _squeezed(rule.quote) in _squeezed(_text(shared, rule.instrument, rule.clause))


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_an_exemptions_quote_stands_in_the_clause_it_cites(shared, rule_id):
    laws = json.loads((shared / "law" / "national_law_articles.json").read_text(encoding="utf-8"))
    by_title = {law["title"]: key for key, law in laws.items()}
    rule = RULES[rule_id]
    for exemption in rule.exemptions:
        title = next((t for t in by_title if exemption.clause.startswith(t)), None)
        if title is None:
            place = _text(shared, rule.instrument, exemption.clause)
        else:
            found = re.search("第([零一二三四五六七八九十百]+)条", exemption.clause)
            assert found
            place = laws[by_title[title]]["articles"][str(_number(found[1]))]
        assert _squeezed(exemption.quote) in _squeezed(place)


def test_a_layers_basis_stands_in_the_text_it_cites(shared):
    laws = json.loads((shared / "law" / "national_law_articles.json").read_text(encoding="utf-8"))
    by_title = {law["title"]: law["articles"] for law in laws.values()}
    catalogue = json.loads((shared / "domain" / "rules.json").read_text(encoding="utf-8"))
    texts = [p.read_text(encoding="utf-8") for p in sorted((shared / "law").glob("*.txt"))]
    papers = _squeezed("".join([*texts, *(row["quote"] for row in catalogue)]))
    for layer in LAW.layers.values():
        for basis in layer.basis:
            if basis.title not in by_title:
                assert _squeezed(basis.quote) in papers, layer.id
                continue
            found = re.search("第([零一二三四五六七八九十百]+)条", basis.clause)
            assert found
            article = by_title[basis.title][str(_number(found[1]))]
            assert _squeezed(basis.quote) in _squeezed(article), layer.id


def test_instruments_are_in_force_from_their_day_to_the_day_before_their_end(shared):
    paper = LAW.instrument("yangquan-2023-75")
    words = _squeezed((shared / "law" / paper.key).read_text(encoding="utf-8"))
    assert "自2023年10月18日起实施，有效期五年" in words
    assert paper.number in words
    laws = json.loads((shared / "law" / "national_law_articles.json").read_text(encoding="utf-8"))
    for instrument in LAW.instruments.values():
        if instrument.key in laws:
            law, first = laws[instrument.key], instrument.since
            last_article = law["articles"][str(len(law["articles"]))]
            words = f"自{first.year}年{first.month}月{first.day}日起施行"
            if law["effective"] is None:  # then the law's own last words, or a reason, give it
                assert words in _squeezed(last_article) or instrument.remark is not None
            else:
                assert law["effective"] == first.isoformat()
            if law["number"] is not None:
                assert law["number"].removesuffix("(号recalled)") == instrument.number


def test_every_rule_of_the_catalogue_is_law_here_or_known_and_not_citable(shared):
    catalogue = json.loads((shared / "domain" / "rules.json").read_text(encoding="utf-8"))
    assert {row["id"] for row in catalogue} - set(LAW.rules) == set(LAW.known)
    assert not set(LAW.known) & set(LAW.rules)
