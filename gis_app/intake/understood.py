"""How a file was understood: what it said, what was guessed. A preview tells all of it."""

from collections import Counter
from typing import Any

import numpy as np

from gis_app.intake.options import ImportOptions
from gis_app.intake.preparation import Ready
from gis_app.intake.read import Table


def understood(
    table: Table, ready: Ready, options: ImportOptions, *, guessed: bool
) -> dict[str, Any]:
    """What was read and as what; `guessed`: nobody named the layer.

    `columns` and `coordinates` name the header of each field; `crs_by` and `encoding_by` tell
    whether it was told, found in the file, or is assumed.
    """
    return {
        "layer_guessed": guessed,
        "format": table.format,
        "source_layer": table.source_layer,
        "other_layers": list(table.other_layers),
        "encoding": table.encoding,
        "encoding_by": "told" if options.encoding else "found",
        "crs_by": _crs_by(table, options),
        "headers": [str(header) for header in table.frame.columns],
        "columns": dict(ready.columns),
        "coordinates": dict(ready.coordinates),
        "law_status": _law_status(ready),
    }


def _crs_by(table: Table, options: ImportOptions) -> str:
    if options.crs:
        return "told"
    return "file" if table.crs is not None else "assumed"


def _law_status(ready: Ready) -> dict[str, int]:
    """How many of the zones that may be written would be drafts, and how many law."""
    if "law_status" not in ready.rows.column_names:
        return {}
    kept = ~np.isin(ready.rows["row_no"].to_numpy(), list(ready.refused))
    return dict(Counter(ready.rows["law_status"].filter(kept).to_pylist()))
