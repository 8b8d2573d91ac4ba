"""Systems of 鄂尔多斯市水资源管理通知."""

from gis_app.law import Words
from gis_app.report.systems.declared import Here, Paper, Part, State, System

PAPER = Paper(
    "ordos-water-notice.txt",
    Words("鄂尔多斯", "Ordos"),
    (
        System(
            "A2",
            Words("指标分解到乡镇、行业、用水户", "quota by township, sector and user"),
            "三(一)",
            "各管理单元的地下水取用水总量控制指标要分解到苏木乡镇和城乡生活、工业、农牧业"
            "、生态等行业",
            State.PARTLY,
            here=Here(registers="unit_year", commands=("gis-app import",)),
            missing=Words(
                "可以登记分行业的指标，没有规则读取；没有用水户一级",
                "quotas of sectors can be recorded and no rule reads them; there is no "
                "level of users",
            ),
            later=Part.ALLOCATION,
        ),
        System(
            "A3",
            Words("管理单元水量、水位双控", "volume and level control of management units"),
            "三(四)",
            "要对地下水取用水总量超过控制指标或水位不符合控制指标的管理单元",
            State.WORKS,
            here=Here(
                rules="ORD-01 N-06 N-53",
                layers="management_unit",
                registers="unit_year water_level",
                commands=("gis-app precheck", "gis-app audit"),
            ),
        ),
        System(
            "A7",
            Words("超采区治理方案", "governance plans of overdraft zones"),
            "三(六)",
            "对未制定超采区巩固治理方案的",
            State.PARTLY,
            here=Here(
                rules="ORD-07",
                layers="overdraft_zone",
                commands=("gis-app import", "gis-app audit"),
            ),
            missing=Words(
                "方案只记有无，没有“回头看”", "only whether there is a plan; no look-back"
            ),
            later=Part.CASES,
        ),
        System(
            "A20",
            Words("取水许可与水资源税", "permits and arrears"),
            "三(二)",
            "督促其按照取水许可制度和水资源有偿使用制度，向水行政主管部门申请取水许可证，"
            "并缴纳水资源税",
            State.PARTLY,
            here=Here(
                rules="N-21 N-23 N-24 N-25 N-26 N-27 YQ-08",
                registers="permit permit_well annual_report violation",
                commands=("gis-app import", "gis-app audit"),
            ),
            missing=Words(
                "欠税只作为查实的违规登记，只有 YQ-08（阳泉）读取；不计税额",
                "unpaid tax is recorded as a violation only, which YQ-08 (Yangquan) "
                "alone reads; no tax is computed",
            ),
            later=Part.CASES,
        ),
        System(
            "A25",
            Words("远程实时在线计量", "real-time remote metering"),
            "三(四)",
            "加快实施取用水户远程实时在线计量监控",
            State.PARTLY,
            here=Here(
                rules="ORD-05 N-18 N-19 N-19-YR",
                registers="meter",
                parameters="yellow_river_online_scale_m3",
                commands=("gis-app audit",),
            ),
            missing=Words(
                "只看登记的计量方式；不接入实时数据，不报离线",
                "only how a well is metered, as registered: no live data come in, and "
                "no alarm when they stop",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A26",
            Words("以电折水", "electricity to water"),
            "三(四)",
            "采取以电量折算水量、以用电控制用水的方式管理取用水",
            State.PARTLY,
            here=Here(
                rules="ORD-06 N-51",
                registers="electricity_coefficient",
                commands=("gis-app import", "gis-app audit"),
            ),
            missing=Words(
                "用电量按系数折成水量；不以用电控制用水",
                "electricity is turned into volumes by a coefficient; nothing limits "
                "water by its electricity",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A28",
            Words("计划用水：5000立方米（含）以上", "planned use from 5,000 m³"),
            "三(四)",
            "年用水量5000立方米（含）以上的用水户应当实行计划用水管理",
            State.WORKS,
            here=Here(
                rules="ORD-02",
                layers="public_supply_coverage",
                registers="permit withdrawal water_user",
                commands=("gis-app audit",),
            ),
        ),
        System(
            "A36",
            Words("高耗水工业禁用地下水", "high-consumption industry barred"),
            "三(三)",
            "新建、改建、扩建火力发电、纺织、石化和化工等高耗水工业项目禁止取用地下水",
            State.WORKS,
            here=Here(
                rules="ORD-03",
                registers="application",
                pages="/precheck",
                commands=("gis-app precheck", "gis-app audit"),
            ),
        ),
        System(
            "A37",
            Words("水景观、水上娱乐、造雪禁用地下水", "uses barred"),
            "三(三)",
            "严禁取用地下水用于城市水景观、水上娱乐项目和人工造雪",
            State.WORKS,
            here=Here(
                rules="ORD-04",
                registers="application",
                pages="/precheck",
                commands=("gis-app precheck", "gis-app audit"),
            ),
        ),
        System(
            "A59",
            Words("全要素实时监测、预报预警", "real-time monitoring and alarms"),
            "四(一)",
            "对水量、水位、水质等全要素实时在线监测、动态预报预警",
            State.NOT_YET,
            missing=Words(
                "水量、水位可以登记，不是实时；没有水质和预警",
                "volumes and levels can be recorded, not live; no quality, no alarms",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A65",
            Words("问题整改、销号、“回头看”", "rectification and look-back"),
            "三(六)",
            "对已经完成整改并销号的问题，要认真开展“回头看”",
            State.NOT_YET,
            missing=Words(
                "只记责令的完成日期和违规的改正日期，没有销号和“回头看”",
                "only the day an order was met or a fault put right is kept; no "
                "closing number, no look-back",
            ),
            later=Part.CASES,
        ),
    ),
)
