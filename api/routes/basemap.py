"""Base maps of others, through this service: their key stays here."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from api.answer import produces
from gis_app.errors import Forbidden

router = APIRouter()
_PICTURE: Any = {"response_class": Response, "responses": produces("image/png", "image/jpeg")}
Number = Annotated[int, Path(ge=0, le=2**31 - 1)]


@router.get(
    "/basemap/tdt/{kind}/{z}/{x}/{y}",
    summary="天地图瓦片 / Tile of Tianditu",
    operation_id="getBasemapTile",
    **_PICTURE,
)
async def tile(request: Request, kind: str, z: Number, x: Number, y: Number) -> Response:
    """A tile of 天地图 (Web Mercator): `vec` map, `img` imagery, `cva` and `cia` their names."""
    # the key's daily allowance is for this map, not for pages of other sites
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise Forbidden(
            "底图瓦片只供本服务的地图使用。", "Base map tiles are for the map of this service only."
        )
    found = await request.app.state.basemap.tile(kind, z, x, y)
    return Response(
        found.content, media_type=found.media, headers={"Cache-Control": "private, max-age=86400"}
    )
