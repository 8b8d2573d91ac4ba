"""07 and its numbers: those of its own classes, and of the database."""

import numpy as np
import pytest
import rasterio
from sqlalchemy import text

from tests.notebooks.running import named


@pytest.fixture(scope="module")
def zoned(executed):
    """Notebook 07, run."""
    return executed(named("07_"))


def test_the_zones_of_the_sample_city_are_those_reckoned_from_their_own_classes(zoned):
    """Control areas and protection once more, from the classes and areas beside them."""
    _, told, folder = zoned
    made = folder / "out" / "zoning"

    def held(name):
        with rasterio.open(made / f"{name}.tif") as dataset:
            return dataset.read(1).astype(int)

    v, p, f, zones = (held(name) for name in ("vulnerability", "load", "function", "zones"))
    score = -(-(v + p) // 2) * f
    control = np.where(score >= 12, 1, np.where(score >= 6, 2, 0))
    known = (v != 255) & (p != 255) & (f != 255)
    computed = zones <= 2
    assert (zones[computed] == control[computed]).all()
    assert known[computed].all()
    assert {1, 2, 11, 12, 13, 14} <= set(np.unique(zones))
    for code, count in told["cells"].items():
        if code != "255":
            assert (zones == int(code)).sum() == count
        assert told["km2"][code] == pytest.approx(count * 0.04)


def test_its_drafts_were_brought_in_whole_and_taken_back_whole(zoned, service):
    _, told, _ = zoned
    with service.engine.connect() as conn:
        state, report = conn.execute(
            text("select state, report from gis.batch where batch_id = :b"),
            {"b": told["batch_id"]},
        ).one()
        left = conn.execute(
            text("select count(*) from gis.zone where batch_id = :b"), {"b": told["batch_id"]}
        ).scalar()
    assert (state, left) == ("undone", 0)
    assert report["inserted"] == told["drawn"] > 10
    assert report["refused"] == 0
    assert "岩溶水" in told["refusal"]
