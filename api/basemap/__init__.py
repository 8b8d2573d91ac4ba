"""Base maps of others, fetched by the server so that their key stays here."""

from typing import Any

from api.basemap.tianditu import MOST_ZOOM, Tianditu

__all__ = ["Tianditu", "basemaps"]


def basemaps(*, offered: bool) -> list[dict[str, Any]]:
    """The base maps that a page may offer beside the blank one, each with the names over it."""
    if not offered:
        return []
    kinds = {"vec": ("天地图矢量", "Tianditu map", "cva"),
             "img": ("天地图影像", "Tianditu imagery", "cia")}  # fmt: skip
    return [
        {
            "id": kind,
            "zh": zh,
            "en": en,
            "tiles": [f"/basemap/tdt/{each}/{{z}}/{{x}}/{{y}}" for each in (kind, names)],
            "max_zoom": MOST_ZOOM,
            "attribution": "国家地理信息公共服务平台 天地图",
        }
        for kind, (zh, en, names) in kinds.items()
    ]
