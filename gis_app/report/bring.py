"""What an applicant or the office has to bring before a pre-check can be answered, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from gis_app.law import Words
from gis_app.registry import Registry
from gis_app.report.sentences import Missing, missing
from gis_app.rules.columns import COLUMNS
from gis_app.rules.engine import reads

# what nobody but the office can know, or asks of other departments (取水许可条例第十九条)
_OFFICE = ("unit_", "granted__", "network_can_meet", "against_policy", "obsolete_process",
           "illegal_reclamation")  # fmt: skip
_NOT_YET = {"completed_on"}  # what is only asked for has no such day
_WHOSE = ("由主管部门查明", "由审批机关认定")  # the applicant's own comes before these
_SAID = {
    "area_code": Words(
        "所在县（市、区）：该处不确在库内任何行政区内，市级文件是否适用不能确定",
        "its county: it surely lies in no district on record, so whether municipal rules bind it "
        "cannot be known",
    ),
    "norm_m3_per_output": Words(
        "产品名称，及其行业用水定额（定额由主管部门录入）",
        "the product, and its norm (which the office records)",
    ),
}


def to_bring(
    findings: Iterable[Mapping[str, Any]], registry: Registry, *, parcel: bool
) -> list[Missing]:
    """What was missing in any of these findings, once each: first what an applicant can bring."""
    found: dict[str, Missing] = {}
    for row in findings:
        for each in missing(row, registry):
            if each.name not in found and each.name not in _NOT_YET:
                words = _words(each, row, registry, parcel=parcel)
                found[each.name] = Missing(each.name, words.zh, words.en)
    return sorted(found.values(), key=lambda each: each.zh.startswith(_WHOSE))


def _words(each: Missing, row: Mapping[str, Any], registry: Registry, *, parcel: bool) -> Words:
    if each.name in _SAID:
        return _SAID[each.name]
    if each.name.startswith("in__"):
        return _place_words(each.name, row, registry, parcel=parcel)
    numbers = {p.column: p for p in reads(registry.rules[row["rule"]]).parameters}
    fact = COLUMNS.get(each.name) or numbers.get(each.name) or each
    if each.name.startswith(_OFFICE) or each.name in numbers:
        return Words(f"由主管部门查明：{fact.zh}", f"for the office to find out: {fact.en}")
    if each.name in COLUMNS:
        return Words(f"由申请人说明：{fact.zh}", f"from the applicant: {fact.en}")
    return Words(f"由审批机关认定：{each.zh}", f"for the authority to decide: {each.en}")


def _place_words(name: str, row: Mapping[str, Any], registry: Registry, *, parcel: bool) -> Words:
    layer = registry.layers[name.removeprefix("in__").split("__")[0]]
    zh, en = layer.zh, layer.en.lower()
    if row["layer"] == layer.id and row["edge_m"] is not None:
        deep = row["edge_m"] > 0 and row["edge_m"] >= row["tolerance_m"]
        if deep:  # then only the zone's grade can be in doubt
            return Words(
                f"由主管部门查明：{zh}的级别", f"for the office to find out: grade of {en}"
            )
    if parcel:
        return Words(
            f"井在地块内的确切位置：是否在{zh}内取决于此",
            f"the exact spot in the parcel: whether it lies in {en} depends on it",
        )
    return Words(
        f"井位实测坐标：距{zh}边界太近，是否在内不能确定",
        f"a surveyed position: it is too near the boundary of {en} to tell",
    )
