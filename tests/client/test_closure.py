"""The closure report: the same wells in the workbook, the page and the PDF, by county."""

import io

import pandas as pd
import pypdf
import pytest
from openpyxl import load_workbook

from gis_app.errors import BadInput
from gis_app.notebook import closure_report

COUNTIES = ("140302", "140321")


@pytest.fixture(scope="module")
def city(gis):
    """The audit of the city and its findings about two of its counties, with the register."""
    audit = gis.audit(area="1403")
    found = audit.findings(subject="well")
    return audit, found[found["area_code"].str[:6].isin(COUNTIES)], gis.wells()


@pytest.fixture(scope="module")
def report(gis, city):
    audit, found, wells = city
    gaps = audit.not_assessed
    return closure_report(found, wells, gis.zones("district"), not_assessed=gaps)


def test_the_counties_add_up_to_the_findings(city, report):
    _, found, wells = city
    close = found[found["flag"] == "close"].drop_duplicates("subject_code")
    doubt = found[(found["flag"] == "indeterminate")]
    doubt = doubt[~doubt["subject_code"].isin(close["subject_code"])]
    table = report.counties.set_index("area_code")
    assert tuple(table.index) == COUNTIES
    volume = wells.set_index("code")["annual_reported_m3"]
    for code in COUNTIES:
        here = close[close["area_code"].str[:6] == code]
        assert table.loc[code, "must_close"] == len(here) > 5
        assert (
            table.loc[code, "to_survey"]
            == doubt.loc[doubt["area_code"].str[:6] == code, "subject_code"].nunique()
        )
        assert table.loc[code, "annual_reported_m3"] == volume[here["subject_code"]].sum()
        assert table.loc[code, "volume_known"] == volume[here["subject_code"]].notna().sum()
    assert table["county"].str.startswith("示例").all()


def test_the_workbook_has_a_sheet_a_county_the_law_and_the_codebook(report, tmp_path):
    path = report.save(tmp_path / "out" / "closures.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == [
        "各县 counties",
        *(f"{row.area_code} {row.county}" for row in report.counties.itertuples()),
        "须核查 survey", "法律依据 basis", "未评估 not assessed", "数据字典 codebook",
    ]  # fmt: skip
    sheets = pd.read_excel(path, sheet_name=None, engine="openpyxl", dtype={"area_code": str})
    counties = [sheets[name] for name in book.sheetnames[1:3]]
    both = pd.concat(counties, ignore_index=True)
    assert list(both["subject_code"]) == list(report.closures["subject_code"])
    words = sheets["数据字典 codebook"].set_index("column")
    assert list(words.index) == list(both.columns)
    assert words[["zh", "en"]].notna().all(axis=None)
    basis = sheets["法律依据 basis"]
    quotes = report.closures.groupby("rule")["subject_code"].nunique()
    assert dict(zip(basis["rule"], basis["wells"], strict=True)) == quotes.to_dict()


def test_the_page_and_the_paper_name_every_well_and_every_quote(city, gis, tmp_path):
    audit, found, wells = city
    few = found[found["area_code"].str[:6] == COUNTIES[1]].head(60)
    told = closure_report(few, wells, gis.zones("district"), not_assessed=audit.not_assessed)
    page = told.save(tmp_path / "closures.html").read_text(encoding="utf-8")
    paper = pypdf.PdfReader(io.BytesIO(told.save(tmp_path / "closures.pdf").read_bytes()))
    printed = "".join(each.extract_text() for each in paper.pages)
    packed = "".join(printed.split())
    assert len(told.closures) > 2
    for code in told.closures["subject_code"]:
        assert code in page
        assert code in packed
    for quote in told.basis["quote"]:
        assert quote in page
    assert "示例数据" in page
    assert "不等于不涉及" in page
    assert "http" not in page.replace("http-equiv", "")


def test_what_a_register_says_is_text_in_the_page(city):
    _, found, wells = city
    evil = "<script>window.evil=1</script>"
    told = closure_report(found.head(40), wells.assign(owner=evil))
    assert evil not in told.html()
    assert evil not in told._repr_html_()


def test_frames_are_as_they_were_and_without_a_register_it_still_says_why(city):
    _, found, _ = city
    before = found.copy(deep=True)
    told = closure_report(found)
    assert found.equals(before)
    assert found.attrs == before.attrs
    assert set(told.counties["county"]) == set(COUNTIES)
    assert "owner" not in told.closures
    assert told.closures["sentence_zh"].str.len().gt(20).all()


def test_what_is_no_list_of_findings_and_no_kind_of_file_is_refused(city, report, tmp_path):
    with pytest.raises(BadInput, match="quote"):
        closure_report(city[1].drop(columns="quote"))
    with pytest.raises(BadInput, match="docx"):
        report.save(tmp_path / "list.docx")
    assert list(tmp_path.iterdir()) == []


def test_nobody_to_close_is_said_and_not_an_error(city):
    _, found, _ = city
    told = closure_report(found[found["flag"] == "duty"])
    assert told.closures.empty
    assert "无 none" in told.html()
