"""《地下水管理条例》第四章 超采治理, arts 31–38."""

from ibis.expr.types import BooleanValue

from gis_app.law import Verdict
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, WORKING, Facts
from gis_app.rules.groundwater_regulation_2021 import ARTICLE_35, REGULATION


def _planned(well: Facts) -> BooleanValue:
    return well.status.isin(PLANNED)


def _new_or_raised(well: Facts) -> BooleanValue:
    return (
        well.status.isin(PLANNED)
        | (well.completed_on >= well.zone_since("restricted_zone"))
        | (well.annual_permitted_m3 > well.prior_permitted_m3)
    )


@rule(
    "N-01",
    REGULATION,
    "第三十五条",
    "在地下水禁止开采区内禁止取用地下水",
    ((Verdict.PROHIBIT, _planned), (Verdict.CLOSE_BY, None)),
    en="Abstraction inside a prohibited zone",
    exemptions=ARTICLE_35,
)
def abstraction_in_prohibited_zone(well: Facts) -> BooleanValue:
    """禁止开采区内取水。"""
    return well.inside("prohibited_zone") & well.status.isin([*PLANNED, *WORKING])


@rule(
    "N-03",
    REGULATION,
    "第三十五条",
    "在地下水限制开采区内禁止新增取用地下水，并逐步削减地下水取水量",
    ((Verdict.PROHIBIT, _new_or_raised), (Verdict.RESTRICT, None)),
    en="New abstraction inside a restricted zone; existing volumes must fall",
    exemptions=ARTICLE_35,
)
def abstraction_in_restricted_zone(well: Facts) -> BooleanValue:
    """限制开采区内禁止新增、逐步削减取水。"""
    return well.inside("restricted_zone") & well.status.isin([*PLANNED, *WORKING])
