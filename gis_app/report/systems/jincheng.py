"""Systems of 国家节水行动晋城实施细则."""

from gis_app.law import Words
from gis_app.report.systems.declared import Here, Paper, Part, State, System

PAPER = Paper(
    "jincheng-water-saving.txt",
    Words("晋城", "Jincheng"),
    (
        System(
            "A6",
            Words("超采区综合治理", "overdraft zones and their recovery"),
            "三(五)15",
            "加快推进全市地下水超采区综合治理，采取强化节水、置换水源、禁采限采、关井压田等措施",
            State.PARTLY,
            here=Here(
                rules="N-13 N-44 N-44-A N-50 JC-01 JC-01-A JC-02 JC-06 JC-07 JC-09",
                layers="overdraft_zone",
                pages="/map/",
                commands=("gis-app import", "gis-app audit"),
            ),
            missing=Words(
                "没有治理措施台账；不计算开采系数",
                "no ledger of measures; the coefficient is not computed",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A10",
            Words("三姑泉、延河泉泉域", "Sangu and Yanhe spring domains"),
            "三(五)16",
            "加快推进三姑泉、延河泉泉域超采区治理",
            State.PARTLY,
            here=Here(
                rules="JC-07 N-31",
                layers="spring_domain",
                pages="/map/",
                commands=("gis-app import", "gis-app audit"),
            ),
            missing=Words(
                "泉流量只存一个数；没有动态监测和恢复过程",
                "one figure of discharge is kept; no monitoring over time, no recovery chart",
            ),
            later=Part.MONITORING,
        ),
        System(
            "A15",
            Words("限期关闭自备水井", "self-supplied wells closed by a day"),
            "三(五)15",
            "严格机电井管理，限期关闭自备水井",
            State.PARTLY,
            here=Here(
                rules="JC-06 N-28",
                layers="overdraft_zone",
                registers="correction_order",
                commands=("gis-app audit", "gis-app well status"),
            ),
            missing=Words(
                "期限一过由 N-28 指出；不自动提醒",
                "N-28 tells once the day has passed; there is no reminder",
            ),
            later=Part.CASES,
        ),
        System(
            "A29",
            Words("计划用水：工业1万、10万立方米", "planned use from 10,000 and 100,000 m³"),
            "三(三)8",
            "地下水非超采地区年用水量 10 万立方米及以上的工业企业用水计划管理实现全覆盖",
            State.WORKS,
            here=Here(
                rules="JC-02",
                layers="overdraft_zone",
                registers="withdrawal water_user",
                commands=("gis-app audit",),
            ),
        ),
        System(
            "A31",
            Words(
                "计量全覆盖：工业10万、服务业3万立方米",
                "metering coverage from 100,000 and 30,000 m³",
            ),
            "四(一)22",
            "3万立方米以上的服务业实现计量全覆盖",
            State.PARTLY,
            here=Here(
                rules="JC-03", registers="meter withdrawal water_user", commands=("gis-app audit",)
            ),
            missing=Words(
                "逐户指出未计量者；不算覆盖率",
                "it names who has no meter; no rate of coverage is computed",
            ),
            later=Part.ASSESSMENT,
        ),
        System(
            "A32",
            Words("重点监控用水单位名录", "list of key monitored users"),
            "四(一)23",
            "年用水量 50 万立方米以上工业和服务业用水单位全部纳入重点监控用水单位名录",
            State.WORKS,
            here=Here(
                rules="JC-04",
                registers="water_user withdrawal",
                commands=("gis-app import", "gis-app audit"),
            ),
        ),
        System(
            "A33",
            Words("水务经理", "water managers"),
            "四(一)23",
            "鼓励年用水总量超过10万立方米的企业或园区设立水务经理",
            State.WORKS,
            here=Here(
                rules="JC-05",
                registers="water_user withdrawal",
                commands=("gis-app import", "gis-app audit"),
            ),
        ),
        System(
            "A34",
            Words("违规记录纳入信用平台", "violations on the credit platform"),
            "四(一)23",
            "将用水户违规记录纳入信用信息共享平台",
            State.PARTLY,
            here=Here(registers="violation", commands=("gis-app import",)),
            missing=Words(
                "可以登记违规；不向信用平台报送",
                "violations can be recorded; nothing is sent to the platform",
            ),
            later=Part.ASSESSMENT,
        ),
        System(
            "A39",
            Words("特种行业严格审批", "special services strictly approved"),
            "三(四)14",
            "严格取水许可审批",
            State.PARTLY,
            here=Here(
                rules="JC-01 JC-01-A JC-03 JC-04 JC-05",
                registers="application",
                commands=("gis-app audit",),
            ),
            missing=Words(
                "特种行业作为服务业一并计入；没有专门的审批规则和水价",
                "counted among services; no rule of approval and no tariff of their own",
            ),
            later=Part.PLANNING,
        ),
        System(
            "A43",
            Words("矿井水利用", "use of mine water"),
            "三(五)17",
            "矿井水利用率应达到 75% 以上，对未充分利用矿井水的采矿业，试行核减其下年度常"
            "规水源计划用水指标",
            State.PARTLY,
            here=Here(
                rules="JC-08", registers="site", commands=("gis-app import", "gis-app audit")
            ),
            missing=Words(
                "指出利用率不足；不自动核减下年计划",
                "it names what falls short; next year's plan is not cut by itself",
            ),
            later=Part.ALLOCATION,
        ),
        System(
            "A44",
            Words("工业集聚区再生水利用率", "reclaimed water of industrial parks"),
            "三(五)17",
            "区内再生水利用率应达到 30% 以上",
            State.NOT_YET,
            missing=Words(
                "没有再生水供水范围图层和利用率；N-49、JC-12 只读申请中的说明",
                "no layer of reclaimed supply and no rate; N-49 and JC-12 read what an "
                "application says",
            ),
            later=Part.ASSESSMENT,
        ),
        System(
            "A45",
            Words("晋城地下水总量1.88亿立方米", "Jincheng cap of 188 million m³"),
            "三(五)15",
            "全市地下水开发利用总量控制在 1.88 亿立方米以内",
            State.WORKS,
            here=Here(
                rules="JC-10", registers="unit_year", commands=("gis-app import", "gis-app audit")
            ),
        ),
        System(
            "A68",
            Words("水权交易", "water rights trade"),
            "四(二)25",
            "可通过水权交易解决新增用水需求",
            State.NOT_YET,
            missing=Words(
                "许可证可以记为已转让，没有交易台账",
                "a permit can be recorded as transferred; no ledger of trades",
            ),
            later=Part.ALLOCATION,
        ),
        System(
            "A71",
            Words("任务分工", "responsibility matrix"),
            "附件",
            "重点任务分工",
            State.NOT_YET,
            missing=Words("没有任务和责任单位", "no tasks, no responsible offices"),
            later=Part.ASSESSMENT,
        ),
    ),
)
