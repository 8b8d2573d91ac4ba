"""Systems of 阳政办发〔2023〕75号 from 二(七) on: permits, meters, supervision."""

from gis_app.law import Words
from gis_app.report.systems.declared import Here, Part, State, System

SYSTEMS = (
    System(
        "A4",
        Words("禁止开采区", "prohibited zones"),
        "二(七)",
        "对不符合地下水禁止开采区、限制开采区取用水规定",
        State.WORKS,
        here=Here(
            rules="N-01 N-02 N-04 IM-01 YQ-04",
            layers="prohibited_zone",
            pages="/map/",
            commands=("gis-app import", "gis-app zone repeal", "gis-app audit"),
        ),
    ),
    System(
        "A5",
        Words("限制开采区", "restricted zones"),
        "二(七)",
        "对不符合地下水禁止开采区、限制开采区取用水规定",
        State.PARTLY,
        here=Here(
            rules="N-03 N-04 N-07 YQ-04",
            layers="restricted_zone",
            pages="/map/",
            commands=("gis-app import", "gis-app audit"),
        ),
        missing=Words(
            "只比较本期与上期许可水量；没有逐年削减计划",
            "this permit is compared with the one before; there is no yearly schedule of reduction",
        ),
        later=Part.ALLOCATION,
    ),
    System(
        "A13",
        Words("关闭管网覆盖范围内的自备井", "closing self-supplied wells in coverage"),
        "二(九)",
        "依法限期关闭并封存未经批准的自备水井以及城市公共供水管网覆盖范围内的自备水井",
        State.PARTLY,
        here=Here(
            rules="YQ-02 YQ-03 N-28",
            layers="public_supply_coverage",
            registers="correction_order",
            pages="/map/ /audits",
            commands=("gis-app audit", "gis-app explain"),
        ),
        missing=Words("没有关闭案件和封井照片", "no closure case, no photograph of the seal"),
        later=Part.CASES,
    ),
    System(
        "A14",
        Words("地表水供水区禁凿新井", "no new wells in the surface-supply area"),
        "二(九)",
        "在地表水供水区覆盖范围内，严禁开凿包括替代井在内的新井",
        State.WORKS,
        here=Here(
            rules="YQ-01 YQ-01-A",
            layers="surface_supply_area",
            registers="application",
            pages="/precheck /map/",
            commands=("gis-app precheck", "gis-app audit"),
        ),
    ),
    System(
        "A18",
        Words("已关闭机井非法启用", "shut wells secretly reopened"),
        "三(三)",
        "已关闭机井非法启用",
        State.PARTLY,
        here=Here(
            rules="YQ-06", registers="withdrawal exemption_grant", commands=("gis-app audit",)
        ),
        missing=Words(
            "靠取水量和用电量记录；没有巡查计划",
            "it rests on recorded volumes and electricity; no patrol schedule",
        ),
        later=Part.CASES,
    ),
    System(
        "A19",
        Words("取水许可审批把关", "control of permit approval"),
        "二(七)",
        "不符合行业用水定额和节水规定",
        State.WORKS,
        here=Here(
            rules="YQ-04 N-02 N-06 N-07 N-08 N-09 N-10 N-11 N-12",
            registers="application unit_year water_norm",
            pages="/precheck /precheck/page /map/",
            commands=("gis-app precheck",),
        ),
    ),
    System(
        "A21",
        Words("监测、勘探井施工前备案", "filing of monitoring and exploration works"),
        "二(七)",
        "以监测、勘探为目的的地下水取水工程，应于施工前向水行政主管部门备案",
        State.WORKS,
        here=Here(rules="N-30", layers="well", commands=("gis-app import", "gis-app audit")),
    ),
    System(
        "A22",
        Words("地热水取水许可", "permits for geothermal water"),
        "二(七)",
        "开采地热水应当加强与矿产资源等规划衔接，依法办理取水许可申请",
        State.PARTLY,
        here=Here(
            rules="YQ-09 N-21", layers="well", registers="permit", commands=("gis-app audit",)
        ),
        missing=Words("不与矿产资源规划衔接", "no link to mineral planning"),
        later=Part.PLANNING,
    ),
    System(
        "A24",
        Words("计量设施与检定", "meters and calibration"),
        "二(八)",
        "安装合格的取水计量设施，定期开展计量器具检定校准",
        State.PARTLY,
        here=Here(
            rules="N-16 N-17 N-17-WPR N-18 N-20 N-20-WPR",
            registers="meter calibration correction_order",
            parameters="online_metering_scale_m3",
            commands=("gis-app import", "gis-app audit"),
        ),
        missing=Words(
            "检定逾期而没有责令修复的，在阳泉没有规则指出；不提醒检定",
            "an overdue calibration without an order to repair is named by no rule "
            "in Yangquan; there is no reminder",
        ),
        later=Part.CASES,
    ),
    System(
        "A27",
        Words("不得篡改、伪造监测数据", "no tampering with data"),
        "二(八)",
        "不得篡改、伪造监测数据或者干扰数据的准确性",
        State.PARTLY,
        here=Here(
            rules="ORD-08 YQ-07", registers="violation withdrawal", commands=("gis-app audit",)
        ),
        missing=Words(
            "每次改动都留历史，但没有校验链；查实的造假只有 ORD-08（鄂尔多斯）读取",
            "every change is kept in the history, without a hash chain; falsified "
            "data once established are read by ORD-08 (Ordos) alone",
        ),
        later=Part.MONITORING,
    ),
    System(
        "A63",
        Words("水权、水量、设备、电量、水费、用途六查", "six cross-checks"),
        "三(三)",
        "通过查水权、水量、设备、电量、水费、用途等措施，监控地下水开采量",
        State.PARTLY,
        here=Here(
            rules="YQ-07 N-22",
            registers="withdrawal electricity_coefficient permit permit_purpose",
            parameters="crosscheck_tolerance_percent",
            commands=("gis-app law set", "gis-app audit"),
        ),
        missing=Words(
            "比对计量、以电折水、计征三种水量，N-22 查水权和用途；不用水泵能力",
            "metered, electric and billed volumes are compared, N-22 checks right "
            "and use; pump capacity is not used",
        ),
        later=Part.MONITORING,
    ),
    System(
        "A72",
        Words("河湖长制考核", "assessment of river chiefs"),
        "三(四)",
        "将地下水管理保护工作纳入县（区）河湖长制、实行最严格水资源管理制度考核的重要内容",
        State.NOT_YET,
        missing=Words(
            "没有县区考核表；可以按县区审计并导出结论",
            "no county scorecard; a county can be audited and its findings exported",
        ),
        later=Part.ASSESSMENT,
    ),
    System(
        "A73",
        Words("文件有效期", "validity of the paper"),
        "附",
        "本实施意见自 2023 年 10 月 18 日起实施，有效期五年",
        State.WORKS,
        here=Here(
            rules="YQ-01 YQ-01-A YQ-02 YQ-03 YQ-04 YQ-05 YQ-06 YQ-07 YQ-08 YQ-09 YQ-10 YQ-11",
            commands=("gis-app audit", "gis-app rules"),
        ),
    ),
    System(
        "A74",
        Words("公众举报和公益诉讼", "public reports and litigation"),
        "三(五)",
        "支持符合法律规定的机关和有关组织对损害、污染地下水的行为提起公益诉讼",
        State.NOT_YET,
        missing=Words("没有举报入口", "no way in for complaints"),
        later=Part.CASES,
    ),
)
