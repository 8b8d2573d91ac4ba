"""Maps of an audit: what is drawn, and that nothing a register says can run or be lost."""

import json
import re
import sys

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from gis_app.errors import BadInput, SetupError
from gis_app.flags import FLAGS
from gis_app.notebook import audit_map, audit_plot, maps
from gis_app.notebook.look import scene


@pytest.fixture(scope="module")
def found(county):
    return county.findings()


@pytest.fixture(scope="module")
def zones(gis):
    return [gis.zones("public_supply_coverage"), gis.zones("prohibited_zone")]


def test_every_well_is_drawn_once_in_its_gravest_class(found, zones):
    drawn = audit_map(found, zones)
    order = list(FLAGS)
    gravest = found.groupby("subject_code")["flag"].agg(lambda f: min(f, key=order.index))
    assert drawn.counts == {n: c for n in order if (c := int((gravest == n).sum()))}
    features = drawn.map.source_dict["wells"]["data"]["features"]
    assert len(features) == len(gravest)
    several = found[found["subject_code"].duplicated(keep=False)].iloc[0]["subject_code"]
    (popup,) = [f["properties"]["popup"] for f in features if several in f["properties"]["popup"]]
    for sentence in found[found["subject_code"] == several]["sentence_zh"]:
        assert sentence in popup


def test_zones_lie_in_the_colours_of_their_layers_below_the_wells(found, zones):
    drawn = audit_map(found, zones)
    layers = drawn.map.layer_dict
    fill = layers["zones-0-public_supply_coverage"]
    assert fill["color"].upper() == "#44566C"
    assert fill["opacity"] == pytest.approx(0.1)
    assert list(layers).index("wells") > list(layers).index("zones-1-prohibited_zone-label")
    tips = [args[0] for call, args in drawn.map._message_queue if call == "addTooltip"]
    assert tips == []  # every name is written on the map
    latin = audit_map(found, zones[1].assign(name="Zone 1"))
    tips = [args[0] for call, args in latin.map._message_queue if call == "addTooltip"]
    assert tips == ["zones-0-prohibited_zone"]
    both = pd.concat(zones)
    assert len(scene(found, both, "").layers) == 2
    assert audit_map(found.head(0), both).counts == {}


def test_the_caller_s_frames_are_not_touched(found, zones):
    before = [frame.copy(deep=True) for frame in (found, *zones)]
    audit_map(found, zones)
    audit_plot(found, zones)
    for frame, was in zip((found, *zones), before, strict=True):
        assert frame.equals(was)
        assert frame.attrs == was.attrs


def test_the_page_names_no_address_to_fetch(found, zones, tmp_path):
    path = audit_map(found, zones).to_html(tmp_path / "map.html")
    page = path.read_text(encoding="utf-8")
    assert "unpkg.com" not in page
    assert not re.search(r"""<(script|link|img)[^>]+(src|href)=["']?https?:""", page)
    assert audit_map(found).to_html(path) == path
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_register_says_is_text_in_the_page(found, zones):
    evil = "</script><script>window.evil=1</script><img src=x onerror=window.evil=1>"
    wells = found.head(2).assign(sentence_zh=evil, sentence_en=evil, subject_code=evil)
    named = [frame.assign(name=evil) for frame in zones]
    page = audit_map(wells, named, title=evil).html()
    assert "<script>window.evil" not in page
    assert "<img src=x" not in page


def test_a_map_says_that_its_city_is_made_up(found):
    assert "示例数据 sample data" in maps._legend(scene(found, None, "t"))
    real = found.copy()
    real.attrs = {}
    assert "示例数据" not in maps._legend(scene(real, None, "t"))


def test_findings_from_a_file_can_be_drawn_too(gis, found, tmp_path):
    path, _ = gis.export(found, tmp_path / "list.gpkg")
    assert audit_map(gpd.read_file(path)).counts == audit_map(found).counts
    metric = found.to_crs(4547)
    assert scene(metric, None, "t").bounds == pytest.approx(scene(found, None, "t").bounds)


def test_too_many_wells_and_nothing_at_all_are_refused(found, monkeypatch):
    with pytest.raises(BadInput, match="no zone"):
        audit_map(found.head(0))
    with pytest.raises(BadInput, match="subject_code"):
        audit_map(gpd.GeoDataFrame({"a": [1]}, geometry=[Point(0, 0)], crs=4490))
    monkeypatch.setattr(maps, "MOST_WELLS", 10)
    with pytest.raises(BadInput, match="/map/"):
        audit_map(found)


def test_without_the_extra_the_way_to_it_is_named(found, monkeypatch):
    monkeypatch.setitem(sys.modules, "leafmap.maplibregl", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(SetupError, match=r"gis-app\[notebook\]"):
        audit_map(found)
    with pytest.raises(SetupError, match=r"gis-app\[notebook\]"):
        audit_plot(found)


def test_the_still_figure_has_every_class_in_its_legend(found, zones, tmp_path):
    import matplotlib as mpl

    mpl.get_backend()  # resolved at first use, whoever comes first
    before = mpl.rcParams.copy()
    figure = audit_plot(found, zones)
    assert mpl.rcParams == before
    texts = [t.get_text() for legend in figure.legends for t in legend.get_texts()]
    for flag, count in audit_map(found).counts.items():
        assert any(FLAGS[flag].en in t and f"({count:,})" in t for t in texts)
    figure.savefig(tmp_path / "map.png")
    assert (tmp_path / "map.png").stat().st_size > 10_000


def test_a_machine_without_chinese_fonts_gets_english(found, zones, monkeypatch, tmp_path):
    from gis_app.notebook import plot

    monkeypatch.setattr(plot, "FONTS", ())
    figure = audit_plot(found, zones)
    texts = [t.get_text() for legend in figure.legends for t in legend.get_texts()]
    assert texts
    assert json.dumps(texts).isascii()
    assert "\\u" not in json.dumps(texts)
    figure.savefig(tmp_path / "map.png")
