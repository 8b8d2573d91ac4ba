"""地下水污染防治重点区 · groundwater pollution priority zone."""

from gis_app.layer import Basis, Choice, Field, Layer, Pattern, Style

LAYER = Layer(
    id="pollution_priority_zone",
    zh="地下水污染防治重点区",
    en="Pollution priority zone",
    description_zh="保护类区域与管控类区域，区外为一般区。",
    description_en="Protection and control areas; everything else is general.",
    aliases=("污染防治重点区", "防治重点区", "重点区"),
    grades={
        "protect": Choice(zh="保护类区域", en="protection", aliases=("保护类",)),
        "control_1": Choice(
            zh="管控类区域（一级）", en="control, first class", aliases=("一级管控区",)
        ),
        "control_2": Choice(
            zh="管控类区域（二级）", en="control, second class", aliases=("二级管控区",)
        ),
    },
    fields=(Field(name="method", zh="划定方法", en="method", aliases=("划分方法",)),),
    style=Style(color="#6B4F2A", pattern=Pattern.CROSS_DOTS, opacity=0.16),
    basis=(
        Basis(
            title="咸政办发〔2022〕6号",
            clause="三(一)",
            quote="研究提出地下水污染防治重点区划分方法",
        ),
    ),
    order=40,
)
