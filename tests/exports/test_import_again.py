"""What an export wrote is a file that an import reads: names and values as they were."""

import pytest

from gis_app.export import FORMATS, write
from gis_app.intake.read import read
from gis_app.store import exports, items
from tests.exports.conftest import LAW, LONG, RARE


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_read_with_its_names_and_long_texts(world, tmp_path, form):
    told = exports.table(world, LAW.layer("well"), items.Query(), 5)
    names = [f.name for f in told.fields]
    encoding = {"encoding": "gbk"} if form == "shp" else {}
    path, *_ = write(told, tmp_path / f"well{FORMATS[form].suffix}", **encoding)
    found = read(path).frame.rename(columns=str.lower)  # KML writes Name
    assert set(names) <= set(found.columns)
    by_code = found.set_index("code")
    assert by_code.loc["long", "remark"] == LONG
    assert by_code.loc["rare", "name"] == RARE
    assert by_code.loc["formula", "name"].lstrip("'").startswith("=HYPERLINK")


def test_shapefiles_of_points_and_of_polygons_are_told_apart(world, tmp_path):
    told = exports.table(world, LAW.collection("site"), items.Query(), 5)
    path, *_ = write(told, tmp_path / "site.zip")
    found = read(path, source_layer="site_point")
    assert found.other_layers == ("site_polygon",)
    assert list(found.frame["code"]) == ["S2"]
