"""《国家节水行动晋城实施细则》: what it says of groundwater.

The text at hand bears neither number nor date; its terms begin at the end of 2020, so on 2020-12-31
it surely bound. 「到2022年」 is read as by the end of 2022: from 2023 the duty is surely due.

control.py: 三(三); overdraft.py: 三(五); users.py: 四(一). Here stands what they share.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Instrument, Tier, Words
from gis_app.rules.facts import Facts

DETAILED_RULES = Instrument(
    id="jincheng-water-saving",
    key="jincheng-water-saving.txt",
    zh="国家节水行动晋城实施细则",
    en="Jincheng rules for the national water-saving action",
    number="文本未载文号",
    area="1405",
    since=date(2020, 12, 31),
    tier=Tier.MUNICIPAL,
    remark=Words(
        "文本未载文号和日期；以文中最早期限2020年末为确已生效之日",
        "the text bears neither number nor date; the end of 2020, its first term, is the first day "
        "on which it surely bound",
    ),
)
BY_2022 = date(2023, 1, 1)

# 三(四)14 counts baths, car washes, pools, artificial snow and ice, laundries, hotels as services
SERVICES = ("service", "special_service", "water_recreation", "snowmaking")


def uses_at_least(well: Facts, volume_m3: float) -> BooleanValue:
    """Whether its user uses so much water a year, tap water included."""
    # the known part of the user's volume may already suffice
    return (well.user_least_m3 >= volume_m3) | (well.user_annual_m3 >= volume_m3)
