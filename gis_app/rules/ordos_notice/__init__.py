"""《鄂尔多斯市人民政府关于进一步加强全市水资源管理工作的通知》: what it says of groundwater.

The text at hand bears neither number nor date. 三(六) sets a term of 2022-03-31, so on that day the
notice surely bound; of earlier days we say nothing.

approval.py: 三(三) and what 三(四) says of volumes; metering.py: the rest of 三(四); zones.py:
三(六). Here stands what they share.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Condition, Instrument, Tier, Words
from gis_app.rules.facts import Facts

NOTICE = Instrument(
    id="ordos-water-notice",
    key="ordos-water-notice.txt",
    zh="鄂尔多斯市人民政府关于进一步加强全市水资源管理工作的通知",
    en="Ordos notice on strengthening water resource management",
    number="文本未载文号",
    area="1506",
    since=date(2022, 3, 31),
    tier=Tier.MUNICIPAL,
    remark=Words(
        "文本未载文号和日期；以文中最早期限2022年3月31日为确已生效之日。"
        "2024年1月1日起施行的《鄂尔多斯市水资源管理条例》效力高于本通知，二者不一致时从条例",
        "the text bears neither number nor date; 2022-03-31, its first term, is the first day on "
        "which it surely bound. The Ordos water resource regulation, in force since 2024-01-01, "
        "stands above it and prevails where the two differ",
    ),
)


def used_for(*uses: str) -> Condition:
    """A condition: it is used for one of these."""

    def when(taker: Facts) -> BooleanValue:
        return taker.use.isin(uses)

    return when
