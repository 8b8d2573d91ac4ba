"""Systems of 咸政办发〔2022〕6号."""

from gis_app.law import Words
from gis_app.report.systems.declared import Here, Paper, Part, State, System

PAPER = Paper(
    "xianyang-2022-6.txt",
    Words("咸阳", "Xianyang"),
    (
        System(
            "A16",
            Words("报废井台账、风险评估、封填", "abandoned wells: list, risk, sealing"),
            "三(六)",
            "全面排查全市报废矿井、钻井、取水井，建立台账，分类进行风险评估，并按照相关技"
            "术标准实施封井回填",
            State.PARTLY,
            here=Here(
                rules="XY-01 N-28 N-29",
                layers="well",
                commands=("gis-app import", "gis-app well status", "gis-app audit"),
            ),
            missing=Words(
                "风险等级由人录入，不计算；没有封填验收记录",
                "the risk class is entered, not computed; no record of acceptance",
            ),
            later=Part.CASES,
        ),
        System(
            "A23",
            Words("地热开采三阶段保护", "three stages of geothermal use"),
            "三(五)",
            "开采前，评估开发地热资源对环境的影响，论证开发可行性",
            State.WORKS,
            here=Here(
                rules="XY-03 N-32 N-33 N-34",
                layers="source_protection_zone",
                registers="site",
                commands=("gis-app import", "gis-app audit"),
            ),
        ),
        System(
            "A49",
            Words("地下水污染防治重点区", "pollution priority areas"),
            "三(一)",
            "结合我市污染源荷载、水文地质条件、地下水使用等情况，研究提出地下水污染防治重"
            "点区划分方法",
            State.PARTLY,
            here=Here(
                layers="pollution_priority_zone",
                pages="/map/",
                commands=("gis-app import", "gis-app zoning run", "gis-app zoning profiles"),
            ),
            missing=Words(
                "可以导入已划定的重点区，也可以由栅格按 DRASTIC、EPIK、COP 和污染源荷载划出草案；"
                "国家技术指南的评分表不在手，按它的 CN-2023 拒绝运行",
                "published areas can be imported, and drafts computed from rasters by DRASTIC, "
                "EPIK, COP and loads; the tables of the national guide are not at hand: its "
                "profile CN-2023 refuses to run",
            ),
            later=Part.TEXTS,
        ),
        System(
            "A52",
            Words("重点排污、重点监管单位名录", "lists of key polluting units"),
            "三(二)",
            "研究建立地下水污染防治重点排污单位和地下水污染重点监管单位名录",
            State.PARTLY,
            here=Here(
                rules="XY-04 N-42",
                registers="site",
                parameters="key_unit_monitoring_interval_days",
                commands=("gis-app import", "gis-app law set", "gis-app audit"),
            ),
            missing=Words(
                "只有一个是否列入的字段，不分两个名录；没有监测方案",
                "one flag instead of two lists; no monitoring plans",
            ),
            later=Part.CASES,
        ),
        System(
            "A53",
            Words("渗漏排查", "leak inspection"),
            "三(二)",
            "开展在产企业地下水污染源渗漏排查及风险管控或修复等工作",
            State.NOT_YET,
            missing=Words("没有排查任务", "no inspections"),
            later=Part.CASES,
        ),
        System(
            "A55",
            Words("水源补给区划分", "recharge areas of drinking sources"),
            "三(三)",
            "开展补给区划分和地下水环境状况调查",
            State.WORKS,
            here=Here(
                rules="XY-02",
                layers="source_protection_zone recharge_area",
                pages="/map/",
                commands=("gis-app import", "gis-app audit"),
            ),
        ),
        System(
            "A56",
            Words("区域和“双源”监测网", "monitoring network"),
            "三(四)",
            "初步形成以区域和“双源”为主的地下水环境监测网络",
            State.PARTLY,
            here=Here(
                rules="N-42 N-43",
                layers="well",
                registers="site",
                commands=("gis-app import", "gis-app audit"),
            ),
            missing=Words(
                "监测井只是井的一种类型；不分区域、水源、污染源监测点，没有水质数据",
                "a monitoring well is a type of well: points are not told apart by "
                "purpose, and there are no quality data",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A57",
            Words("现有井作为专业监测井的评估", "existing wells as monitoring wells"),
            "三(四)",
            "作为专业监测井可行性",
            State.NOT_YET,
            missing=Words("没有评估表", "no form of evaluation"),
            later=Part.MONITORING,
        ),
        System(
            "A58",
            Words("地下水环境监管平台", "environment information platform"),
            "三(四)",
            "形成地下水环境监管“云成果”",
            State.PARTLY,
            here=Here(pages="/map/ /collections", commands=("gis-app serve",)),
            missing=Words(
                "地图和接口有区划、井和结论；没有水质和监测成果",
                "map and API have zones, wells and findings; no quality data, no "
                "monitoring results",
            ),
            later=Part.MONITORING,
        ),
    ),
)
