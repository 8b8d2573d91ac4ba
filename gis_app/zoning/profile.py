"""Vulnerability profiles: dated, cited data files that say how parameters are rated and joined."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self

from gis_app.errors import BadInput, NotFound, Refused


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where numbers of a profile come from, and whether they were compared with it."""

    of: str
    title: str
    checked: bool
    url: str = ""
    remark_zh: str = ""
    remark_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter: rated by intervals (`edges`), by `classes`, or given as a score.

    `edges` ascend in `unit`; `ratings` has one more. `classes` is name → rating. `scores` are the
    only values that may be given; without any of the three the value is the score, from `least` up.
    """

    id: str
    zh: str
    en: str
    weight: float
    unit: str | None = None
    least: float | None = None
    edges: tuple[float, ...] = ()
    ratings: tuple[float, ...] = ()
    classes: Mapping[str, float] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    scores: tuple[float, ...] = ()

    @property
    def categorical(self) -> bool:
        """Whether values are kinds, never to be averaged between cells."""
        return bool(self.classes or self.scores)

    def span(self, rating_range: tuple[float, float] | None) -> tuple[float, float] | None:
        """The lowest and highest rating; None where there is no highest."""
        if self.classes and rating_range:
            return rating_range
        known = self.ratings or self.scores or tuple(self.classes.values())
        return (min(known), max(known)) if known else None

    def class_named(self, name: str) -> str | None:
        """The class of a name, in English as in the file or in Chinese; None for no such."""
        return name if name in self.classes else self.aliases.get(name)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The parameter of a table of a profile's file."""
        classes = told.get("classes", {})
        rest: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in told.items()}
        rest["classes"] = {name: each["rating"] for name, each in classes.items()}
        return cls(**rest, aliases={each["zh"]: name for name, each in classes.items()})


@dataclass(frozen=True, kw_only=True)
class Classes:
    """The classes a profile itself makes of its index: up to each edge, and above the last.

    `exceptions` are (class, becomes, {parameter: values}); above `most` nothing is classed.
    """

    edges: tuple[float, ...]
    names: tuple[str, ...]
    most: float | None = None
    exceptions: tuple[tuple[str, str, Mapping[str, tuple[float, ...]]], ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The classes of a profile's file."""
        exceptions = tuple(
            (each["of"], each["to"], {k: tuple(v) for k, v in each["where"].items()})
            for each in told.get("exception", ())
        )
        return cls(
            edges=tuple(told["edges"]), names=tuple(told["names"]), most=told.get("most"),
            exceptions=exceptions,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Profile:
    """How an index is made. `digest` is the SHA-256 of the file it was read from."""

    id: str
    zh: str
    en: str
    dated: int
    combine: Literal["sum", "product"]
    more_is: str
    sources: tuple[Source, ...]
    parameters: tuple[Parameter, ...]
    missing: tuple[Mapping[str, str], ...]
    classes: Classes | None
    rating_range: tuple[float, float] | None
    digest: str

    @cached_property
    def by_id(self) -> dict[str, Parameter]:
        """The parameters by their letter."""
        return {each.id: each for each in self.parameters}

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and highest index there can be; None where it has no upper end."""
        low = high = 0.0
        for each in self.parameters:
            span = each.span(self.rating_range)
            if span is None:
                return None
            low, high = low + each.weight * span[0], high + each.weight * span[1]
        return (low, high) if self.combine == "sum" and self.parameters else None

    def require_complete(self) -> None:
        """Raise `Refused`, naming them, while tables of the profile are missing."""
        if self.missing or not self.parameters:
            zh = "；".join(each["zh"] for each in self.missing)
            en = "; ".join(f"{each['en']} ({each['table']})" for each in self.missing)
            raise Refused(
                f"方案 {self.id} 缺少正式的表，不能运行：{zh}。请将官方表格录入方案文件后再用。",
                f"The profile {self.id} lacks official tables and does not run: {en}. Enter them "
                "in the profile's file first.",
            )


def names() -> list[str]:
    """The profiles there are, by id."""
    return sorted(_shipped())


def load(named: str, beside: Path | None = None) -> Profile:
    """The profile of an id, or of a .toml file (relative to `beside`).

    Raises `NotFound` naming those there are, `BadInput` for a file that is none.
    """
    if named.endswith(".toml"):
        path = (beside or Path()) / named
        if not path.is_file():
            raise NotFound(f"没有方案文件 {path}。", f"There is no profile file {path}.")
        return read(path.read_bytes(), path.name)
    shipped = _shipped()
    if named not in shipped:
        listed = ", ".join(sorted(shipped))
        raise NotFound(f"没有方案“{named}”。可用：{listed}。", f"No profile {named!r}: {listed}.")
    return read(shipped[named], named)


def read(raw: bytes, name: str) -> Profile:
    """The profile that stands in the bytes of a TOML file. Raises `BadInput`."""
    try:
        told = tomllib.loads(raw.decode("utf-8"))
        profile = Profile(
            id=told["id"], zh=told["zh"], en=told["en"], dated=told["dated"],
            combine=told["combine"], more_is=told["more_is"],
            sources=tuple(Source(**each) for each in told.get("source", ())),
            parameters=tuple(Parameter.of(each) for each in told.get("parameter", ())),
            missing=tuple(told.get("missing", ())),
            classes=Classes.of(told["classes"]) if "classes" in told else None,
            rating_range=tuple(told["rating_range"]) if "rating_range" in told else None,
            digest=hashlib.sha256(raw).hexdigest(),
        )  # fmt: skip
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise BadInput(
            f"方案文件 {name} 读不懂：{error}。", f"The profile {name} cannot be read: {error}."
        ) from error
    _check(profile)
    return profile


def _check(profile: Profile) -> None:
    for each in profile.parameters:
        ascending = list(each.edges) == sorted(set(each.edges))
        paired = len(each.ratings) == (len(each.edges) + 1 if each.edges else 0)
        if not (ascending and paired):
            raise BadInput(
                f"方案 {profile.id} 的参数 {each.id}：界限须递增，评分须比界限多一个。",
                f"Parameter {each.id} of {profile.id}: edges ascend, and ratings are one more.",
            )


def _shipped() -> dict[str, bytes]:
    folder = files("gis_app.zoning").joinpath("profiles")
    raws = [each.read_bytes() for each in folder.iterdir() if each.name.endswith(".toml")]
    return {tomllib.loads(raw.decode("utf-8"))["id"]: raw for raw in raws}
