"""Files as bureaus hand them over, and how they come onto the page."""

import base64
import zipfile
from pathlib import Path

import geopandas
import pyogrio
from shapely.geometry.base import BaseGeometry

from tests.e2e.browser import Viewer

_DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  const at = { bubbles: true, cancelable: true, dataTransfer: carried };
  document.body.dispatchEvent(new DragEvent('dragover', at));
  document.body.dispatchEvent(new DragEvent('drop', at));
}"""


def gbk_shapefile(
    folder: Path, name: str, shapes: list[BaseGeometry], epsg: int, **columns
) -> Path:
    """A zipped shapefile in a projected system, its texts in GBK and no word of that."""
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=4490).to_crs(epsg)
    shp = folder / f"{name}.shp"
    pyogrio.write_dataframe(frame, shp, encoding="GBK")
    target = folder / f"{name}.zip"
    with zipfile.ZipFile(target, "w") as out:
        for part in folder.glob(f"{name}.*"):
            if part.suffix not in {".cpg", ".zip"}:
                out.write(part, part.name)
    return target


def let_fall(viewer: Viewer, path: Path) -> None:
    """Drop a file on the page."""
    content = base64.b64encode(path.read_bytes()).decode()
    viewer.page.evaluate(_DROP, [path.name, content])


def drop(viewer: Viewer, path: Path) -> None:
    """Drop a file on the page, and wait until it is read or refused."""
    let_fall(viewer, path)
    viewer.find("[data-intake=preview], [data-intake-error]").first.wait_for()
    viewer.settle()
