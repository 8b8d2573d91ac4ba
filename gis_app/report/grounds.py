"""The facts that a finding's rule read, in words, and which of them make it apply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_app.law import Answer, Rule, Words
from gis_app.registry import Registry
from gis_app.report import fact_words
from gis_app.rules.engine import read_by

# places are told by the sentence; the type of a well is mostly read to leave others out
_BESIDE = {"area_code", "well_type"}


@dataclass(frozen=True)
class Fact:
    """A fact that a rule read: what an office calls it and what it says. `decides`: the finding
    rests on it.
    """

    name: str
    called: Words
    value: Words
    decides: bool = False

    @property
    def line(self) -> Words:
        """The fact in one line."""
        return Words(f"{self.called.zh}：{self.value.zh}", f"{self.called.en}: {self.value.en}")


def facts(finding: Mapping[str, Any], registry: Registry) -> list[Fact]:
    """All facts that the rule of a finding read, in the order of its inputs."""
    rule, inputs = registry.rules[finding["rule"]], finding["inputs"]
    deciding = set(_deciding(rule, inputs) if finding["answer"] == Answer.APPLIES else ())
    return [named(name, inputs[name], rule, registry, name in deciding) for name in inputs]


def because(read: Sequence[Fact]) -> Words | None:
    """What a finding rests on, in one line; None where it is not said to rest on a fact."""
    told = [fact.line for fact in read if fact.decides]
    if not told:
        return None
    return Words("；".join(line.zh for line in told), "; ".join(line.en for line in told))


def named(name: str, given: Any, rule: Rule, registry: Registry, decides: bool = False) -> Fact:
    """A fact in words."""
    called = fact_words.called(name, rule, registry)
    return Fact(name, called, fact_words.value(name, given, registry), decides)


def _deciding(rule: Rule, inputs: Mapping[str, Any]) -> Sequence[str]:
    """What a rule that applies rests on: what it says itself, else what its condition read."""
    names = rule.rests_on(inputs) if rule.rests_on else read_by(rule.condition)
    return [
        name
        for name in names
        if inputs.get(name) is not None
        and name not in _BESIDE
        and not name.startswith(("in__", "since__"))
    ]
