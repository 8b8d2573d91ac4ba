"""OGC API – Tiles, Part 1: the assertions of the official suite, by the names it gives them."""

import pytest

VECTOR = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
REGISTERED = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
FAR = 2**31 - 1


def listed(document):
    return [k["href"] for k in document["links"] if k["rel"].startswith(VECTOR)]


@pytest.fixture(scope="module")
def lists(http, collections):
    """The addresses of all lists of tilesets: the landing page's first."""
    found = listed(http.get("/").json())
    return [*found, *(href for each in collections for href in listed(each))]


@pytest.fixture(scope="module")
def templates(http, lists):
    """The addresses of tiles as templates."""
    return [
        k["href"]
        for href in lists
        for tileset in http.get(href).json()["tilesets"]
        for k in tileset["links"]
        if k["rel"] == "item"
    ]


def filled(template, matrix, row, column):
    parts = {"{tileMatrix}": matrix, "{tileRow}": row, "{tileCol}": column}
    for name, value in parts.items():
        assert name in template  # A.3, A.4, A.5
        template = template.replace(name, str(value))
    return template


def test_a_1_the_classes_are_claimed(http):
    base = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/"
    told = set(http.get("/conformance").json()["conformsTo"])
    classes = ("core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt")
    assert {base + name for name in classes} <= told


def test_a_2_to_a_6_tiles_are_found_by_links_and_answer(http, templates):
    assert len(templates) > 10
    for template in templates:
        assert "/tiles/WebMercatorQuad" in template
        answer = http.get(filled(template, 6, 24, 52))  # the tile that holds the sample city
        assert answer.status_code in {200, 204}
        if answer.status_code == 200:
            assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert http.get(filled(templates[0], 6, 24, 52)).status_code == 200


@pytest.mark.parametrize(
    ("row", "column"), [(FAR, FAR), (FAR, 0), (0, FAR), (-1, 0), (0, -1), ("a", 0)]
)
def test_a_7_a_tile_out_of_range_is_not_there(http, templates, row, column):
    for template in templates:
        assert http.get(filled(template, 6, row, column)).status_code in {400, 404}
    assert http.get(filled(templates[0], 30, 0, 0)).status_code in {400, 404}


def test_a_9_a_10_lists_of_tilesets_are_linked_and_each_names_its_matrix_set(http, lists):
    for href in lists:
        assert "/tiles" in href
        for tileset in http.get(href).json()["tilesets"]:
            assert tileset["tileMatrixSetURI"] == REGISTERED
            assert tileset["dataType"] == "vector"
            assert {"crs", "links"} <= set(tileset)


def test_a_12_a_13_the_dataset_and_every_layer_have_tilesets(http, collections, service):
    assert len(listed(http.get("/").json())) == 1
    tiled = {each["id"] for each in collections if listed(each)}
    assert tiled == set(service.registry.layers)


def test_a_23_a_24_the_definition_has_every_tile_address_once(http):
    paths = http.get("/api").json()["paths"]
    names = [op["operationId"] for each in paths.values() for op in each.values()]
    assert len(names) == len(set(names))
    for base in ("", "/collections/{collectionId}"):
        address = f"{base}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
        told = {p["name"]: p for p in paths[address]["get"]["parameters"]}
        assert all(told[n]["required"] for n in ("tileMatrix", "tileRow", "tileCol"))
