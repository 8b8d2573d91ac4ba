"""What heights tell: the slope of the ground."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def slope_percent(heights: Floats, cell_m: float) -> Floats:
    """Slope in percent of heights in metres, by Horn's third-order differences.

    Two rows and columns smaller than `heights`: each cell needs its eight neighbours. NaN in any
    of the nine is NaN. Source: Horn, B.K.P. (1981), Hill shading and the reflectance map, Proc.
    IEEE 69(1); as gdaldem slope -p has it.
    """
    z = heights.astype(np.float64)
    nw, n, ne = z[:-2, :-2], z[:-2, 1:-1], z[:-2, 2:]
    w, e = z[1:-1, :-2], z[1:-1, 2:]
    sw, s, se = z[2:, :-2], z[2:, 1:-1], z[2:, 2:]
    dx = (ne + 2 * e + se) - (nw + 2 * w + sw)
    dy = (sw + 2 * s + se) - (nw + 2 * n + ne)
    found = 100 * np.hypot(dx, dy) / (8 * cell_m)
    found[np.isnan(z[1:-1, 1:-1])] = np.nan
    return found.astype(np.float32)
