"""A file goes in through the client, is seen, and comes out again."""

import pytest

from gis_app.errors import BadInput, NotFound, Refused

ROWS = "编号,经度,纬度,自备\n{}-1,113.6,37.9,是\n{}-2,113.61,37.9,否\n"


@pytest.fixture
def sheet(tmp_path, request):
    """A register of two wells of this test alone."""
    name = f"CL-{abs(hash(request.node.name)) % 10**8}"
    path = tmp_path / "井.csv"
    path.write_text(ROWS.replace("{}", name), encoding="gb18030")
    return path, name


def test_a_file_is_previewed_committed_and_undone(gis, sheet):
    path, name = sheet
    made = gis.import_(
        path, "well", mapping={"self_supply": "自备"}, constants={"status": "active"},
        encoding="gb18030", anywhere=True,
    )  # fmt: skip
    assert (made.state, made.report["rows"], made.refused) == ("preview", 2, 0)
    assert "预览" not in made.file_name
    assert made.file_name == "井.csv"
    with pytest.raises(NotFound):
        gis.explain(f"{name}-1")
    done = made.commit(reason="测试 / test")
    assert done.state == "committed"
    try:
        wells = gis.wells(status="active")
        assert {f"{name}-1", f"{name}-2"} <= set(wells["code"])
        assert bool(wells.set_index("code").loc[f"{name}-1", "self_supply"])
        with pytest.raises(Refused, match="gis-app undo"):
            gis.import_(
                path, "well", mapping={"self_supply": "自备"}, constants={"status": "active"},
                encoding="gb18030", anywhere=True,
            )  # fmt: skip
    finally:
        assert done.undo(reason="测试 / test").state == "undone"
    assert gis.wells(code=f"{name}-1").empty


def test_refused_rows_are_named_and_come_back_as_a_file(gis, tmp_path):
    path = tmp_path / "wells.csv"
    path.write_text("编号,经度,纬度\nCL-X,113.6,37.9\nCL-Y,113.6,95\n", encoding="utf-8")
    made = gis.import_(path, "well", anywhere=True)
    assert made.refused == 1
    faults = made.problems()
    refused = faults[faults["level"] == "refuse"]
    assert set(refused["row"].dropna()) == {2}
    assert refused["zh"].str.len().gt(0).all()
    assert set(made.problems(code=refused["code"].iloc[0])["code"]) == {refused["code"].iloc[0]}
    with pytest.raises(Refused) as error:
        made.commit()
    assert error.value.problems
    back = made.refused_rows(tmp_path / "back" / "refused.csv")
    assert "CL-Y" in back.read_text(encoding="utf-8-sig")
    assert "CL-X" not in back.read_text(encoding="utf-8-sig")
    assert "拒绝 refused" in made._repr_html_()
    assert made.discard().state == "discarded"


def test_a_shapefile_goes_with_its_companions(gis, tmp_path):
    zones = gis.zones("spring_domain")[["name", "geometry"]].assign(name="示例测试泉域")
    zones.to_file(tmp_path / "泉域.shp", encoding="utf-8")
    before = sorted(p.name for p in tmp_path.iterdir())
    made = gis.import_(tmp_path / "泉域.shp", "spring_domain", anywhere=True)
    assert made.report["rows"] == len(zones)
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    made.discard()


def test_a_file_that_is_not_there_is_said_before_anything_is_sent(gis, tmp_path):
    with pytest.raises(BadInput, match="nothing"):
        gis.import_(tmp_path / "nothing.csv", "well")
    with pytest.raises(BadInput, match=r"GeoDataFrame.*to_file"):
        gis.import_(gis.zones("spring_domain"), "spring_domain")
    (tmp_path / "a.csv").write_text("编号\n1\n")
    with pytest.raises(BadInput, match="update"):
        gis.import_(tmp_path / "a.csv", "well", update="name")
