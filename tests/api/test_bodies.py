"""What is sent: how much of it is taken, and under which names."""

import httpx
import pytest

MB = b"x" * 1_048_576


@pytest.fixture
def visitor(service):
    with httpx.Client(base_url=service.url, timeout=60) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "told"),
    [("/precheck", True), ("/precheck", False), ("/session", False), ("/audits", False),
     ("/imports", True)],
)  # fmt: skip
def test_of_a_visitor_no_more_is_taken_than_a_page_s_form(visitor, path, told):
    """Also of one who does not say how much it will be (chunked)."""
    body = (MB + MB) if told else iter([MB, MB])
    answer = visitor.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 413, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "1 MB" in answer.json()["detail_en"]
    assert "1 MB" in answer.json()["detail_zh"]


def test_a_large_file_is_taken_of_who_has_signed_in(http):
    rows = b"code,lon,lat\n" + b"A-1,113.6,37.9\n" * 150_000  # 2 MB
    answer = http.post("/imports", files={"file": ("a.docx", rows)}, data={"layer": "well"})
    assert answer.status_code == 400, answer.text
    assert "docx" in answer.json()["detail_en"]


@pytest.mark.parametrize(
    ("name", "status"), [("井" * 95 + ".csv", 201), ("..", 400), ("井.表格", 400)]
)
def test_whatever_a_file_is_called_it_is_read_or_refused(http, name, status):
    body = "编号,经度,纬度\nNAMED-1,113.6,37.9\n".encode()
    answer = http.post("/imports", files={"file": (name, body)}, data={"layer": "well"})
    assert answer.status_code == status, answer.text
    if status == 201:
        assert answer.json()["file_name"] == name
        http.post(f"/imports/{answer.json()['batch_id']}/discard", json={})
