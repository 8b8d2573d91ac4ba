"""Read values as Arrow columns of their kinds: for what is staged, and for files audited alone."""

import numpy as np
import pandas as pd
import pyarrow as pa

from gis_app.intake.cells import NUL
from gis_app.layer import Field

TYPES = {
    "text": pa.large_string(),
    "choice": pa.large_string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "instant": pa.timestamp("us", tz="UTC"),
}
MOST_INTEGER = 2**31 - 1


def column(values: pd.Series, field: Field) -> pa.Array:
    """The values of a field as an Arrow array of its kind, null where blank."""
    kind = TYPES[field.kind]
    if kind in (pa.float64(), pa.int64()):
        numbers = pd.to_numeric(values).astype("float64")
        if kind == pa.int64():  # beyond what the column holds it is refused for its range
            numbers = numbers.where(numbers.abs() <= MOST_INTEGER)
        return pa.array(numbers, pa.float64(), from_pandas=True).cast(kind, safe=False)
    if kind == pa.large_string():
        texts = values.astype("str").str.replace(NUL, "", regex=False)
        return pa.array(texts, from_pandas=True).cast(kind)
    return pa.array(values.astype(object).where(values.notna(), None), kind, from_pandas=True)


def law_status(values: pd.DataFrame) -> pa.Array:
    """As given; else approved where there is a day it comes into force, and a draft otherwise."""
    nothing = pd.Series(None, index=values.index, dtype=object)
    dated = values.get("valid_from", nothing).notna()
    status = values.get("law_status", nothing).astype(object)
    derived = pd.Series(np.where(dated, "approved", "draft"), index=values.index, dtype=object)
    return pa.array(status.where(status.notna(), derived).to_numpy(), pa.string())
