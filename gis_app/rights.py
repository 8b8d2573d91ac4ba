"""Who may do what, and where: roles, each granted for an area, and the rights they carry.

A role is granted for an administrative division code: it holds there and in every division whose
code begins with it; the empty code is everywhere. docs/rights.md has the table in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from gis_app.errors import Forbidden, Unauthenticated


class Right(StrEnum):
    """What a caller may do."""

    READ = "read"  # wells and what was found of them
    READ_REGISTERS = "read_registers"  # owners, permits, meters, volumes, imports, history
    READ_DRAFTS = "read_drafts"  # zones that are not law yet, or no more
    DRAFT = "draft"  # write them, and send them to review
    APPROVE = "approve"  # make law of them, end what is law
    EDIT_REGISTERS = "edit_registers"
    AUDIT = "audit"
    ADMINISTER = "administer"  # accounts and their roles


class Role(StrEnum):
    """What a person is."""

    VIEWER = "viewer"
    INSPECTOR = "inspector"
    PLANNER = "planner"
    APPROVER = "approver"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


_READS = frozenset({Right.READ, Right.READ_REGISTERS})
_PLANS = _READS | {Right.READ_DRAFTS}
CARRIES: dict[Role, frozenset[Right]] = {
    Role.VIEWER: _READS,
    Role.INSPECTOR: _READS,
    Role.PLANNER: _PLANS | {Right.DRAFT},
    Role.APPROVER: _PLANS | {Right.APPROVE},
    Role.ANALYST: _PLANS | {Right.EDIT_REGISTERS, Right.AUDIT},
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER}),
}
ROLES = {
    Role.VIEWER: ("查看", "viewer"),
    Role.INSPECTOR: ("检查员", "inspector"),
    Role.PLANNER: ("规划员", "planner"),
    Role.APPROVER: ("审批人", "approver"),
    Role.ANALYST: ("分析员", "analyst"),
    Role.ADMINISTRATOR: ("系统管理员", "administrator"),
}
_DONE = {
    Right.READ: ("查看取水井", "see wells"),
    Right.READ_REGISTERS: ("查看登记册", "see the registers"),
    Right.READ_DRAFTS: ("查看草案", "see drafts"),
    Right.DRAFT: ("起草区划", "draft zones"),
    Right.APPROVE: ("审批区划", "approve zones"),
    Right.EDIT_REGISTERS: ("修改登记册", "change the registers"),
    Right.AUDIT: ("运行审计", "run audits"),
    Right.ADMINISTER: ("管理账户", "manage accounts"),
}


@dataclass(frozen=True, order=True)
class Grant:
    """A role in an area (division code prefix; "": everywhere)."""

    role: Role
    area: str = ""


class Sight(NamedTuple):
    """What a map shows of wells: those of some areas, and whether counts of all the others."""

    areas: tuple[str, ...] = ("",)
    counts: bool = True


@dataclass(frozen=True)
class Caller:
    """Who asks, with the roles he has for this request; a visitor has no name.

    `wells` tells what a visitor sees of wells: "none", "counts" or "wells" (without owners).
    """

    name: str | None = None
    grants: tuple[Grant, ...] = ()
    wells: str = "none"

    def areas(self, right: Right) -> tuple[str, ...]:
        """The areas where the caller has a right, none within another; `("",)` is everywhere."""
        found = {grant.area for grant in self.grants if right in CARRIES[grant.role]}
        if right is Right.READ and self.wells == "wells":
            found.add("")
        return outermost(found)

    @property
    def sight(self) -> Sight:
        """What the caller's maps show of wells."""
        return Sight(self.areas(Right.READ), counts=self.wells != "none")

    def may(self, right: Right, area: str | None = "") -> bool:
        """Whether the caller has a right in the whole of an area (None: of a thing without one)."""
        return any((area or "").startswith(held) for held in self.areas(right))

    def holds(self, rights: Iterable[Right], area: str | None = None) -> bool:
        """Whether one of these rights is held: in the whole of an area, or (None) anywhere."""
        if area is None:
            return any(self.areas(right) for right in rights)
        return any(self.may(right, area) for right in rights)

    def require_one(self, rights: Sequence[Right], area: str | None = None) -> None:
        """Raise as `require` unless one of these rights is held: of the one that is held elsewhere,
        for want of one of the first.
        """
        if not self.holds(rights, area):
            self.require(next((each for each in rights if self.areas(each)), rights[0]), area)

    def require_sight(self, right: Right | None) -> None:
        """Raise unless there is something to see: an empty answer would look like "none there"."""
        if right is not None:
            self.require(right)

    def require(self, right: Right, area: str | None = None) -> None:
        """Raise `Unauthenticated` or `Forbidden` unless the right is held: in an area, or (None)
        anywhere at all.
        """
        if self.holds((right,), area):
            return
        zh, en = _DONE[right]
        if self.name is None:
            raise Unauthenticated(f"{zh}需要先登录。", f"Sign in first: only accounts may {en}.")
        within = "、".join(self.areas(right))
        if within:
            raise Forbidden(
                f"账户“{self.name}”只能在区划 {within} 内{zh}；请用 area 指明，或请管理员授权。",
                f"The account {self.name!r} may {en} only in {within}: name that area, or ask an "
                "administrator for the role.",
            )
        raise Forbidden(
            f"账户“{self.name}”无权{zh}。请管理员授予{_roles(right, 0)}角色。",
            f"The account {self.name!r} may not {en}. Ask an administrator for the role "
            f"{_roles(right, 1)}.",
        )


def outermost(areas: Iterable[str]) -> tuple[str, ...]:
    """Areas without those that lie in another of them, in order."""
    kept: list[str] = []
    for area in sorted(set(areas)):
        if not any(area.startswith(each) for each in kept):
            kept.append(area)
    return tuple(kept)


def narrowed(grants: Iterable[Grant], roles: Iterable[str], area: str) -> tuple[Grant, ...]:
    """What is left of grants when only some roles count, and only within an area."""
    wanted = set(roles)
    kept = set()
    for grant in grants:
        if grant.role not in wanted:
            continue
        if grant.area.startswith(area):
            kept.add(grant)
        elif area.startswith(grant.area):
            kept.add(Grant(grant.role, area))
    return tuple(sorted(kept))


def _roles(right: Right, language: int) -> str:
    named = [f"“{ROLES[role][language]}”" for role in Role if right in CARRIES[role]]
    return ("或" if language == 0 else " or ").join(named)
