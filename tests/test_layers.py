"""Every layer is complete, and a new one is one file."""

from pathlib import Path

import httpx
import jsonschema
import mapbox_vector_tile
import pytest
from sqlalchemy import text

from gis_app import audit, registry
from gis_app.errors import SetupError
from gis_app.intake import batch
from gis_app.intake.options import ImportOptions
from gis_app.law import Instrument, Rule, Tier, Verdict
from gis_app.layer import Layer, Style
from gis_app.report import reference
from gis_app.settings import Settings
from gis_app.store import tables
from gis_app.store.engine import writing
from tests.service import serving
from tests.world import add_well, square

LAW = registry.load()
EVERY = pytest.mark.parametrize("layer", LAW.layers.values(), ids=str)
DOCS = Path(__file__).parents[1] / "docs"


@EVERY
def test_a_layer_speaks_both_languages_and_has_colour_and_pattern(layer):
    assert layer.zh
    assert layer.en
    assert layer.description_zh
    assert layer.description_en
    assert layer.style.color.startswith("#")
    assert layer.style.pattern
    for field in layer.all_fields:
        assert field.zh, field.name
        assert field.en, field.name


@EVERY
def test_a_layers_schema_is_a_json_schema_that_refuses_what_is_not_declared(layer):
    jsonschema.Draft202012Validator.check_schema(layer.json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"no_such_field": 1}, layer.json_schema())


@EVERY
def test_a_number_carries_its_unit_in_its_name(layer):
    ending = {"m": "_m", "mm": "_mm", "m3": "_m3", "m3/d": "_m3d", "m3/s": "_m3s"}
    for field in layer.all_fields:
        if field.unit:
            assert field.name.endswith(ending[field.unit]), field.name


@EVERY
def test_no_header_leads_to_two_fields(layer):
    seen: dict[str, str] = {}
    for field in layer.all_fields:
        for alias in {field.name, field.zh, *field.aliases}:
            assert seen.setdefault(alias.lower(), field.name) == field.name, alias


@EVERY
def test_no_value_has_two_meanings(layer):
    for field in layer.all_fields:
        seen: dict[str, str] = {}
        for key, choice in field.choices.items():
            for word in {key, choice.zh, *choice.aliases}:
                assert seen.setdefault(word.lower(), key) == key, (field.name, word)


def test_the_well_table_has_a_column_for_every_field_of_the_register():
    columns = set(tables.well.c.keys())
    fields = {f.name for f in LAW.layers["well"].fields}
    assert fields - columns == {"owner", "owner_uscc"}  # a party of its own
    unexplained = columns - fields - {
        "well_id", "owner_id", "geom", "geom_web", "uncertainty_m", "batch_id", "recorded_at",
    }  # fmt: skip
    assert unexplained == set()


def test_the_reference_pages_are_current():
    for name, page in reference.pages(LAW).items():
        assert (DOCS / name).read_text(encoding="utf-8") == page, f"run `make docs` for {name}"


def test_a_broken_cross_reference_stops_the_start():
    lost = Layer(
        id="x", zh="x", en="x", style=Style(color="#000000"), overlaps={"nowhere": "warned"}
    )
    with pytest.raises(SetupError, match="nowhere"):
        registry.build([lost], [])
    with pytest.raises(SetupError, match="declared twice"):
        registry.build([LAW.layers["well"], LAW.layers["well"]], [])
    with pytest.raises(SetupError, match="prohibited_zone"):
        registry.build([LAW.layers["well"]], [LAW.rules["N-01"]])


STRONG_KARST = '''
"""岩溶强发育区 · strong karst."""

from gis_app.layer import Field, Layer, Pattern, Style

LAYER = Layer(
    id="strong_karst",
    zh="岩溶强发育区",
    en="Strong karst area",
    description_zh="存在较多落水洞和岩溶漏斗的区域。",
    description_en="Many sinkholes and dolines.",
    fields=(
        Field(name="sinkholes", zh="落水洞数", en="sinkholes", kind="integer", minimum=0,
              aliases=("落水洞",), tile=True),
    ),
    style=Style(color="#884422", pattern=Pattern.DOTS),
)
'''


def _rule_about_karst() -> Rule:
    made_up = Instrument(
        id="made-up", key="made-up", zh="虚构文件", en="made-up paper", number="0号", area="",
        since=LAW.instrument("yangquan-2023-75").since, tier=Tier.MUNICIPAL,
    )  # fmt: skip
    return Rule(
        id="T-01", instrument=made_up, clause="1", quote="不得在此取水", zh="测试", en="test",
        condition=lambda well: well.inside("strong_karst") & (well.status == "active"),
        verdicts=((Verdict.NOTIFY, None),),
    )  # fmt: skip


def test_a_new_layer_is_one_file_and_is_imported_drawn_tiled_and_audited(fresh_database, tmp_path):
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "strong_karst.py").write_text(STRONG_KARST, encoding="utf-8")
    found = registry.load(folder)
    law = registry.build(found.layers.values(), [*found.rules.values(), _rule_about_karst()])
    ring = [list(point) for point in square(0, 0, 1000).exterior.coords]
    file = tmp_path / "karst.geojson"
    file.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
        '{"名称":"示例岩溶区","落水洞":"12"},"geometry":{"type":"Polygon","coordinates":'
        f"[{ring}]}}}}]}}",
        encoding="utf-8",
    )
    desk = batch.Desk(
        engine=fresh_database, registry=law, uploads=tmp_path / "uploads", actor="test"
    )
    options = ImportOptions(layer="strong_karst", constants={"valid_from": "2020-01-01"})
    made = batch.commit(desk, batch.preview(desk, file, options).batch_id)
    assert made.report["inserted"] == 1

    with writing(fresh_database, "test") as conn:
        add_well(conn, "in karst", 500, 500, permit_state="held")
    done = audit.run(fresh_database, law, audit.Scope(), actor="test")
    found = [f for f in audit.findings(fresh_database, done) if f["layer"] == "strong_karst"]
    assert [(f["rule"], f["zone_name"]) for f in found] == [("T-01", "示例岩溶区")]

    with (
        serving(Settings(home=tmp_path), fresh_database, law) as service,
        httpx.Client(base_url=service.url, headers=service.headers) as http,
    ):
        declared = {layer["id"]: layer for layer in http.get("/layers").json()["layers"]}
        assert declared["strong_karst"]["style"]["pattern"] == "dots"  # legend and drawing
        form = http.get("/collections/strong_karst/schema").json()["properties"]
        assert form["sinkholes"]["title"] == "落水洞数"
        feature = http.get("/collections/strong_karst/items").json()["features"][0]
        assert feature["properties"]["sinkholes"] == 12
        tile = http.get("/collections/strong_karst/tiles/WebMercatorQuad/8/98/208").content
        drawn = mapbox_vector_tile.decode(tile)["strong_karst"]["features"][0]["properties"]
        assert (drawn["name"], drawn["sinkholes"]) == ("示例岩溶区", 12)
        assert http.get("/collections/strong_karst/style").status_code == 200
        told = http.get("/wells/in karst/verdict").json()
        assert told["zones"][0]["layer_zh"] == "岩溶强发育区"
    assert "strong_karst" in reference.layers(law)
    with fresh_database.connect() as conn:
        assert conn.execute(text("select count(*) from gis.zone_part")).scalar_one() == 1
