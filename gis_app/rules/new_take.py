"""「新增取用地下水」, which several documents forbid inside a zone: one reading for all of them.

None of them says that it speaks of what was there before it, or before the zone. So a well is new
that was finished since both bound, and a volume that was raised since both did.
"""

from datetime import date

from ibis.expr.types import BooleanValue, DateValue

from gis_app.law import Question, Words
from gis_app.rules.facts import PLANNED, Facts

NOT_NEWLY = Words("禁止新增取用地下水", "groundwater may not be newly taken")


def drills(application: Facts) -> BooleanValue:
    """Whether a well is to be drilled (打井、开凿): a renewal or an increase drills none."""
    drilled: BooleanValue = application.application_kind.isin(["new", "replacement"])
    return drilled


def newly_taken(taker: Facts, layer: str, since: date) -> BooleanValue:
    """Whether it is planned, finished or permitted more, since the zone and the document bound.

    What an application asks for begins on the asked day.
    """
    return newly_built(taker, layer, since) | _raised(taker, layer, since)


def newly_built(taker: Facts, layer: str, since: date) -> BooleanValue:
    """Whether all that it takes is new: planned, or finished since the zone and document bound."""
    planned: BooleanValue = taker.status.isin(PLANNED)
    return planned | _since_both(taker.completed_on, taker, layer, since)


def replacement(layer: str, since: date) -> Question:
    """Whether a new well that only replaces another takes groundwater newly: no text says it.

    The register's blank is "it replaces none": what replaces a well has to be entered as such.
    """

    def only_replaces(taker: Facts) -> BooleanValue:
        no_more = taker.annual_permitted_m3 <= taker.prior_permitted_m3
        return taker.replaces_another & no_more & newly_built(taker, layer, since)

    return Question(
        id="replacement_is_new",
        zh="替代井不增加取水量，是否属于“新增取用地下水”，条文未作规定，须由水行政主管部门认定",
        en="whether a replacement well that adds no volume takes groundwater newly is not stated; "
        "it is for the authority to say",
        when=only_replaces,
    )


def _applied_to_replace(application: Facts) -> BooleanValue:
    return (application.application_kind == "replacement") & (application.added_m3 <= 0)


REPLACEMENT_APPLIED_FOR = Question(
    id="replacement_is_new",
    zh="替代井不增加取水量，是否属于“新增取用地下水”须由主管部门或者审批机关认定",
    en="whether a replacement well that adds no volume is new abstraction is for the authority to "
    "say",
    when=_applied_to_replace,
)


def _raised(taker: Facts, layer: str, since: date) -> BooleanValue:
    more = taker.annual_permitted_m3 > taker.prior_permitted_m3
    return more & _since_both(taker.permitted_since, taker, layer, since)


def _since_both(day: DateValue, taker: Facts, layer: str, since: date) -> BooleanValue:
    both: BooleanValue = (day >= taker.zone_since(layer)) & (day >= since)
    return both
