"""The baked archive holds what the service serves, of one state, and nothing is left out."""

import gzip
import random

import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles
from sqlalchemy import text
from typer.testing import CliRunner

from gis_app.bake import bake
from gis_app.cli import app
from gis_app.errors import NotFound
from gis_app.store import facts
from tests.database import dsn
from tests.tiles.reading import decoded, path


@pytest.fixture(scope="module")
def archive(service, tmp_path_factory):
    out = tmp_path_factory.mktemp("bake") / "city.pmtiles"
    with service.engine.connect() as conn:
        layers = list(service.registry.layers.values())
        made = bake(conn, layers, out, to_zoom=11, on=facts.legal_day(conn))
    assert made.bytes == out.stat().st_size
    assert list(out.parent.iterdir()) == [out]
    with out.open("rb") as file:
        source = MmapSource(file)
        found = dict(all_tiles(source))
        assert len(found) == made.tiles
        yield Reader(source), found


def drawn(body: bytes) -> dict[str, list[str]]:
    """What a tile shows, feature by feature; in which order the database meant nothing by."""
    return {name: sorted(map(repr, features)) for name, features in decoded(body).items()}


def test_the_archives_tiles_are_the_services(http, archive):
    reader, found = archive
    header = reader.header()
    assert (header["min_zoom"], header["max_zoom"]) == (0, 11)
    for z, x, y in random.Random(4).sample(sorted(found), min(60, len(found))):
        served = http.get(path(None, (z, x, y)))
        assert drawn(gzip.decompress(found[z, x, y])) == drawn(served.content)
        assert reader.get(z, x, y) == found[z, x, y]


def test_every_well_and_every_zone_is_in_the_archive_at_its_highest_zoom(service, archive):
    _, found = archive
    wells, ground = set(), set()
    counted = 0
    for (z, _x, _y), body in found.items():
        for name, features in decoded(gzip.decompress(body)).items():
            if z == 11:
                (wells if name == "well" else ground).update(f["id"] for f in features)
            if z == 7 and name == "well_count":
                counted += sum(f["properties"]["wells"] for f in features)
    with service.engine.connect() as conn:
        ids = set(conn.execute(text("select well_id from gis.well")).scalars())
        zones = set(
            conn.execute(
                text("select zone_id from gis.zone"
                     " where gis.binds(law_status, valid_from, valid_to, gis.today())")
            ).scalars()
        )  # fmt: skip
    assert wells == ids
    assert ground == zones
    assert counted == len(ids)


def test_the_archive_describes_its_layers(archive):
    reader, found = archive
    described = {each["id"]: each for each in reader.metadata()["vector_layers"]}
    seen = {name for body in found.values() for name in decoded(gzip.decompress(body))}
    assert seen <= set(described)
    assert described["well"]["minzoom"] == 10
    assert described["well_count"]["maxzoom"] == 9
    assert not any(name.endswith("_outline") for name in described)  # they begin at zoom 12


def test_the_command_writes_an_archive_of_chosen_layers(service, tmp_path, monkeypatch):
    url = dsn(service.engine)
    out = tmp_path / "zones.pmtiles"
    monkeypatch.setenv("GIS_HOME", str(tmp_path))
    monkeypatch.setenv("GIS_DATABASE_URL", url)
    done = CliRunner().invoke(
        app, ["tiles", "bake", str(out), "--layer", "spring_domain", "--to-zoom", "8"]
    )
    assert done.exit_code == 0, done.output
    with out.open("rb") as file:
        told = Reader(MmapSource(file)).metadata()
    assert {each["id"] for each in told["vector_layers"]} == {
        "spring_domain",
        "spring_domain_point",
    }


def test_an_archive_of_nothing_is_refused_and_leaves_no_file(service, fresh_database, tmp_path):
    with fresh_database.connect() as conn, pytest.raises(NotFound):
        bake(conn, [service.registry.layers["well"]], tmp_path / "none", to_zoom=2,
             on=facts.legal_day(conn))  # fmt: skip
    assert list(tmp_path.iterdir()) == []
