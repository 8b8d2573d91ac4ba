"""阳泉市人民政府办公室《关于进一步加强地下水管理的实施意见》 阳政办发〔2023〕75号.

In force from 2023-10-18 for five years; we read 「有效期五年」 as ending before 2028-10-18.

approval.py: 二(二) to 二(七); supervision.py: 二(九) and 三(三). Here stands what they share.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Instrument, Question, Tier
from gis_app.rules.facts import Facts

OPINION = Instrument(
    id="yangquan-2023-75",
    key="yangquan-2023-75.txt",
    zh="阳泉市关于进一步加强地下水管理的实施意见",
    en="Yangquan opinion on strengthening groundwater management",
    number="阳政办发〔2023〕75号",
    area="1403",
    since=date(2023, 10, 18),
    until=date(2028, 10, 18),
    tier=Tier.MUNICIPAL,
)


def _not_own_supply(well: Facts) -> BooleanValue:
    # 自备 is itself a fact of the register; the type withdraws it only where it is written down
    return (
        well.recorded_as("well_type", ["public_supply", "monitoring", "emergency_backup"])
        | well.recorded_as("use", ["public_supply", "monitoring_test", "emergency"])
        | well.recorded_as("status", ["emergency_only"])
    )


NOT_SELF_SUPPLIED = Exemption(
    id="not-self-supply",
    zh="公共供水水源井、监测井、应急备用井不是自备水井",
    en="public-supply, monitoring and emergency wells are not self-supplied wells",
    clause="二(九)",
    quote="自备水井",
    when=_not_own_supply,
)


def _drains(well: Facts) -> BooleanValue:
    drain = well.recorded_as("well_type", ["dewatering", "mine_shaft"])
    return drain | well.recorded_as("use", ["dewatering"])


DRAINS = Question(
    id="drains_only",
    zh="疏干排水（矿井、地下工程）是否为“自备水井”，须由水行政主管部门认定",
    en="whether works that drain a mine or an excavation are a self-supplied well is for the "
    "authority to say",
    when=_drains,
)
