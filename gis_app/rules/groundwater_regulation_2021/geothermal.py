"""《地下水管理条例》第六章 监督管理, art 51: geothermal projects that take groundwater."""

from ibis.expr.types import BooleanValue

from gis_app.law import Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts
from gis_app.rules.groundwater_regulation_2021 import REGULATION
from gis_app.rules.groundwater_regulation_2021.pollution import BUILT


def _to_be_built(site: Facts) -> BooleanValue:
    return site.build_type.isin(BUILT)


def _geothermal(site: Facts) -> BooleanValue:
    # 「需要取水的」: a closed loop takes no water, and the article does not speak of it
    return (site.site_kind == "geothermal") & site.open_loop


def _outside_the_zones_proper(site: Facts) -> BooleanValue:
    # 水污染防治法 63 has a quasi zone lie around the protection zone, not in it
    zone = "source_protection_zone"
    return ~(site.meets(zone, "level_1") | site.meets(zone, "level_2"))


@rule(
    "N-32",
    REGULATION,
    "第五十一条第二款",
    "禁止在集中式地下水饮用水水源地建设需要取水的地热能开发利用项目",
    ((Verdict.PROHIBIT, _to_be_built), (Verdict.RESTRICT, None)),
    en="No open-loop geothermal project in a drinking-water source area",
    subjects=("site",),
    questions=(
        Question(
            id="quasi_zone_of_source",
            zh="准保护区在保护区外围划定，是否属于“集中式地下水饮用水水源地”须由主管部门认定",
            en="a quasi zone lies around the protection zone: whether it is part of the source "
            "area is for the authorities to say",
            when=_outside_the_zones_proper,
        ),
    ),
    orders=Words(
        zh="禁止建设；已建的限期整改，整改不合格的予以关闭",
        en="it must not be built; one that stands must be put right by a set date or be closed",
    ),
)
def geothermal_in_source_area(site: Facts) -> BooleanValue:
    """集中式地下水饮用水水源地内的取水地热项目。

    What stands already is put right first (第四款).
    """
    source = site.meets("source_protection_zone") & site.centralised_groundwater
    return _geothermal(site) & source


@rule(
    "N-33",
    REGULATION,
    "第五十一条第二款",
    "禁止抽取难以更新的地下水用于需要取水的地热能开发利用项目",
    ((Verdict.PROHIBIT, _to_be_built), (Verdict.RESTRICT, None)),
    en="No hard-to-renew groundwater for open-loop geothermal projects",
    subjects=("site",),
    orders=Words(
        zh="禁止抽取难以更新的地下水；已建的限期整改，整改不合格的予以关闭",
        en="it must not draw hard-to-renew groundwater; one that stands must be put right by a set "
        "date or be closed",
    ),
)
def geothermal_from_hard_to_renew_water(site: Facts) -> BooleanValue:
    """抽取难以更新的地下水用于地热项目。

    What stands already is put right first (第四款).
    """
    return _geothermal(site) & (site.aquifer_renewal == "hard")


@rule(
    "N-34",
    REGULATION,
    "第五十一条第三款",
    "实行同一含水层等量取水和回灌",
    Verdict.RESTRICT,
    en="Geothermal project puts back less than it takes",
    subjects=("site",),
    orders=Words(
        zh="应当同层等量回灌，限期整改，整改不合格的予以关闭",
        en="it must put as much back into the same aquifer by a set date or be closed",
    ),
)
def geothermal_out_of_balance(site: Facts) -> BooleanValue:
    """地热项目未同层等量回灌。

    「等量」 leaves no tolerance. Where nothing was taken, nothing is owed.
    """
    taken = site.abstracted_m3
    return _geothermal(site) & (taken > 0) & (site.reinjected_m3 < taken)
