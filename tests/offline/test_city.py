"""The sample city, all its registers: files and service say the same, word for word."""

from datetime import date

import pytest

from gis_app import offline
from gis_app.demo import load
from gis_app.export import write
from gis_app.store import exports, items
from tests.demo.conftest import DAY, hamlet  # noqa: F401
from tests.offline.both import LAW, differences, files, offline_says, service


@pytest.mark.parametrize("on", [DAY, date(2024, 6, 30)], ids=str)
def test_of_every_well_of_the_sample_city(conn, hamlet, on):  # noqa: F811
    load(conn, hamlet)
    theirs = service(conn, on)
    mine = offline_says(offline.audit(**files(conn), on=on))
    assert len(theirs["findings"]) > 300
    assert differences(mine, theirs) == []


def test_its_registers_too_are_read_from_its_own_exports(conn, hamlet, tmp_path):  # noqa: F811
    load(conn, hamlet)
    whole = files(conn)
    exported = {
        name: write(
            exports.table(conn, LAW.registers[name], items.Query()), tmp_path / f"{name}.parquet"
        )[0]
        for name in whole["registers"]
        if name in LAW.registers
    }
    assert {"permit", "withdrawal", "water_user", "exemption_grant"} <= set(exported)
    registers = {**whole["registers"], **exported}
    mine = offline_says(offline.audit(**{**whole, "registers": registers}, on=DAY))
    assert differences(mine, offline_says(offline.audit(**whole, on=DAY))) == []


def test_its_own_exports_are_files_that_can_be_audited(conn, hamlet, tmp_path):  # noqa: F811
    load(conn, hamlet)
    coverage = "public_supply_coverage"
    wells, zones = (
        write(
            exports.table(conn, LAW.collection(each), items.Query()), tmp_path / f"{each}.parquet"
        )[0]
        for each in ("well", coverage)
    )
    all_zones = files(conn)["zones"]
    frames = files(conn)["wells"], all_zones[all_zones["layer"] == coverage]
    found = [
        offline.audit(taken, {coverage: ground}, on=DAY, instruments=["yangquan-2023-75"]).findings(
            rule="YQ-03"
        )[["subject_code", "answer", "edge_m"]]
        for taken, ground in ((wells, zones), frames)
    ]
    assert len(found[0]) > 10
    assert found[0].equals(found[1])
    offline.partition(wells, all_zones, tmp_path / "tiles")
