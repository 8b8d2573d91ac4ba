"""《农田水利条例》 国务院令第669号, in force 2016-07-01. Text as of 2025-04-19.

The decree is named in published copies of the regulation; the text at hand does not print it.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Instrument, Question, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, WORKING, Facts
from gis_app.rules.new_take import newly_taken, replacement

REGULATION = Instrument(
    id="irrigation-2016",
    key="FWR-2016",
    zh="农田水利条例",
    en="Regulation on Farmland Water Conservancy",
    number="国务院令第669号",
    area="",
    since=date(2016, 7, 1),
    tier=Tier.ADMINISTRATIVE_REGULATION,
)

_QUOTE = "地下水超采区，禁止农田灌溉新增取用地下水"
_ORDERS = Words(
    zh="禁止农田灌溉新增取用地下水", en="groundwater may not be newly taken for irrigation"
)


def _replaces(application: Facts) -> BooleanValue:
    return application.application_kind == "replacement"


@rule(
    "N-44",
    REGULATION,
    "第三十四条",
    _QUOTE,
    Verdict.PROHIBIT,
    en="No new irrigation wells, and no greater volumes, inside an overdraft zone",
    questions=(replacement("overdraft_zone", REGULATION.since),),
    orders=_ORDERS,
)
def new_irrigation_well_in_overdraft_zone(well: Facts) -> BooleanValue:
    """超采区内禁止新增农田灌溉取用地下水（井）。"""
    new = newly_taken(well, "overdraft_zone", REGULATION.since)
    irrigates = (well.use == "irrigation") & well.status.isin([*PLANNED, *WORKING])
    return well.inside("overdraft_zone") & irrigates & new


@rule(
    "N-44-A",
    REGULATION,
    "第三十四条",
    _QUOTE,
    Verdict.PROHIBIT,
    en="No new irrigation abstraction applied for inside an overdraft zone",
    subjects=("application",),
    questions=(
        Question(
            id="replacement_is_new",
            zh="替代井是否属于“新增取用地下水”，条文未作规定，须由水行政主管部门认定",
            en="whether a replacement well takes groundwater newly is not stated; it is for the "
            "authority to say",
            when=_replaces,
        ),
    ),
    orders=_ORDERS,
)
def new_irrigation_applied_for_in_overdraft_zone(application: Facts) -> BooleanValue:
    """超采区内禁止新增农田灌溉取用地下水（取水申请）。"""
    added = (application.added_m3 > 0) | _replaces(application)
    return application.inside("overdraft_zone") & (application.use == "irrigation") & added
