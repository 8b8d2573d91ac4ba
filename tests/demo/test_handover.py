import csv
from dataclasses import replace

import openpyxl
import pyogrio
import pytest
from sqlalchemy import text

from gis_app import registers, registry
from gis_app.demo import load, write
from gis_app.demo.handover import COLUMNS, dms
from gis_app.demo.handover_registers import file_name
from gis_app.intake import batch
from gis_app.intake.options import ImportOptions
from gis_app.store.engine import reading, writing


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


def test_every_register_is_a_file_headed_in_chinese(hamlet, tmp_path):
    written = {path.name for path in write(hamlet, tmp_path)}
    for register in registers.ALL:
        path = tmp_path / file_name(register)
        assert path.name in written
        headers, rows = table(path, "gb18030" if register.id == "withdrawal" else "utf-8-sig")
        assert len(rows) == len(hamlet.records[register.id])
        known = {f.zh.replace("（立方米）", "（万立方米）") for f in register.fields}
        known |= {f.zh for f in register.fields} | {"图形"}
        assert set(headers) <= known
        for field in register.fields:
            if field.required and not (register.id == "permit" and field.unit == "m3"):
                assert field.zh in headers, (register.id, field.name)


def test_permits_are_handed_over_in_ten_thousand_cubic_metres(hamlet, tmp_path):
    write(hamlet, tmp_path)
    headers, rows = table(tmp_path / "示例市取水许可证.xlsx", "")
    numbers = [row[headers.index("取水许可证编号")] for row in rows]
    volumes = [row[headers.index("年许可取水量（万立方米）")] for row in rows]
    permits = hamlet.records["permit"]
    assert numbers == list(permits["number"])
    kept = permits["annual_m3"].astype(float).to_numpy()
    told = [float("nan") if v is None else float(v) * 10_000 for v in volumes]
    assert told == pytest.approx(list(kept), nan_ok=True)


def test_the_permits_come_back_as_they_were(fresh_database, hamlet, tmp_path):
    """Handed over, imported by their headers, and the same to the last cubic metre."""
    write(hamlet, tmp_path / "files")
    with writing(fresh_database, "demo") as conn:
        load(conn, replace(hamlet, records={}, numbers=()))
    desk = batch.Desk(
        engine=fresh_database, registry=registry.load(), uploads=tmp_path, actor="test"
    )
    made = batch.preview(
        desk, tmp_path / "files" / "示例市取水许可证.xlsx", ImportOptions(layer="permit")
    )
    assert made.refused == 0
    batch.commit(desk, made.batch_id)
    with reading(fresh_database) as conn:
        rows = conn.execute(
            text("select number, changed_on, annual_m3, valid_to, state from gis.permit")
        ).all()
    columns = ["number", "changed_on", "annual_m3", "valid_to", "state"]
    permits = hamlet.records["permit"][columns].itertuples(index=False)
    assert {whole(row) for row in rows} == {whole(row) for row in permits}


def whole(row):
    """A permit with its volume in whole cubic metres."""
    m3 = row.annual_m3
    return row.number, row.changed_on, m3 and round(m3), row.valid_to, row.state


def table(path, encoding):
    """The headers and rows of a sheet or of a text file."""
    if path.suffix == ".xlsx":
        rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    else:
        with path.open(encoding=encoding, newline="") as file:
            rows = list(csv.reader(file))
    return list(rows[0]), rows[1:]
