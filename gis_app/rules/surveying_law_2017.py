"""《中华人民共和国测绘法》 2017修订, in force 2017-07-01. Text as of 2025-04-19.

The one rule here is a check of our own house: what the system itself is built on.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Instrument, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts

LAW = Instrument(
    id="surveying-law-2017",
    key="SML-2017",
    zh="中华人民共和国测绘法",
    en="Surveying and Mapping Law",
    number="2017修订",
    area="",
    since=date(2017, 7, 1),
    tier=Tier.LAW,
)


def _approved_local_system(dataset: Facts) -> BooleanValue:
    return (dataset.coordinate_system == "local") & dataset.local_system_approved


@rule(
    "N-54",
    LAW,
    "第五十二条",
    "采用不符合国家标准的基础地理信息数据建立地理信息系统的",
    Verdict.NOTIFY,
    en="Data not in the national coordinate system",
    subjects=("dataset",),
    exemptions=(
        Exemption(
            id="A11",
            zh="经批准建立的相对独立的平面坐标系统",
            en="an approved local coordinate system",
            clause="第十一条第一款",
            quote="其他确需建立相对独立的平面坐标系统的，由省、自治区、直辖市人民政府"
            "测绘地理信息主管部门批准",
            when=_approved_local_system,
        ),
    ),
    orders=Words(
        zh="数据集不在国家大地坐标系中，应当核实并改正后再使用",
        en="the data set is not in the national geodetic system: check and correct it before use",
    ),
)
def dataset_outside_national_system(dataset: Facts) -> BooleanValue:
    """数据不符合国家坐标系统。"""
    return dataset.coordinate_system != "cgcs2000"
