"""What the service says of its tiles: OGC API – Tiles, TileJSON, styles."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import morecantile
import pytest

from api.tiles import sets
from tests.database import dsn
from tests.ports import free_port
from tests.tiles.reading import read, tile_of
from tests.tiles.workers import until_listening

VECTOR = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
PLACES = [tile_of(113.58, 37.86, z) for z in (4, 9, 10, 11, 12, 14, 16)]


def _links(document, rel):
    return [each for each in document["links"] if each["rel"] == rel]


@pytest.mark.parametrize("base", ["", "/collections/well", "/collections/spring_domain"])
def test_a_tileset_leads_from_its_list_to_its_tiles_and_its_matrix_set(http, service, base):
    listed = http.get(f"{base}/tiles").json()
    assert _links(listed, "self")[0]["href"] == f"{service.url}{base}/tiles"
    [entry] = listed["tilesets"]
    whole = http.get(_links(entry, "self")[0]["href"]).json()
    for document in (entry, whole):
        assert document["tileMatrixSetURI"] == URI
        assert document["dataType"] == "vector"
        [scheme] = _links(document, SCHEME)
        assert http.get(scheme["href"]).json()["id"] == "WebMercatorQuad"
        [item] = _links(document, "item")
        assert item["templated"] is True
        assert item["type"] == "application/vnd.mapbox-vector-tile"
        z, x, y = tile_of(113.6, 37.9, 8)
        url = item["href"].replace("{tileMatrix}", str(z))
        answer = http.get(url.replace("{tileRow}", str(y)).replace("{tileCol}", str(x)))
        assert answer.status_code == 200
        far = item["href"].replace("{tileMatrix}", str(z)).replace("{tileRow}", "2147483647")
        assert http.get(far.replace("{tileCol}", str(x))).status_code == 404
    assert whole["layers"]


def test_the_matrix_set_is_webmercatorquad_as_far_as_there_are_tiles(http):
    listed = http.get("/tileMatrixSets").json()["tileMatrixSets"]
    assert [(each["id"], each["uri"]) for each in listed] == [("WebMercatorQuad", URI)]
    told = http.get(_links(listed[0], "self")[0]["href"]).json()
    read_back = morecantile.TileMatrixSet.model_validate(told)
    true = morecantile.tms.get("WebMercatorQuad")
    assert read_back.maxzoom == 22
    for z in (0, 9, 22):
        assert read_back.xy_bounds(0, 0, z) == true.xy_bounds(0, 0, z)
    for matrix in told["tileMatrices"]:
        assert matrix["matrixWidth"] == 2 ** int(matrix["id"])


@pytest.mark.parametrize("layer", [None, "well", "overdraft_zone", "district"])
def test_tilejson_declares_what_is_in_the_tiles(http, layer):
    base = "" if layer is None else f"/collections/{layer}"
    told = http.get(f"{base}/tiles/WebMercatorQuad/tilejson.json").json()
    declared = {each["id"]: each for each in told["vector_layers"]}
    seen = set()
    for address in PLACES:
        for name, features in read(http, layer, address).items():
            seen.add(name)
            assert declared[name]["minzoom"] <= address[0] <= declared[name]["maxzoom"]
            for feature in features:
                assert set(feature["properties"]) <= set(declared[name]["fields"])
    assert seen
    assert (told["minzoom"], told["maxzoom"]) == (0, 16)
    z, x, y = PLACES[0]
    url = told["tiles"][0].replace("{z}", str(z)).replace("{y}", str(y)).replace("{x}", str(x))
    assert http.get(url).status_code == 200


def test_styles_draw_every_source_layer_of_their_tilejson_and_no_other(http, service):
    for base in ("", *(f"/collections/{layer}" for layer in service.registry.layers)):
        answer = http.get(f"{base}/style")
        assert answer.headers["content-type"].startswith("application/vnd.mapbox.style+json")
        made = answer.json()
        [(source, told)] = made["sources"].items()
        declared = {each["id"] for each in http.get(told["url"]).json()["vector_layers"]}
        assert {each["source-layer"] for each in made["layers"]} == declared
        assert {each["source"] for each in made["layers"]} == {source}
        ids = [each["id"] for each in made["layers"]]
        assert len(ids) == len(set(ids))


def test_every_tile_address_is_described_for_machines(http):
    paths = http.get("/openapi.json").json()["paths"]
    for base in ("", "/collections/{collectionId}"):
        described = paths[f"{base}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"]
        names = {each["name"] for each in described["get"]["parameters"]}
        assert {"tileMatrix", "tileRow", "tileCol", "datetime"} <= names
        assert (
            "application/vnd.mapbox-vector-tile" in described["get"]["responses"]["200"]["content"]
        )
    assert all(each.startswith("http://www.opengis.net/spec/") for each in sets.CONFORMANCE)


def test_serve_answers_tiles_from_all_its_processes(fresh_database, tmp_path):
    port = free_port()
    url = dsn(fresh_database)
    server = subprocess.Popen(
        [sys.executable, "-c", "from gis_app.cli import app; app()", "serve", "--port", str(port),
         "--workers", "2"],
        env={**os.environ, "GIS_DATABASE_URL": url, "GIS_HOME": str(tmp_path)},
        start_new_session=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        until_listening(address)

        def ask(_: int) -> int:
            tile = httpx.get(f"{address}/collections/well/tiles/WebMercatorQuad/0/0/0")
            assert tile.status_code == 204
            return int(httpx.get(f"{address}/healthz/tiles").json()["process"])

        seen: set[int] = set()
        until = time.monotonic() + 60
        with ThreadPoolExecutor(8) as pool:
            while len(seen) < 2 and time.monotonic() < until:
                seen |= set(pool.map(ask, range(16)))
        assert len(seen) == 2
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
