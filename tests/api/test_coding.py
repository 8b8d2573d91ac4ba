"""Answers are packed in the best coding that the reader takes, and are the same in each."""

import gzip

import brotli
import pytest
import zstandard

NEAR = "/wells/near?lon=113.6&lat=37.9&within_m=5000"
STREAMED = "/collections/well/export?f=csv"


def zstd(body: bytes) -> bytes:
    """A stream tells not how long it is."""
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


@pytest.mark.parametrize("address", [NEAR, STREAMED, NEAR + "&f=html", "/openapi.json"])
@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "zstd", zstd),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("zstd;q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_an_answer_is_the_same_in_every_coding(http, address, accepted, coding, unpack):
    plain = http.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with http.stream("GET", address, headers={"Accept-Encoding": accepted}) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == coding
    assert unpack(sent) == plain.content
    assert len(sent) < len(plain.content) / 2
    for told in (plain, answer):
        assert "accept-encoding" in told.headers["vary"].lower()
    if address != STREAMED:
        assert int(answer.headers["content-length"]) == len(sent)


def test_a_short_answer_is_sent_as_it_is(http):
    answer = http.get("/search?q=SL-D001&limit=1", headers={"Accept-Encoding": "zstd, gzip"})
    assert len(answer.content) < 1024
    assert "content-encoding" not in answer.headers


def test_a_long_answer_is_packed_in_a_thread_and_whole(http):
    asked = "/collections/well/items?limit=5000"
    plain = http.get(asked, headers={"Accept-Encoding": "identity"})
    assert len(plain.content) > 256 << 10
    packed = http.get(asked, headers={"Accept-Encoding": "zstd"}).json()
    assert packed | {"timeStamp": None} == plain.json() | {"timeStamp": None}
