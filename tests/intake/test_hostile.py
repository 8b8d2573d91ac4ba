"""Files made to read what they should not, or to bring the service down. None may succeed."""

import io
import json
import os
import socketserver
import sqlite3
import struct
import threading
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geopandas
import pytest
import shapely

from gis_app.errors import GisError, UnreadableFile
from gis_app.intake.read import read

SECRET = "groundwater-secret-4711"


class Listener(socketserver.ThreadingTCPServer):
    """A server on this machine that counts who calls."""

    allow_reuse_address = True
    daemon_threads = True
    hits = 0


class Answer(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.server.hits += 1
        body = json.dumps({"type": "FeatureCollection", "features": []}).encode()
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the upload that no upload may show."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    path = folder / "secret.csv"
    path.write_text(f"id,note\n1,{SECRET}\n")
    return path


def vrt(source: str) -> str:
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{source}</SrcDataSource>'
        "<GeometryType>wkbNone</GeometryType></OGRVRTLayer></OGRVRTDataSource>"
    )


def packed(*parts: tuple[str, bytes | str], mode: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if mode is not None:
                entry.external_attr = mode << 16
            archive.writestr(entry, content, compresslevel=1)
    return out.getvalue()


@cache
def vast(*names: str) -> bytes:
    """An archive whose last member has 64 MB."""
    small = ((name, "<Types/>") for name in names[:-1])
    return packed(*small, (names[-1], b" " * (64 << 20)))


def lying_bomb() -> bytes:
    """The same, whose directory claims 10 bytes for it."""
    raw = bytearray(vast("a.csv"))
    size = struct.pack("<L", 64 << 20)
    while (at := raw.find(size)) >= 0:
        raw[at : at + 4] = struct.pack("<L", 10)
    return bytes(raw)


def hostile_files(secret: str, url: str) -> dict[str, bytes]:
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
    bomb = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    entity = '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY x SYSTEM "file://{}">]>{}'
    network = f"<NetworkLink><Link><href>{url}</href></Link></NetworkLink>"
    sheet = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{bomb}]><sst><si>&l9;</si></sst>'
    shp = struct.pack(">i", 9994)
    return {
        "vrt_named.geojson": vrt(secret).encode(),
        "vrt_named.shp": vrt(secret).encode(),
        "vrt_named.gpkg": vrt(secret).encode(),
        "vrt_named.csv": vrt(secret).encode(),
        "vrt_with_bom.geojson": b"\xef\xbb\xbf" + vrt(secret).encode(),
        "vrt_calls_home.geojson": vrt(f"/vsicurl/{url}x.geojson").encode(),
        "vrt_calls_home.kml": vrt(f"/vsicurl/{url}x.kml").encode(),
        "plain.vrt": vrt(secret).encode(),
        "xml.geojson": b'<?xml version="1.0"?><a/>',
        "gml.kml": b'<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml"/>',
        "vrt_within.zip": packed(("layer.vrt", vrt(secret))),
        "vrt_in_shp_within.zip": packed(("layer.shp", vrt(secret))),
        "vrt_in_kmz.kmz": packed(("doc.kml", vrt(secret))),
        "service.geojson": json.dumps({"type": "OGCAPI", "href": url}).encode(),
        "esri_service.geojson": json.dumps({"serviceDescription": url, "layers": []}).encode(),
        "gdal_algorithm.geojson": json.dumps(
            {"type": "gdal_streamed_alg", "command_line": f"gdal vector read {secret}"}
        ).encode(),
        "entity.kml": entity.format(secret, kml.format("<name>&x;</name>")).encode(),
        "laughs.kml": f'<!DOCTYPE k [<!ENTITY l0 "ha">{bomb}]>{kml.format("&l9;")}'.encode(),
        "utf16.kml": entity.format(secret, kml.format("&x;")).encode("utf-16"),
        "network_link.kml": kml.format(network).encode(),
        "laughs.xlsx": packed(("[Content_Types].xml", "<Types/>"), ("xl/sharedStrings.xml", sheet)),
        "slip.zip": packed(("../../slipped.geojson", "{}")),
        "absolute.zip": packed(("/tmp/slipped.geojson", "{}")),
        "drive.zip": packed(("C:\\slipped.geojson", "{}")),
        "link.zip": packed(("a.csv", secret), mode=0o120777),
        "bomb.zip": vast("a.csv"),
        "lying_bomb.zip": lying_bomb(),
        "bomb.xlsx": vast("[Content_Types].xml", "xl/a.xml"),
        "crowd.zip": packed(*((f"{i}.csv", "a,b") for i in range(2_100))),
        "broken.zip": packed(("a.csv", "a,b\n1,2"))[:-30],
        "deep.geojson": b'{"type":"FeatureCollection","features":' + b"[" * 200_000,
        "short.shp": shp + bytes(96),
        "broken.gpkg": b"SQLite format 3\x00" + os.urandom(4096),
        "broken.parquet": b"PAR1" + os.urandom(200) + b"PAR1",
        "empty.geojson": b"",
        "program.csv": b"\x7fELF\x02\x01\x01\x00" + bytes(100),
    }


NAMES = sorted(hostile_files("x", "http://127.0.0.1:1/"))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_reads_nothing_and_calls_nobody(
    name: str, tmp_path: Path, secret: Path, listener: Listener
) -> None:
    url = f"http://127.0.0.1:{listener.server_address[1]}/"
    path = tmp_path / name
    path.write_bytes(hostile_files(str(secret), url)[name])
    if name == "network_link.kml":  # a lawful file whose link is simply not followed
        assert len(read(path).frame) <= 1 if _readable(path) else True
    else:
        with pytest.raises(UnreadableFile) as refused:
            read(path)
        assert SECRET not in str(refused.value)
    assert listener.hits == 0
    assert not (tmp_path.parent / "slipped.geojson").exists()
    assert not Path("/tmp/slipped.geojson").exists()


def _readable(path: Path) -> bool:
    try:
        read(path)
    except UnreadableFile:
        return False
    return True


def test_a_name_that_looks_like_a_virtual_path_is_only_a_name(
    tmp_path: Path, listener: Listener
) -> None:
    folder = tmp_path / "vsicurl" / f"http:127.0.0.1:{listener.server_address[1]}"
    folder.mkdir(parents=True)
    path = folder / "zip:x!a?b.csv"
    path.write_text("a,b\n1,2\n")
    assert len(read(path).frame) == 1
    with pytest.raises(GisError):
        read(Path(f"/vsicurl/http://127.0.0.1:{listener.server_address[1]}/x.geojson"))
    assert listener.hits == 0


def test_a_geopackage_whose_view_calls_gdal_functions_gets_nothing(
    tmp_path: Path, secret: Path, listener: Listener
) -> None:
    path = tmp_path / "view.gpkg"
    frame = geopandas.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(113, 37)], crs=4490)
    frame.to_file(path, layer="plain")
    url = f"http://127.0.0.1:{listener.server_address[1]}/x.tif"
    with sqlite3.connect(path) as db:
        db.execute("pragma trusted_schema=1")
        db.execute(
            "create view sly as select fid, geom, "
            f"gdal_get_pixel_value('/vsicurl/{url}', 1, 'pixel', 0, 0) as note from plain"
        )
        db.execute(
            "insert into gpkg_contents (table_name, data_type, identifier, srs_id) "
            "select 'sly', data_type, 'sly', srs_id from gpkg_contents"
        )
        db.execute(
            "insert into gpkg_geometry_columns select 'sly', column_name, geometry_type_name, "
            "srs_id, z, m from gpkg_geometry_columns"
        )
    db.close()
    if _readable_layer(path):
        shown = read(path, source_layer="sly").frame.to_string()
        assert SECRET not in shown
    assert listener.hits == 0


def _readable_layer(path: Path) -> bool:
    try:
        read(path, source_layer="sly")
    except UnreadableFile:
        return False
    return True


def test_the_child_may_open_neither_other_files_nor_the_network(
    tmp_path: Path, secret: Path, listener: Listener
) -> None:
    """The second wall by itself, as if a driver had been fooled."""
    import subprocess
    import sys

    work = tmp_path / "job"
    work.mkdir()
    port = listener.server_address[1]
    script = (
        "import socket, pathlib\n"
        "from gis_app.intake import _sandbox\n"
        f"work = pathlib.Path({str(work)!r})\n"
        "alone, confined = _sandbox.leave_network(), _sandbox.confine(work)\n"
        "(work / 'own').write_text('may write here')\n"
        "def reach(what):\n"
        "    try: what()\n"
        "    except OSError: return False\n"
        "    return True\n"
        f"reads = reach(lambda: open({str(secret)!r}).read())\n"
        "passwd = reach(lambda: open('/etc/passwd').read())\n"
        f"calls = reach(lambda: socket.create_connection(('127.0.0.1', {port}), 2))\n"
        "print(alone, confined, reads, passwd, calls)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    alone, confined, reads, passwd, calls = (w == "True" for w in done.stdout.split())
    if not (alone and confined):
        pytest.skip("this kernel lends neither a network namespace nor Landlock")
    assert (reads, passwd, calls) == (False, False, False)
    assert listener.hits == 0
