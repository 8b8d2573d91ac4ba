"""《中华人民共和国黄河保护法》, passed 2022-10-30, in force 2023-04-01.

第二条: the 黄河流域 of this law is a list of counties, not a watershed.

duties.py: 第五十一条 to 第五十五条; penalties.py: 第八章. Here stands what they share.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import LISTED, Instrument, Parameter, Question, Tier
from gis_app.rules.facts import Facts
from gis_app.rules.taking import owner_takes_at_least

LAW = Instrument(
    id="yellow-river-law-2022",
    key="YRPL-2022",
    zh="中华人民共和国黄河保护法",
    en="Yellow River Protection Law",
    number="2022年10月30日通过",
    area="",
    since=date(2023, 4, 1),
    tier=Tier.LAW,
)

COUNTY = Parameter(
    name="yellow_river_county",
    zh="是否黄河流域相关县级行政区域",
    en="whether the county belongs to the Yellow River basin",
    unit=LISTED,
    instrument="YRPL-2022",
    clause="第二条",
    quote="黄河干流、支流和湖泊的集水区域所涉及的",
)
SUPPLY_COUNTY = Parameter(
    name="yellow_river_supply_county",
    zh="是否其他黄河供水区相关县级行政区域",
    en="whether the county is otherwise supplied from the Yellow River",
    unit=LISTED,
    instrument="YRPL-2022",
    clause="第五十三条",
    quote="黄河流经省、自治区其他黄河供水区相关县级行政区域",
)
ONLINE_SCALE = Parameter(
    name="yellow_river_online_scale_m3",
    zh="应当安装在线计量设施的取水规模（年取水量）",
    en="yearly abstraction from which a unit must have online meters",
    unit="m3/a",
    instrument="YRPL-2022",
    clause="第五十三条",
    quote="取水规模标准由国务院水行政主管部门制定",
)


def _no_code(well: Facts) -> BooleanValue:
    return ~well.owner_has_uscc


# these articles speak of 「单位」 alone, where 地下水管理条例 22 speaks of 「单位和个人」
OWNER_IS_UNIT = Question(
    id="owner_is_unit",
    zh="权利人没有统一社会信用代码：是否为“单位”须查明",
    en="its owner has no unified social credit code on record: whether it is a unit, of which "
    "alone the article speaks, has to be found out",
    when=_no_code,
)


def at_scale(well: Facts) -> BooleanValue:
    """Whether its owner takes so much, in a county of these lists, that meters must be online."""
    listed = well.listed(COUNTY) | well.listed(SUPPLY_COUNTY)
    return listed & owner_takes_at_least(well, well.parameter(ONLINE_SCALE))
