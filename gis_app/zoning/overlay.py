"""The overlay: vulnerability, load and function value become control areas. Ours, not official."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from gis_app.errors import BadInput, NotFound
from gis_app.zoning.profile import Profile

Bytes = NDArray[np.uint8]
Limits = tuple[tuple[float, ...], str]

GENERAL, CONTROL_1, CONTROL_2, UNKNOWN = 0, 1, 2, 255


@dataclass(frozen=True)
class Protection:
    """A kind of area that is collected, not computed: its code in rasters and its names."""

    id: str
    code: int
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """Limits of classes and of scores, and what overrides them, the first of `protection` first."""

    id: str
    official: bool
    zh: str
    en: str
    vulnerability: Mapping[str, Limits]
    vulnerability_by_class: Mapping[str, int]
    load: Limits
    function: Limits
    control_1: float
    control_2: float
    protection: tuple[Protection, ...]
    digest: str

    def limits_of(self, profile: Profile) -> Limits:
        """The class limits for a profile's index. Raises `BadInput` where it has none."""
        if profile.id not in self.vulnerability:
            raise BadInput(
                f"叠加方法 {self.id} 没有方案 {profile.id} 的脆弱性分级界限；请在其文件中补充。",
                f"The overlay {self.id} has no class limits for the profile {profile.id}: add them "
                "to its file.",
            )
        return self.vulnerability[profile.id]

    @property
    def meanings(self) -> dict[int, tuple[str, str]]:
        """What the codes of a zone raster mean, in Chinese and English."""
        own = {each.code: (each.zh, each.en) for each in self.protection}
        return {
            GENERAL: ("一般区", "general"),
            CONTROL_1: ("管控类区域（一级）", "control, first class"),
            CONTROL_2: ("管控类区域（二级）", "control, second class"),
            **own,
            UNKNOWN: ("不能确定", "cannot be known"),
        }

    @classmethod
    def of(cls, told: Mapping[str, Any], digest: str) -> Self:
        """The overlay of a file's tables."""
        return cls(
            id=told["id"], official=told["official"], zh=told["zh"], en=told["en"],
            vulnerability={k: _limits(v) for k, v in told["vulnerability"].items()},
            vulnerability_by_class=told["vulnerability_by_class"],
            load=_limits(told["load"]), function=_limits(told["function"]),
            control_1=told["control"]["control_1"], control_2=told["control"]["control_2"],
            protection=tuple(Protection(**each) for each in told["protection"]), digest=digest,
        )  # fmt: skip


def _limits(told: Mapping[str, Any]) -> Limits:
    if told["at_edge"] not in {"up", "stay"}:
        raise ValueError(f"at_edge = {told['at_edge']!r}: up, stay")
    return tuple(told["edges"]), told["at_edge"]


def load(named: str | None = None, beside: Path | None = None) -> Overlay:
    """Our overlay, or that of a .toml file. Raises `NotFound`, `BadInput`."""
    if named is None:
        raw = files("gis_app.zoning").joinpath("overlays", "ours.toml").read_bytes()
    else:
        path = (beside or Path()) / named
        if not path.is_file():
            raise NotFound(f"没有叠加方法文件 {path}。", f"There is no overlay file {path}.")
        raw = path.read_bytes()
    try:
        told = tomllib.loads(raw.decode("utf-8"))
        return Overlay.of(told, hashlib.sha256(raw).hexdigest())
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"叠加方法文件 {named or ''} 读不懂：{error}。",
            f"The overlay {named or ''} cannot be read: {error}.",
        ) from error


def classed(values: NDArray[np.floating], edges: tuple[float, ...], at_edge: str) -> Bytes:
    """Classes from 1 up by ascending edges; `UNKNOWN` where a value is NaN."""
    limits = np.asarray(edges, values.dtype)
    found = np.searchsorted(limits, values, side="right" if at_edge == "up" else "left")
    return np.where(np.isnan(values), UNKNOWN, found + 1).astype(np.uint8)


def control(overlay: Overlay, v: Bytes, p: Bytes, f: Bytes) -> Bytes:
    """Control areas of classes of vulnerability, load and function value (our own formula).

    risk = ⌈(V + P) / 2⌉, score = risk · F. `UNKNOWN` in any is `UNKNOWN` out.
    """
    risk = (v.astype(np.int16) + p + 1) // 2
    score = risk * f
    found = np.full(v.shape, GENERAL, np.uint8)
    found[score >= overlay.control_2] = CONTROL_2
    found[score >= overlay.control_1] = CONTROL_1
    found[(v == UNKNOWN) | (p == UNKNOWN) | (f == UNKNOWN)] = UNKNOWN
    return found


def override(found: Bytes, protection: Bytes) -> Bytes:
    """Protection (codes of the overlay, 0: none) laid over; it holds also where all else is
    unknown: these areas are collected, not computed.
    """
    return np.where(protection > 0, protection, found)
