"""晋城细则 四(一): meters, water managers and the list of key users."""

from ibis.expr.types import BooleanValue

from gis_app.law import Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.jincheng_water_saving import BY_2022, DETAILED_RULES, SERVICES, uses_at_least
from gis_app.rules.taking import has_no_meter


@rule(
    "JC-03",
    DETAILED_RULES,
    "四(一)22",
    "对全市年用水量10万立方米以上的工业企业和3万立方米以上的服务业实现计量全覆盖",
    Verdict.METER,
    en="Industry from 100,000 m³ or services from 30,000 m³ a year without a meter",
)
def large_user_without_meter(well: Facts) -> BooleanValue:
    """工业10万、服务业3万立方米以上未装计量设施。"""
    industry = (well.use == "industry") & uses_at_least(well, 100_000)
    service = well.use.isin(SERVICES) & uses_at_least(well, 30_000)
    return well.status.isin(WORKING) & has_no_meter(well) & (industry | service)


@rule(
    "JC-05",
    DETAILED_RULES,
    "四(一)23",
    "鼓励年用水总量超过10万立方米的企业或园区设立水务经理",
    Verdict.NOTIFY,
    en="Users above 100,000 m³ a year are encouraged to have a water manager",
    orders=Words("鼓励设立水务经理（不是义务）", "a water manager is encouraged; it is not a duty"),
)
def large_user_without_water_manager(well: Facts) -> BooleanValue:
    """鼓励年用水超过10万立方米的企业设立水务经理。"""
    company = well.use.isin(["industry", *SERVICES])
    large = (well.user_least_m3 > 100_000) | (well.user_annual_m3 > 100_000)
    return well.status.isin(WORKING) & company & large & ~well.water_manager


@rule(
    "JC-04",
    DETAILED_RULES,
    "四(一)23",
    "将年用水量50万立方米以上工业和服务业用水单位全部纳入重点监控用水单位名录",
    Verdict.NOTIFY,
    en="User from 500,000 m³ a year not on the list of key users",
    orders=Words(
        "应当纳入重点监控用水单位名录", "it must be put on the list of key monitored users"
    ),
    since=BY_2022,
)
def largest_user_not_listed(well: Facts) -> BooleanValue:
    """年用水50万立方米以上未列入重点监控名录。"""
    largest = well.use.isin(["industry", *SERVICES]) & uses_at_least(well, 500_000)
    return well.status.isin(WORKING) & largest & ~well.key_monitored
