"""Faults that several rules answer to: all are told, gravest tier first, and the officer chooses.

What is declared here is what a test finds: it lets one sound well or application fall into each
fault, and asks every rule before and after.
"""

from dataclasses import dataclass

from gis_app.law import Words
from gis_app.registry import Registry
from gis_app.report.markdown import table
from gis_app.report.order import gravest_first, rules_of
from gis_app.report.sentences import ordered


@dataclass(frozen=True)
class Fault:
    """A fault, and every rule that applies to a well or an application because of it."""

    id: str
    words: Words
    rules: tuple[str, ...]


def _fault(name: str, zh: str, en: str, rules: str) -> Fault:
    return Fault(name, Words(zh, en), tuple(rules.split()))


FAULTS = (
    _fault("no_permit", "无证取水", "abstraction without a permit",
           "N-21 N-21-YR YQ-02 YQ-08 YQ-09 CZ-04"),
    _fault("outside_permit", "未依照取水许可规定条件取水", "abstraction outside the permit",
           "N-22 N-22-YR CZ-04"),
    _fault("no_meter", "未安装计量设施", "no meter",
           "N-16 N-17 N-17-WPR N-18 N-19 N-19-YR N-51 ORD-05 ORD-06 ORD-08 JC-03 YQ-08 CZ-04"),
    _fault("not_online", "取水规模以上未安装在线计量设施", "large abstraction not metered online",
           "N-18 N-19 N-19-YR ORD-05"),
    _fault("faulty_meter", "计量设施不合格或者运行不正常", "faulty meter",
           "N-19 N-20 N-20-WPR N-20-YR ORD-08 CZ-04"),
    _fault("in_prohibited_zone", "在禁止开采区内取水", "abstraction inside a prohibited zone",
           "N-01 N-02 IM-01 YQ-04"),
    _fault("exemption_over", "豁免情形消除后仍在禁止开采区内取水",
           "abstraction inside a prohibited zone goes on after its exemption", "N-01 N-04 IM-01"),
    _fault("more_in_restricted_zone", "在限制开采区内新增取水",
           "new abstraction inside a restricted zone", "N-03 N-07 YQ-04"),
    _fault("new_in_overdraft_zone", "在超采区内新增取水",
           "new abstraction inside an overdraft zone", "N-44 N-44-A JC-01 JC-01-A"),
    _fault("hard_to_renew", "取用难以更新的深层地下水灌溉",
           "deep, hard-to-renew water for irrigation", "N-05 N-45"),
    _fault("not_sealed", "报废、完成勘探的井未封未填", "abandoned or explored, and not sealed",
           "N-28 N-29 YQ-10 XY-01"),
    _fault("beyond_control", "超出总量、水位控制或者许可总量的申请",
           "application beyond quota, control level or permit ceiling", "N-06 N-11 ORD-01 YQ-04"),
    _fault("above_norm", "申请水量超过行业用水定额", "application above the norm", "N-08 YQ-04"),
    _fault("below_standards", "不符合强制性国家标准的申请",
           "application below mandatory standards", "N-08-STD YQ-04"),
    _fault("reclamation", "违法开垦种植取水的申请", "application for unlawful reclamation",
           "N-10 YQ-04"),
    _fault("obsolete", "采用淘汰工艺或者不符合产业政策的项目",
           "obsolete process, or against industrial policy", "N-50 YQ-05 JC-11"),
    _fault("thirsty", "高耗水项目申请取用地下水", "application of a high-consumption project",
           "N-09 ORD-03 CZ-02"),
    _fault("unconventional_unused", "具备使用非常规水条件而未使用",
           "unconventional water could be used and is not", "N-49 JC-12 CZ-05"),
)  # fmt: skip


def section(registry: Registry) -> list[str]:
    """The faults with their rules, gravest tier first."""
    heads = ("过错 fault", "层级 tier", "规则 rule", "条款 clause", "处置 what is ordered")
    rows = [row for fault in FAULTS for row in _rows(fault, registry)]
    return [
        "同一事实可能同时违反几份文件。系统逐一列出全部依据，不替执法人员选择，也不计算罚款；"
        "规则只在其文件的地域和期限内适用。",
        "",
        "One fact may offend several instruments. All bases are listed; the system neither chooses "
        "among them nor computes a fine: the officer does. Each rule binds in the area and the "
        "time of its own instrument only.",
        "",
        *table(heads, rows),
    ]


def _rows(fault: Fault, registry: Registry) -> list[tuple[str, ...]]:
    title = f"{fault.words.zh} / {fault.words.en}"
    rows: list[tuple[str, ...]] = []
    for instrument in gravest_first(registry):
        for rule in rules_of(registry, instrument):
            if rule.id in fault.rules:
                clause = f"《{instrument.zh}》{rule.clause}"
                told = "；".join(dict.fromkeys(ordered(rule, v).zh for v, _ in rule.verdicts))
                verdicts = "、".join(f"`{v}`" for v, _ in rule.verdicts)
                rows.append((title, instrument.tier.zh, rule.id, clause, f"{verdicts} {told}"))
                title = "〃"
    return rows
