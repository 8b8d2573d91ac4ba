"""鄂尔多斯市通知 三(六): plans for overdraft zones."""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts
from gis_app.rules.ordos_notice import NOTICE


@rule(
    "ORD-07",
    NOTICE,
    "三(六)",
    "要于2022年3月31日前将巩固治理方案报市水利局",
    Verdict.NOTIFY,
    en="An overdraft zone has no governance plan",
    subjects=("zone",),
    orders=Words(
        "应当督促旗区人民政府将超采区巩固治理方案报市水利局",
        "the banner government must be urged to file the zone's governance plan with the city",
    ),
    # a plan that came in on 2022-03-31 was still in time
    since=date(2022, 4, 1),
)
def overdraft_zone_without_plan(zone: Facts) -> BooleanValue:
    """超采区未制定巩固治理方案。"""
    return (zone.layer == "overdraft_zone") & (zone.plan_state == "none")
