"""《地下水管理条例》 国务院令第748号, in force 2021-12-01. Text as of 2025-04-19.

By chapter: metering.py, approval.py and use.py (第三章), overdraft.py (第四章), pollution.py
(第五章), supervision.py and geothermal.py (第六、七章). Here stands what they share.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Instrument, Parameter, Tier
from gis_app.rules.facts import SHUT, Facts
from gis_app.rules.permit_regulation_2017 import for_monitoring

REGULATION = Instrument(
    id="groundwater-regulation-2021",
    key="GWR-748-2021",
    zh="地下水管理条例",
    en="Groundwater Management Regulation",
    number="国务院令第748号",
    area="",
    since=date(2021, 12, 1),
    tier=Tier.ADMINISTRATIVE_REGULATION,
)

# 「少量」 is not defined: how much is little must be set before the way out is open.
SMALL_TEST_TAKE = Parameter(
    name="monitoring_small_take_m3",
    zh="监测、勘探、试验“少量取水”的年水量上限",
    en="yearly volume up to which a take for monitoring, exploration or tests is small",
    unit="m3/a",
    instrument=REGULATION.key,
    clause="第三十五条第一款第三项",
    quote="为开展地下水监测、勘探、试验少量取水",
)


def _works_emergency(well: Facts) -> BooleanValue:
    return well.granted("engineering_emergency")


def _public_safety(well: Facts) -> BooleanValue:
    return well.granted("public_safety_emergency")


def small_test_take(taker: Facts) -> BooleanValue:
    """Whether it takes little, for monitoring, exploration or tests.

    What has no volume on record is not said to take much: most such works are read, not pumped.
    """
    limit = taker.parameter(SMALL_TEST_TAKE)
    much = taker.recorded_above("annual_m3", 0) & taker.recorded_above("annual_m3", limit)
    return for_monitoring(taker) & ~much


def named_for_emergencies(well: Facts) -> BooleanValue:
    """Whether the register names it as an emergency source (应急备用水源), by its type or use.

    A source is made one by being named so: they speak only where the register says it.
    """
    by_type = well.recorded_as("well_type", ["emergency_backup"])
    return by_type | well.recorded_as("use", ["emergency"])


def held_for_emergencies(well: Facts) -> BooleanValue:
    """Whether it is an emergency source that has not been shut."""
    named = named_for_emergencies(well)
    return (named & ~well.status.isin(SHUT)) | (well.status == "emergency_only")


# 第三十五条 exempts these three and nothing else: residents' drinking water is not among them.
ARTICLE_35 = (
    Exemption(
        id="E35-1",
        zh="地下工程施工、生产安全临时应急取（排）水",
        en="temporary emergency abstraction or drainage for the safety of underground works",
        clause="第三十五条第一款第一项",
        quote="为保障地下工程施工安全和生产安全必须进行临时应急取（排）水",
        when=_works_emergency,
    ),
    Exemption(
        id="E35-2",
        zh="消除公共安全、公共利益危害临时应急取水",
        en="temporary emergency abstraction to remove a danger to the public",
        clause="第三十五条第一款第二项",
        quote="为消除对公共安全或者公共利益的危害临时应急取水",
        when=_public_safety,
    ),
    Exemption(
        id="E35-3",
        zh="监测、勘探、试验少量取水",
        en="small abstraction for monitoring, exploration or tests",
        clause="第三十五条第一款第三项",
        quote="为开展地下水监测、勘探、试验少量取水",
        when=small_test_take,
    ),
)
