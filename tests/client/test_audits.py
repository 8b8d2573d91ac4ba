"""Audits and verdicts through the client, against the database and the server's own export."""

import geopandas as gpd
import pandas as pd
import pytest
from openpyxl import load_workbook

from gis_app.errors import BadInput, NotFound
from gis_app.export import SUFFIXES, write
from gis_app.export.findings import COLUMNS
from gis_app.flags import CLOSING, FLAGS, flag_of
from gis_app.law import Answer, Verdict
from gis_app.report import export
from gis_app.store import ledger


def test_a_run_tells_its_law_its_day_and_its_counts(county, service):
    with service.engine.connect() as conn:
        kept = ledger.run(conn, county.run_id)
    assert (county.on, county.ledger, county.law_hash) == (
        kept["on"], kept["ledger"], kept["law_hash"],
    )  # fmt: skip
    assert county.counts.to_dict("records") == kept["counts"]["findings"]
    assert list(county.not_assessed.columns) == ["area_code", "layer", "wells"]
    shown = county._repr_html_()
    assert str(county.on) in shown
    assert f"{county.wells:,}" in shown


def test_findings_are_those_of_the_ledger(county, service):
    got = county.findings()
    with service.engine.connect() as conn:
        which = ledger.Which(ledger=county.ledger, area="140302")
        (batch,) = export.table(ledger.parts(conn, which), service.registry).batches
    want = batch.to_pandas()
    assert list(got.columns[: len(COLUMNS)]) == COLUMNS
    assert len(got) == county.counts["subjects"].sum() > 100
    words = [c for c in COLUMNS if c not in {"since", "until"}]
    pd.testing.assert_frame_equal(
        pd.DataFrame(got[words]), pd.DataFrame(want[words]), check_dtype=False
    )
    assert [d.date() for d in got["since"]] == list(want["since"])
    there = gpd.GeoSeries.from_wkb(want["geometry"], crs=4490)
    placed = there.notna()
    assert placed.any()
    assert got.geometry[placed].geom_equals_exact(there[placed], 1e-9).all()
    assert list(got["lon"].isna()) == list(~placed)


def test_findings_narrow_by_rule_and_answer(county):
    every = county.findings()
    some = county.findings(rule="YQ-03", answer="applies")
    mine = every[(every["rule"] == "YQ-03") & (every["answer"] == "applies")]
    assert list(some["subject_code"]) == list(mine["subject_code"])
    assert len(county.findings(closed=True)) >= len(every)


def test_the_classes_are_those_of_the_web_map(gis, county):
    """Against gis.well_flag, which SQL computes."""
    order = list(FLAGS)
    found = county.findings()
    found = found[found["subject"] == "well"]
    gravest = found.groupby("subject_code")["flag"].agg(lambda f: min(f, key=order.index))
    wells = gis.wells().set_index("code")["flag"]
    pd.testing.assert_series_equal(
        gravest.sort_index(), wells[gravest.index].sort_index(), check_names=False
    )


def test_the_classes_follow_the_vocabulary_of_the_law():
    assert {v.value for v in Verdict if v.closes} == set(CLOSING)
    for answer in Answer:
        for verdict in Verdict:
            assert flag_of(answer.value, verdict.value) in FLAGS


def test_an_audit_of_another_day_takes_the_law_of_that_day(gis):
    later = gis.audit(area="140302", on="2028-10-19", instruments=["yangquan-2023-75"])
    assert later.counts.empty
    lapsed = later.findings()
    assert lapsed.empty
    assert list(lapsed.columns[: len(COLUMNS)]) == COLUMNS


def test_a_verdict_shows_sentence_clause_quote_distance_and_what_is_missing(gis, county):
    found = county.findings(rule="YQ-03")
    known = found[found["answer"] == "applies"].iloc[0]
    told = gis.explain(known["subject_code"])
    card = told._repr_html_()
    for part in (known["sentence_zh"], known["clause"], known["quote"], "距边界", "inside"):
        assert part in card
    assert told.flag == "close"
    assert known["sentence_en"] in str(told)
    blank = found[found["missing"].str.contains("self_supply")].iloc[0]
    assert "“是否自备井”不详" in gis.explain(blank["subject_code"])._repr_html_()


def test_a_verdict_escapes_what_registers_say(gis, county):
    told = gis.explain(county.findings()["subject_code"].iloc[0])
    hostile = {**told.well, "name": "<img src=x onerror=alert(1)>"}
    card = type(told)(**{**vars(told), "well": hostile})._repr_html_()
    assert "<img" not in card


@pytest.mark.parametrize("suffix", [each.removeprefix(".") for each in SUFFIXES])
def test_an_export_begins_with_what_the_server_writes(gis, county, service, tmp_path, suffix):
    with service.engine.connect() as conn:
        which = ledger.Which(ledger=county.ledger, area="140302")
        told = export.table(ledger.parts(conn, which), service.registry)
        theirs = write(told, tmp_path / "theirs" / f"list.{suffix}")
    ours = gis.export(county.findings(), tmp_path / "ours" / f"list.{suffix}")
    assert [p.name for p in ours] == [p.name for p in theirs]
    want, got = (_read(files[0]) for files in (theirs, ours))
    told = list(want.columns.drop("geometry", errors="ignore"))
    pd.testing.assert_frame_equal(got[told], want[told])
    if suffix != "zip":  # its names are short
        assert [n for n in got.columns if n in COLUMNS or suffix != "kml"][
            : len(COLUMNS)
        ] == COLUMNS


def _read(path):
    match path.suffix:
        case ".csv":
            return pd.read_csv(path, encoding="utf-8-sig")
        case ".xlsx":
            return pd.read_excel(path, sheet_name="findings", engine="openpyxl")
        case ".parquet":
            return pd.DataFrame(gpd.read_parquet(path))
        case _:
            return pd.DataFrame(gpd.read_file(path))


def test_joined_columns_go_along_and_are_in_the_codebook(gis, county, tmp_path):
    found = county.findings(answer="applies")
    before = found.copy(deep=True)
    register = gis.wells()[["code", "owner"]].rename(columns={"code": "subject_code"})
    joined = found.merge(register, on="subject_code").assign(mine=1)
    (path,) = gis.export(joined, tmp_path / "list.xlsx")
    assert found.equals(before)
    book = pd.read_excel(path, sheet_name="codebook", engine="openpyxl").set_index("column")
    sheet = pd.read_excel(path, sheet_name="findings", engine="openpyxl")
    assert list(book.index) == list(sheet.columns)
    assert book.loc["owner", "zh"] == "权利人"
    assert "added" in book.loc["mine", "en"]
    assert book.loc["quote", "en"] == "words of the clause"
    assert len(sheet) == len(joined)


def test_a_name_that_looks_like_a_formula_stays_text(gis, county, tmp_path):
    found = county.findings(answer="applies").head(1).assign(zone_name="=1+1")
    (path,) = gis.export(found, tmp_path / "list.xlsx")
    cell = load_workbook(path)["findings"].cell(2, COLUMNS.index("zone_name") + 1)
    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_what_is_no_list_of_findings_is_not_exported(gis, county, tmp_path):
    with pytest.raises(BadInput, match="subject_code"):
        gis.export(county.findings().drop(columns="subject_code"), tmp_path / "list.csv")
    with pytest.raises(BadInput, match="docx"):
        gis.export(county.findings(), tmp_path / "list.docx")
    assert list(tmp_path.iterdir()) == []


def test_the_counties_are_the_city(gis):
    """An area is a prefix: the counties' findings are the prefecture's."""
    whole = gis.audit(area="1403")
    found = whole.findings()
    parts = [gis.audit(area=code) for code in ("140302", "140303", "140311", "140321", "140322")]
    assert sum(p.wells for p in parts) == whole.wells
    assert sum(int(p.counts["subjects"].sum()) for p in parts) == len(found)


def test_an_unknown_instrument_is_named_in_both_languages(gis):
    with pytest.raises(NotFound, match="nothing") as error:
        gis.audit(instruments="nothing")
    assert error.value.zh
