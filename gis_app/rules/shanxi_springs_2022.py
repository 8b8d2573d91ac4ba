"""《山西省泉域水资源保护条例》 (1997, amended 2010, revised 2022-09-28): known, not yet citable.

At hand are arts 1–5 only. Citable from them: that the regulation exists and was revised on
2022-09-28, and the nineteen springs that 第二条 names (the grades of the layer `spring_domain`).
What key protection areas forbid we know from a press summary and from texts of other cities, so
neither the article's number nor its words are certain, and no verdict rests on them. Inside a
spring domain the rules of national regulations bind all the same (《地下水管理条例》第四十二条).
"""

from gis_app.law import Known, Words

KEY_AREA = Known(
    id="SX-01",
    zh="泉域重点保护区禁止行为",
    en="Acts forbidden in the key protection area of a spring domain",
    source="山西省泉域水资源保护条例（2022年9月28日修订）",
    why=Words(
        zh="手头仅有第一条至第五条；重点保护区内不得采煤、开矿、开山采石、擅自打井、挖泉、截流、"
        "引水等内容仅见于新闻摘要和他市条例，条号和原文未核实，不能引用",
        en="only articles 1–5 are at hand; that mining, quarrying, unauthorised drilling and the "
        "like are forbidden in key areas is known from a press summary and other cities' "
        "regulations only: article and wording are unverified and cannot be cited",
    ),
)

DOMAIN = Known(
    id="SX-02",
    zh="泉域内超采区及管网覆盖区禁止擅自打井",
    en="No unauthorised drilling in overdrawn or network-supplied parts of a spring domain",
    source="大同市条例（仅有机器翻译文本）",
    why=Words(
        zh="来源为大同市条例的机器译文，只适用于大同市；省条例中是否有相同规定未核实，不能引用",
        en="the source is a machine translation of a regulation of Datong, which binds there only; "
        "whether the provincial regulation says the same is unverified: it cannot be cited",
    ),
)
