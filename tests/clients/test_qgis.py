"""QGIS (Debian's) loads the collections, filters, and draws what is there where it is."""

import json

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import text

BOX = (113.5, 37.8, 113.62, 37.92)


@pytest.fixture(scope="module")
def expected(service):
    with service.engine.connect() as conn:
        return conn.execute(
            text("select code, st_x(geom) as lon, st_y(geom) as lat, use from gis.well")
        ).all()


def test_it_reads_filters_and_draws(service, expected, qgis, tmp_path):
    picture = tmp_path / "map.png"
    told = json.loads(qgis("read_and_render.py", service.url, picture, *BOX).splitlines()[-1])
    assert told["valid"] == [True, True, True]
    assert told["wells"] == len(expected)
    assert {"code", "depth_m", "flag"} <= set(told["fields"])
    west, south, east, north = BOX
    inside = [w for w in expected if west <= w.lon <= east and south <= w.lat <= north]
    assert told["boxed"] == sorted(w.code for w in inside)
    assert told["industry"] == sum(w.use == "industry" for w in expected)
    drawn = np.asarray(Image.open(picture).convert("L"))
    assert drawn.shape == (600, 600)
    for each in inside[:: max(1, len(inside) // 40)]:  # every one of these wells is a mark
        x = int((each.lon - west) / (east - west) * 600)
        y = int((north - each.lat) / (north - south) * 600)
        around = drawn[max(0, y - 3) : y + 4, max(0, x - 3) : x + 4]
        assert around.min() < 250, each.code
