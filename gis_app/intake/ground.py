"""Do zones and wells lie on ground where the writer holds a right?

The database refuses the same by itself, whatever the door (store/after/83_ground.sql).
"""

import pandas as pd
import pyarrow as pa
import shapely
from sqlalchemy import Connection

from gis_app.intake import stage
from gis_app.intake.geometry import Shapes
from gis_app.intake.placing import Placed
from gis_app.layer import Layer
from gis_app.store import staging

CODE = "ground_elsewhere"
_GIVEN = ("area_code", "boundary_accuracy_m", "position_accuracy_m", "coord_method")


def check(conn: Connection, placed: Placed, shapes: Shapes, layer: Layer) -> None:
    """Refuse rows of a bounded writer on the ground of districts where he holds no right."""
    if layer.id == "district" or not staging.bounded(conn):
        return
    there = ~shapely.is_missing(shapes)
    values = placed.matched.values
    nothing = pd.Series(None, index=values.index, dtype=object)
    given = {
        name: pa.array(values.get(name, nothing).astype(object)[there], from_pandas=True)
        for name in _GIVEN
    }
    staged = {"row_no": pa.array(placed.rows[there]), "geom": stage.hex_ewkb(shapes[there])}
    found = staging.beyond_ground(conn, pa.table(staged | given), zones=layer.geometry == "polygon")
    places = list(found.values())
    placed.problems.add_rows(
        (CODE, "refuse"),
        (
            [
                f"位于区划 {at} 内，您的账户在那里没有权限：请更正位置，"
                "或请在该区划有权限的账户办理"
                for at in places
            ],
            [
                f"Lies in {at}, where your account has no right: mend the place, or ask an "
                "account with rights there"
                for at in places
            ],
        ),
        list(found),
        column="geometry",
        value=places,
    )
