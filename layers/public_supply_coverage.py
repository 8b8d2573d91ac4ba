"""城市公共供水管网覆盖范围 · public water-supply coverage."""

from gis_app.layer import Basis, Field, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="public_supply_coverage",
    zh="公共供水管网覆盖范围",
    en="Public supply coverage",
    description_zh="城市公共供水管网覆盖范围；与地表水供水区是两个图层，不得合并。",
    description_en="Area served by the public supply network; "
    "distinct from the surface-supply area.",
    aliases=("城市公共供水管网覆盖范围", "管网覆盖范围", "供水管网", "供水范围"),
    fields=(
        Field(name="operator", zh="供水单位", en="operator", aliases=("运营单位", "水司")),
        Field(
            name="can_meet_demand",
            zh="能否满足用水需要",
            en="can meet demand",
            kind="boolean",
            aliases=("能否满足需要",),
        ),
        Field(
            name="capacity_m3d",
            zh="供水能力（立方米/日）",
            en="capacity",
            kind="number",
            unit="m3/d",
            minimum=0,
            aliases=("供水能力",),
        ),
    ),
    style=Style(color="#44566C", pattern=Pattern.DASHED, opacity=0.10),
    basis=(
        Basis(
            title="阳政办发〔2023〕75号",
            clause="二(九)",
            quote="城市公共供水管网覆盖范围内的自备水井",
        ),
    ),
    self_overlap=Overlap.WARNED,
    order=10,
)
