"""Two audits compared over HTTP: as JSON, as a page, as a file."""

import csv
import io

import pytest
from sqlalchemy import text


@pytest.fixture(scope="module")
def pair(http):
    """Audits of a county, of the day before the municipal opinion and of today."""
    asked = ({"area": "140303", "on": "2023-10-17"}, {"area": "140303"})
    return [http.post("/audits", json=each).json()["run_id"] for each in asked]


def test_the_counts_are_those_of_the_file(http, pair):
    one, other = pair
    told = http.get(f"/audits/{other}/changes", params={"since": one})
    assert told.status_code == 200, told.text
    found = told.json()
    file = http.get(f"/audits/{other}/changes/export", params={"since": one, "f": "csv"})
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert sum(each["findings"] for each in found["changes"]) == len(rows) > 20
    for each in found["changes"]:
        same = [r for r in rows if all(r[n] == each[n] for n in ("kind", "rule", "cause"))]
        assert len(same) == each["findings"]
    assert "yangquan-2023-75" in [each["id"] for each in found["law"]["began"]]
    assert (
        "阳政办发〔2023〕75号"
        in http.get(f"/audits/{other}/changes", params={"since": one, "f": "html"}).text
    )


def test_what_is_asked_wrongly_is_told(http, pair):
    one, other = pair
    assert http.get(f"/audits/{other}/changes").status_code in {400, 422}
    assert http.get(f"/audits/{other}/changes", params={"since": 10**9}).status_code == 404
    wrong = http.get(f"/audits/{other}/changes/export", params={"since": one, "f": "docx"})
    assert wrong.status_code == 400
    refused = http.get(f"/audits/{other}/changes/export", params={"since": 10**9, "f": "csv"})
    assert refused.status_code == 404  # before the file has begun
    far = http.post("/audits", json={"area": "140302"}).json()["run_id"]
    apart = http.get(f"/audits/{other}/changes", params={"since": far})
    assert (apart.status_code, "140303" in apart.json()["detail_en"]) == (400, True)


def test_words_are_added_to_findings_and_to_nothing_else(http, service):
    asked = {"f": "csv", "words": "true", "filter": "answer = 'applies' AND subject = 'well'"}
    file = http.get("/collections/findings/export", params=asked).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    with service.engine.connect() as conn:
        count = conn.execute(
            text(
                "select count(*) from gis.finding where ledger = 'standing' and closed_run is null"
                " and answer = 'applies' and subject = 'well'"
            )
        ).scalar_one()
    assert len(rows) == count > 50
    assert all(row["quote"] and row["flag"] and row["area_code"] for row in rows)
    refused = http.get("/collections/well/export", params={"f": "csv", "words": "true"})
    assert refused.status_code == 400


def test_an_impact_lists_each_finding_where_it_is_asked(http):
    well = http.get("/collections/well/items", params={"limit": 1}).json()["features"][0]
    lon, lat = well["geometry"]["coordinates"]
    ring = [[lon - d, lat - e] for d, e in ((0.02, 0.02), (-0.02, 0.02), (-0.02, -0.02))]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    body = {"type": "Feature", "geometry": shape, "properties": {}}
    path = "/collections/prohibited_zone/impact"
    assert "moved" not in http.post(path, json=body).json()
    told = http.post(path, json=body, params={"each": "true"}).json()
    gained = sum(each["gained"] for each in told["findings"])
    assert sum(each["change"] == "gained" for each in told["moved"]) == gained > 0


def test_an_audit_leads_to_what_changed_since_the_one_before(http, pair):
    supposed, other = pair
    again = http.post("/audits", json={"area": "140303"}).json()["run_id"]
    assert http.get(f"/audits/{again}").json()["previous"] == other
    assert http.get(f"/audits/{other}").json()["previous"] != supposed
    page = http.get(f"/audits/{again}", params={"f": "html"}).text
    assert f"/audits/{again}/changes?since={other}&amp;f=html" in page
