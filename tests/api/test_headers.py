"""How long an answer is kept."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from api.main import Headers

FOREVER = "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/map/app-CLPXDT5L.js", 200, FOREVER),
        ("/map/app-CLPXDT5L.js", 304, FOREVER),
        ("/map/style-DFOSMA5C.css", 200, FOREVER),
        ("/map/app-OLDHASH1.js", 404, "no-cache"),
        ("/map/app-CLPXDT5L.js", 500, "no-cache"),
        ("/map/sw.js", 200, "no-cache"),
        ("/map/", 200, "no-cache"),
        ("/map/maps.css.html", 200, "no-cache"),
    ],
)
def test_only_what_is_there_under_a_name_of_its_content_is_kept_for_ever(path, status, kept):
    answering = TestClient(Headers(PlainTextResponse("x", status)))
    assert answering.get(path).headers["cache-control"] == kept
