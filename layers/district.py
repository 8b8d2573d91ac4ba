"""行政区 · administrative district (county level); where law with an area binds."""

from gis_app.layer import Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="district",
    zh="行政区",
    en="Administrative district",
    description_zh="县级行政区界线，用于确定井所在行政区和检查位置；以 area_code 为准。",
    description_en="County-level districts: they tell which law binds a well; "
    "area_code is the adcode.",
    aliases=("行政区划", "县界", "区县", "county"),
    style=Style(color="#5B6B7B", pattern=Pattern.HAIRLINE, opacity=0.0),
    self_overlap=Overlap.FORBIDDEN,
    order=1,
)
