"""地表水供水区覆盖范围 · surface-water supply area."""

from gis_app.layer import Basis, Field, Layer, Pattern, Style

LAYER = Layer(
    id="surface_supply_area",
    zh="地表水供水区",
    en="Surface-supply area",
    description_zh="地表水供水区覆盖范围；区内严禁开凿新井（含替代井）。",
    description_en="Area supplied with surface water; no new wells, replacements included.",
    aliases=("地表水供水区覆盖范围", "地表水供水范围"),
    fields=(Field(name="water_source", zh="供水水源", en="source of supply", aliases=("水源",)),),
    style=Style(color="#2E86C1", pattern=Pattern.WAVE, opacity=0.12),
    basis=(
        Basis(
            title="阳政办发〔2023〕75号",
            clause="二(九)",
            quote="在地表水供水区覆盖范围内，严禁开凿包括替代井在内的新井",
        ),
    ),
    order=15,
)
