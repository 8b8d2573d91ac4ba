"""The rows of a preview as GeoJSON: what a commit would write, and where it would lie."""

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import shapely

from gis_app.errors import Conflict, NotFound
from gis_app.intake import stage
from gis_app.intake.batch import Batch

MOST_CORNERS = 200_000  # some 5 MB of GeoJSON: what a page still draws at once
_OURS = ("row_no", "change_id", "layer", "attrs", "geom")


def features(batch: Batch, staged: Path, limit: int) -> dict[str, Any]:
    """The first rows of a preview with their values and shapes, as a FeatureCollection.

    `numberMatched` counts all that a commit would write, `bbox` is around all of them. Fewer than
    `limit` come where the shapes have very many corners. Raises `Conflict` once the batch is no
    preview any more.
    """
    if batch.state != "preview":
        raise Conflict(
            f"批次 {batch.batch_id} 已不是预览，暂存的图形不再保留；已提交的请在图层中查看。",
            f"Batch {batch.batch_id} is no preview any more and its staged shapes are gone: what "
            "was committed is seen in its layer.",
        )
    if not staged.exists():
        raise NotFound(
            f"批次 {batch.batch_id} 的暂存文件已不在，请重新预览。",
            f"The staged rows of batch {batch.batch_id} are gone: preview the file again.",
        )
    rows = stage.load(staged)
    shapes = _shapes(rows)
    most = _most(shapes[:limit])
    told = [
        _feature(row, shape) for row, shape in zip(rows[:most].to_pylist(), shapes, strict=False)
    ]
    there = shapes[~shapely.is_missing(shapes)]
    around = {"bbox": [float(edge) for edge in shapely.total_bounds(there)]} if len(there) else {}
    return {
        "type": "FeatureCollection",
        **around,
        "features": told,
        "numberMatched": rows.num_rows,
        "numberReturned": len(told),
    }


def _shapes(rows: pa.Table) -> Any:
    if "geom" not in rows.column_names:
        return np.full(rows.num_rows, None, dtype=object)
    return np.asarray(shapely.from_wkb(rows["geom"].to_pylist()), dtype=object)


def _most(shapes: Any) -> int:
    """How many of the shapes together have no more corners than a page takes; at least one."""
    corners = np.cumsum(shapely.get_num_coordinates(shapes))
    return max(int(np.searchsorted(corners, MOST_CORNERS, side="right")), min(len(shapes), 1))


def _feature(row: dict[str, Any], shape: Any) -> dict[str, Any]:
    own = orjson.loads(row.get("attrs") or "{}")
    values = {name: value for name, value in row.items() if name not in _OURS}
    return {
        "type": "Feature",
        "id": row["row_no"],
        "geometry": None if shape is None else orjson.Fragment(shapely.to_geojson(shape)),
        "properties": {k: v for k, v in {**values, **own}.items() if v is not None},
    }
