"""Systems of 长治市“四水四定”行动方案."""

from gis_app.law import Words
from gis_app.report.systems.declared import Here, Paper, Part, State, System

PAPER = Paper(
    "changzhi-2025-four-waters.txt",
    Words("长治", "Changzhi"),
    (
        System(
            "A9",
            Words("超采预防机制", "early prevention of overdraft"),
            "二(二)7",
            "逐步建立地下水超采预防工作机制",
            State.PARTLY,
            here=Here(
                rules="N-15",
                registers="unit_year",
                parameters="near_allowable_ratio",
                commands=("gis-app law set", "gis-app audit"),
            ),
            missing=Words(
                "只看开采量是否接近可开采量；没有水位趋势和预警",
                "only whether abstraction is near the yield; no trend of levels, no alarm",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A11",
            Words("辛安泉域保护方案", "Xin'an spring programme"),
            "二(二)7",
            "实施《长治市辛安泉域保护实施方案》",
            State.PARTLY,
            here=Here(
                rules="CZ-06", layers="spring_domain", pages="/map/", commands=("gis-app audit",)
            ),
            missing=Words(
                "只指出所在泉域；没有措施台账",
                "it only tells that a well lies in the domain; no ledger of measures",
            ),
            later=Part.CASES,
        ),
        System(
            "A30",
            Words("计划用水：全部许可户", "planned use of all permit holders"),
            "二(一)3",
            "全部实行计划用水管理",
            State.PARTLY,
            here=Here(rules="CZ-03", registers="permit", commands=("gis-app audit",)),
            missing=Words(
                "管网非居民用户不是取水井，“规定用水规模”文中未给",
                "users of the network are no wells, and the paper does not give their scale",
            ),
            later=Part.ALLOCATION,
        ),
        System(
            "A35",
            Words("取用水信用评价", "credit evaluation of abstraction"),
            "二(四)14",
            "全面实施取用水领域信用评价",
            State.NOT_YET,
            missing=Words("没有评分和历史", "no scores, no history"),
            later=Part.ASSESSMENT,
        ),
        System(
            "A38",
            Words("紧缺地区限制高耗水产业", "high-consumption industry where water is scarce"),
            "二(四)13",
            "在水资源紧缺地区，严格限制钢铁、焦化、煤炭、化工、造纸、食品、纺织等高耗水产业项目",
            State.WORKS,
            here=Here(
                rules="CZ-02",
                registers="application",
                parameters="changzhi_water_scarce_area",
                pages="/precheck",
                commands=("gis-app law set", "gis-app precheck"),
            ),
        ),
        System(
            "A42",
            Words("非常规水最低利用量", "minimum of unconventional water"),
            "二(三)11",
            "明确各县区非常规水最低利用量任务目标",
            State.NOT_YET,
            missing=Words("没有县区指标表", "no table of county targets"),
            later=Part.ASSESSMENT,
        ),
        System(
            "A46",
            Words("长治地下水开采量2.2亿立方米", "Changzhi cap of 220 million m³"),
            "二(一)1",
            "全市地下水开采量严格控制在每年2.2亿立方米以内",
            State.WORKS,
            here=Here(
                rules="CZ-01", registers="unit_year", commands=("gis-app import", "gis-app audit")
            ),
        ),
        System(
            "A47",
            Words("长治用水总量6.17亿立方米", "Changzhi cap on all water"),
            "一(二)",
            "全市年用水总量控制在6.17亿立方米以内",
            State.NOT_YET,
            missing=Words(
                "只管地下水，没有全部用水量",
                "groundwater only: volumes of other water are not kept",
            ),
            later=Part.ASSESSMENT,
        ),
        System(
            "A48",
            Words("黄河、海河流域分别控制", "caps by basin"),
            "二(一)1",
            "黄河干支流耗水指标严格控制在每年0.21亿立方米以内，海河流域地表水取水指标严格"
            "控制在每年3.19亿立方米以内",
            State.NOT_YET,
            missing=Words(
                "没有流域图层，不区分耗水和取水",
                "no layer of basins; consumption and withdrawal are not told apart",
            ),
            later=Part.ASSESSMENT,
        ),
        System(
            "A60",
            Words("水位水量平稳向好", "levels and volumes stay stable"),
            "一(二)",
            "地下水水位和水量保持平稳向好态势",
            State.NOT_YET,
            missing=Words(
                "不算趋势；N-53 只比较最近一次水位与控制水位",
                "no trends; N-53 compares the latest level with the control level",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A64",
            Words("取水执法四情形", "enforcement cases"),
            "二(四)14",
            "对未经批准擅自取水、未依照批准的取水许可规定条件取水、未安装计量设施以及计量"
            "设施不合格或者运行不正常等情形，依法依规进行处理",
            State.PARTLY,
            here=Here(
                rules="CZ-04 N-17 N-20 N-21 N-22",
                registers="correction_order",
                commands=("gis-app audit",),
            ),
            missing=Words(
                "给出结论和依据；没有立案、调查、处罚、执行的流程",
                "it gives findings and grounds; no filing, inquiry, penalty or "
                "enforcement of a case",
            ),
            later=Part.CASES,
        ),
        System(
            "A66",
            Words("规划水资源论证", "water assessment of plans"),
            "二(四)12",
            "应当进行规划水资源论证",
            State.NOT_YET,
            missing=Words(
                "预审只问一处取水，不审规划",
                "the pre-check asks about one abstraction, not about a plan",
            ),
            later=Part.PLANNING,
        ),
        System(
            "A67",
            Words("节水评价", "water-saving review"),
            "二(四)13",
            "把节水评价作为取水许可审批的重要依据",
            State.WORKS,
            here=Here(
                rules="CZ-07",
                registers="application",
                pages="/precheck",
                commands=("gis-app precheck", "gis-app audit"),
            ),
        ),
        System(
            "A69",
            Words("水预算试点", "water budget pilot"),
            "二(六)18",
            "按照区域、行业、用水单位三个层次确定预算管理对象",
            State.NOT_YET,
            missing=Words("没有预算表", "no budget tables"),
            later=Part.ALLOCATION,
        ),
        System(
            "A70",
            Words("用水效率先进者减税", "tax relief for efficiency"),
            "二(六)17",
            "用水效率达到国家用水定额先进值的工业企业纳税人，依法依规减征水资源税",
            State.NOT_YET,
            missing=Words("不计税", "tax is not computed"),
            later=Part.ALLOCATION,
        ),
    ),
)
