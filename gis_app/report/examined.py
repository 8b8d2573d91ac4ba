"""The ways out of a rule that were tried for a finding: which hold, which do not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis_app.law import Exemption, Words
from gis_app.registry import Registry
from gis_app.report.grounds import named
from gis_app.rules.engine import read_by

_HOLDS = {
    True: Words("成立", "it holds"),
    False: Words("不成立", "it does not hold"),
    None: Words("不能确定", "cannot be known"),
}


@dataclass(frozen=True)
class Examined:
    """An exemption of a finding's rule: whether it holds (None: cannot be known), and the facts
    that decide it, in words.
    """

    exemption: Exemption
    holds: bool | None
    facts: tuple[Words, ...]

    @property
    def answer(self) -> Words:
        """Whether it holds, in words."""
        return _HOLDS[self.holds]

    @property
    def because(self) -> Words:
        """The facts that decide it, in one line."""
        return Words("；".join(f.zh for f in self.facts), "; ".join(f.en for f in self.facts))


def examined(finding: Mapping[str, Any], registry: Registry) -> list[Examined]:
    """The exemptions that were tried for a finding (a row of `audits.explained`)."""
    rule, held, inputs = registry.rules[finding["rule"]], finding["examined"], finding["inputs"]
    told = []
    for each in rule.exemptions:
        if each.id in held:
            names = [name for name in read_by(each.when) if name in inputs]
            facts = tuple(named(name, inputs[name], rule, registry).line for name in names)
            told.append(Examined(each, held[each.id], facts))
    return told
