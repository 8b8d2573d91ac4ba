"""Systems of 阳政办发〔2023〕75号."""

from gis_app.law import Words
from gis_app.report.systems import yangquan_supervision
from gis_app.report.systems.declared import Here, Paper, Part, State, System

PAPER = Paper(
    "yangquan-2023-75.txt",
    Words("阳泉", "Yangquan"),
    (
        System(
            "A1",
            Words("取水总量控制指标", "groundwater volume quota"),
            "二(一)",
            "将指标分解到生活、生产、生态各用水行业、用水单位",
            State.PARTLY,
            here=Here(
                rules="N-06 N-11 YQ-04",
                registers="unit_year",
                commands=("gis-app import", "gis-app precheck"),
            ),
            missing=Words(
                "只用各单元的合计指标；分行业的行可以登记，不用；不核对下级之和，不到用水单位",
                "only the total of each unit is used: rows of sectors are kept and not "
                "used, sums of children are not checked, users have no quota",
            ),
            later=Part.ALLOCATION,
        ),
        System(
            "A8",
            Words("不出现超采区的目标", "no new overdraft area"),
            "一(三)",
            "不出现地下水超采区",
            State.NOT_YET,
            missing=Words(
                "不从水位和开采量推算超采区",
                "overdraft areas are not computed from levels and volumes",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A12",
            Words("省泉域条例作为依据", "provincial spring regulation as a basis"),
            "引言",
            "《山西省泉域水资源保护条例》",
            State.PARTLY,
            here=Here(layers="spring_domain"),
            missing=Words(
                "第六条以后原文不在手，SX-01、SX-02 只列为已知；十九处泉域已列入图层级别",
                "its text from article 6 on is not at hand: SX-01 and SX-02 are known "
                "only; its nineteen springs are grades of the layer",
            ),
            later=Part.TEXTS,
        ),
        System(
            "A17",
            Words("闲置、未建成等井的封填", "duty to seal idle and unfinished wells"),
            "二(五)",
            "或者闲置、未建成、已完成勘探任务、依法应当停止取水的地下水取水工程，应当按规"
            "定及时封井或者回填",
            State.WORKS,
            here=Here(
                rules="N-28 N-29 YQ-10 YQ-11",
                layers="well",
                registers="correction_order withdrawal",
                commands=("gis-app well status", "gis-app audit"),
            ),
        ),
        System(
            "A40",
            Words("高耗水淘汰目录", "catalogue of obsolete processes"),
            "二(二)",
            "严禁审批列入《高耗水工艺、技术和装备淘汰目录》的项目",
            State.PARTLY,
            here=Here(
                rules="YQ-05 JC-11",
                registers="application",
                pages="/precheck",
                commands=("gis-app precheck", "gis-app audit"),
            ),
            missing=Words(
                "是否列入由申请人或者审查人填写；目录本身不在库中",
                "whether a project is listed is said in the application; the catalogue "
                "itself is not kept",
            ),
            later=Part.PLANNING,
        ),
        System(
            "A41",
            Words("非常规水、地表水、地下水的顺序", "order of sources"),
            "二(一)",
            "非常规水、地表水、地下水顺序确定水源",
            State.PARTLY,
            here=Here(
                rules="CZ-05",
                registers="application",
                pages="/precheck",
                commands=("gis-app precheck",),
            ),
            missing=Words(
                "只有长治的规则；阳泉这一句没有规则",
                "a rule for Changzhi only; this sentence of Yangquan has none",
            ),
            later=Part.PLANNING,
        ),
        System(
            "A50",
            Words("重点区差别化管理", "graded control in priority areas"),
            "二(五)",
            "明确环境准入、隐患排查、风险管控、修复治理等差别化环境管理要求",
            State.NOT_YET,
            missing=Words(
                "重点区有级别，没有对应的管理措施",
                "the areas have grades and no measures tied to them",
            ),
            later=Part.CASES,
        ),
        System(
            "A51",
            Words(
                "含水层裸露区、连通区、水源涵养区",
                "bare and connected aquifers, conservation areas",
            ),
            "二(五)",
            "加强含水层裸露区、连通区、水源涵养区等区域保护",
            State.NOT_YET,
            missing=Words(
                "没有这三种图层；可以用自己的图层文件添加（GIS_EXTRA_LAYERS）",
                "there are no layers of these three kinds; files of your own can add them "
                "(GIS_EXTRA_LAYERS)",
            ),
            later=Part.PLANNING,
        ),
        System(
            "A54",
            Words("饮用水水源名录和保护区", "drinking sources and their zones"),
            "二(四)",
            "开展达标整治、名录核准、保护区划分等工作",
            State.PARTLY,
            here=Here(
                rules="N-32 N-38 N-39 N-40 N-41",
                layers="source_protection_zone",
                registers="site",
                pages="/map/",
                commands=("gis-app import", "gis-app audit"),
            ),
            missing=Words(
                "水源名称和级别记在保护区上；没有水源名录和安全评估日期",
                "name and level of a source stand on its zones; no directory of "
                "sources, no dates of safety assessment",
            ),
            later=Part.CASES,
        ),
        System(
            "A61",
            Words("调查评价与规划", "surveys and planning"),
            "二(六)",
            "定期开展地下水资源调查评价、地下水污染调查评价和水文地质勘查评价",
            State.NOT_YET,
            missing=Words("没有调查成果目录", "no catalogue of surveys"),
            later=Part.PLANNING,
        ),
        System(
            "A62",
            Words("多层含水层防止串层", "no mixing of aquifers"),
            "二(五)",
            "多层含水层开采、回灌地下水应当防止串层污染",
            State.WORKS,
            here=Here(
                rules="N-35 YQ-10",
                registers="screen",
                parameters="great_quality_gap_classes",
                commands=("gis-app import", "gis-app law set", "gis-app audit"),
            ),
        ),
        *yangquan_supervision.SYSTEMS,
    ),
)
