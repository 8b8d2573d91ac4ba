"""The real case: 15,229 wells, 801 supply areas of which 27 are invalid."""

from pathlib import Path

from sqlalchemy import text

from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions

CONSTANTS = {"self_supply": "true", "status": "active", "position_accuracy_m": "0"}


def wells_options(**constants: str) -> ImportOptions:
    update = "code" if constants else None
    return ImportOptions(
        layer="well",
        source_layer="wells",
        mapping={"code": "Well_ID"},
        constants=CONSTANTS | constants,
        update=update,
    )


def test_the_kansas_register_comes_in_and_its_invalid_areas_are_named(
    desk: Desk, shared: Path
) -> None:
    kansas = shared / "data/kansas/kansas.gpkg"
    wells = journey.preview(desk, kansas, wells_options())
    assert (wells.report["rows"], wells.report["refused"]) == (15_229, 0)
    journey.commit(desk, wells.batch_id)

    areas = journey.preview(
        desk,
        kansas,
        ImportOptions(
            layer="public_supply_coverage",
            source_layer="public_supply_areas",
            mapping={"name": "NAME"},
            constants={"valid_from": "2020-01-01", "boundary_accuracy_m": "0"},
            repair=True,
        ),
    )
    assert (areas.report["rows"], areas.report["refused"]) == (801, 0)
    invalid = journey.problems(desk.engine, areas.batch_id, ("invalid_repaired",))
    assert len(invalid) == 27
    assert {"Wichita", "Olathe", "Anderson Co. RWD #04"} < {p.label for p in invalid}
    assert all("Self-intersection" in p.en for p in invalid)
    repeated = journey.problems(desk.engine, areas.batch_id, ("duplicate_in_file",))
    assert {p.level for p in repeated} == {"warn"}
    overlaps = journey.problems(desk.engine, areas.batch_id, ("overlap_in_file",))
    assert len({frozenset((p.label, p.value)) for p in overlaps}) == 2
    journey.commit(desk, areas.batch_id)

    inside = "select count(distinct well_id) from gis.well_zone where inside"
    with desk.engine.connect() as conn:
        assert conn.execute(text(inside)).scalar() == 7_238

    again = journey.preview(desk, kansas, wells_options(position_accuracy_m="100"))
    assert (again.report["known"], again.report["new"]) == (15_229, 0)
    done = journey.commit(desk, again.batch_id)
    assert (done.report["changed"], done.report["inserted"]) == (15_229, 0)


def test_without_repair_the_27_invalid_areas_are_refused_by_name(desk: Desk, shared: Path) -> None:
    preview = journey.preview(
        desk,
        shared / "data/kansas/kansas.gpkg",
        ImportOptions(
            layer="public_supply_coverage",
            source_layer="public_supply_areas",
            mapping={"name": "NAME"},
        ),
    )
    assert preview.report["refused"] == 27
    refused = journey.problems(desk.engine, preview.batch_id, ("invalid_geometry",))
    assert all(p.label and "--repair" in p.zh for p in refused)
