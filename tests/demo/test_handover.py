import openpyxl
import pyogrio
import pytest

from gis_app.demo import write
from gis_app.demo.handover import COLUMNS, dms


@pytest.mark.parametrize(
    ("degrees", "written"),
    [(113.58, "113°34′48.00″"), (37.0, "37°00′00.00″"), (112.99999999, "113°00′00.00″")],
)
def test_degrees_are_written_with_minutes_and_seconds(degrees, written):
    assert dms(degrees) == written


def test_the_census_sheet_has_28_headers_and_the_place(hamlet, tmp_path):
    sheet = openpyxl.load_workbook(write(hamlet, tmp_path)[0]).active
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == list(COLUMNS)
    assert len(COLUMNS) == 28 + 3
    assert len(rows) == 1 + 300
    by_code = {row[2]: dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]}
    cement = by_code["SL-D034"]
    assert cement["年许可取水量（万立方米）"] == 9
    assert cement["是否为单位自备井"] == "是"
    assert cement["成井时间（年）"] == 2006
    assert "°" in cement["经度"]
    assert by_code["SL-D012"]["是否为单位自备井"] is None, "a blank stays a blank"


def test_the_shapefile_is_zipped_and_in_gbk(hamlet, tmp_path):
    path = write(hamlet, tmp_path)[1]
    read = pyogrio.read_dataframe(f"/vsizip/{path}", encoding="GBK")
    assert "示例第一水厂供水范围" in set(read["名称"])
    assert read.crs.to_epsg() == 4490
    assert len(read) == 8, "the draft is not handed over"
    assert read.geometry.is_valid.all()
