"""The work on windows against the same rules written out for one cell at a time."""

from math import ceil, isnan, nan

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.windows import Window

from gis_app.raster.grid import Grid
from gis_app.zoning import overlay, profile
from gis_app.zoning.inputs import Opened
from gis_app.zoning.steps import Work, compute

DRASTIC, OURS = profile.load("DRASTIC-1987"), overlay.load()
WINDOW = Window(0, 0, 7, 5)
TABLES = {
    "D": ((1.524, 4.572, 9.144, 15.24, 22.86, 30.48), (10, 9, 7, 5, 3, 2, 1), 5),
    "R": ((50.8, 101.6, 177.8, 254), (1, 3, 6, 8, 9), 4),
    "T": ((2, 6, 12, 18), (10, 9, 5, 3, 1), 1),
    "C": ((4.07, 12.22, 28.52, 40.75, 81.49), (1, 2, 4, 6, 8, 10), 3),
}
KINDS = {"A": 3, "S": 2, "I": 5}
MOST = {"D": 40, "R": 300, "T": 25, "C": 100, "load": 6}


def one_cell(values, load, quality, yields, protection):
    """Index and zone of one cell, as §D has it in words."""
    index = sum(KINDS[name] * values[name] for name in KINDS)
    for name, (edges, ratings, weight) in TABLES.items():
        value = values[name]
        above = sum(value > np.float32(edge) for edge in edges)
        index += nan if isnan(value) else weight * ratings[above]
    if protection:
        return index, protection
    if any(isnan(x) for x in (index, load, quality, yields)):
        return index, 255
    v = 1 + sum(index >= limit for limit in (80, 120, 160))
    p = 1 + sum(load >= np.float32(limit) for limit in (0.5, 2, 4))
    f = 1 + sum(quality * yields > limit for limit in (4, 9, 16))
    score = ceil((v + p) / 2) * f
    return index, 1 if score >= 12 else 2 if score >= 6 else 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_cell_is_what_the_rules_say_of_it_alone(seed):
    rng = np.random.default_rng(seed)
    shape = (5, 7)

    def holed(values):
        values = values.astype(np.float32)
        values[rng.random(shape) < 0.05] = np.nan
        return values

    raw = {name: holed(rng.uniform(0, most, shape)) for name, most in MOST.items()}
    raw |= {name: holed(rng.integers(1, 11, shape)) for name in KINDS}
    raw |= {name: holed(rng.integers(1, 6, shape)) for name in ("quality", "yield")}
    protection = rng.choice([0, 0, 0, 11, 13], shape).astype(np.float32)
    inside = (rng.random(shape) < 0.9).astype(np.float32)
    inside[0, 0] = 1
    inputs = [
        Opened(each, lambda _, name=each.id: raw[name].copy(), rated=each.id in KINDS)
        for each in DRASTIC.parameters
    ]
    made = compute(
        Work(
            grid=Grid(4547, 0, 0, 30, 7, 5), profile=DRASTIC, overlay=OURS, inputs=inputs,
            inside=lambda _: inside, load=lambda _: raw["load"],
            function=lambda _: raw["quality"] * raw["yield"], protection=lambda _: protection,
            keep=False, outputs={},
        ),
        WINDOW,
    )  # fmt: skip
    counted = dict.fromkeys(made["cells"], 0)
    for cell in np.ndindex(shape):
        values = {name: float(raw[name][cell]) for name in (*TABLES, *KINDS)}
        scores = (float(raw[name][cell]) for name in ("load", "quality", "yield"))
        index, zone = one_cell(values, *scores, int(protection[cell]))
        if not inside[cell]:
            assert np.isnan(made["index"][cell])
            assert made["zones"][cell] == 255
            continue
        assert np.array_equal(made["index"][cell], index, equal_nan=True)
        assert made["zones"][cell] == zone
        counted[zone] += 1
    assert made["cells"] == counted
