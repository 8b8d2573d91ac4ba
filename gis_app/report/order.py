"""The order in which law is told: gravest instruments first, clauses in the document's order."""

import re

from gis_app.law import Instrument, Rule, Tier
from gis_app.registry import Registry


def gravest_first(registry: Registry) -> list[Instrument]:
    """The instruments, gravest tier first, in each tier by area and first day."""
    tiers = list(Tier)
    return sorted(
        registry.instruments.values(), key=lambda i: (tiers.index(i.tier), i.area, i.since)
    )


def rules_of(registry: Registry, instrument: Instrument) -> list[Rule]:
    """The rules of an instrument in the order of the document."""
    own = [rule for rule in registry.rules.values() if rule.instrument is instrument]
    return sorted(own, key=lambda rule: place_in_document(rule.clause))


def place_in_document(clause: str) -> tuple[int, ...]:
    """The numbers of a clause: 第三十五条第二款 → (35, 2), 三(五)15 → (3, 5, 15)."""
    return tuple(_number(each) for each in re.findall("[一二三四五六七八九十百零]+|[0-9]+", clause))


def _number(written: str) -> int:
    """三十五 → 35, 一百一十三 → 113, 15 → 15."""
    if written.isdigit() and written.isascii():
        return int(written)
    total, digit = 0, 0
    for sign in written:
        if sign in "百十":
            total += (digit or 1) * {"百": 100, "十": 10}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit
