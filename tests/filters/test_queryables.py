"""What may be filtered by is told for every collection, and is true."""

import jsonschema
import pytest

from api.schemas import queryables
from gis_app.errors import BadInput
from gis_app.store.sources import fields, source
from tests.filters.asking import LAW, condition

EVERY = [*LAW.layers.values(), *LAW.registers.values()]


@pytest.mark.parametrize("collection", EVERY, ids=lambda each: each.id)
def test_all_that_is_told_may_be_filtered_by_and_nothing_else(collection):
    told = queryables(collection)
    jsonschema.Draft202012Validator.check_schema(told)
    assert told["additionalProperties"] is False
    for name in told["properties"]:
        condition(f'"{name}" IS NULL', source(collection))
    declared = {f.name for f in collection.all_fields} | set(fields(collection))
    for name in declared - set(told["properties"]):  # the numbers that name a person
        with pytest.raises(BadInput):
            condition(f'"{name}" IS NULL', source(collection))
    kept = collection.geometry != "none"
    assert ("geometry" in told["properties"]) is kept


def test_the_place_has_the_form_of_the_collection():
    formats = {
        each.id: queryables(each)["properties"].get("geometry", {}).get("format") for each in EVERY
    }
    assert formats["well"] == "geometry-point"
    assert formats["district"] == "geometry-polygon-or-multipolygon"
    assert formats["site"] == "geometry-any"
    assert formats["permit"] is None
