"""Which features of a collection are wanted, as people write it: one reading for every door."""

from collections.abc import Mapping
from dataclasses import dataclass

from gis_app import crs as systems
from gis_app.layer import Collection, Field
from gis_app.store import filters, items, params, sources


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which features are wanted, as it was written."""

    bbox: str | None = None
    bbox_crs: str | None = None
    datetime: str | None = None
    filter: str | None = None
    filter_lang: filters.Language = "cql2-text"
    filter_crs: str | None = None


def query(collection: Collection, told: Filters, equal: Mapping[str, str]) -> items.Query:
    """The features in a box, valid on some days, of which a filter and `property=value` hold.

    Raises `BadInput` for what is malformed: never everything.
    """
    start, end = params.days(told.datetime)
    box_crs = systems.served(told.bbox_crs)
    filter_crs = systems.served(told.filter_crs)
    there = sources.source(collection, start, end)
    condition = None
    if told.filter is not None:
        condition = filters.compiled(told.filter, told.filter_lang, there, filter_crs)
    return items.Query(
        boxes=params.boxes(told.bbox, box_crs),
        box_crs=box_crs,
        start=start,
        end=end,
        equal=params.filters(filterable(collection), equal),
        filter=condition,
    )


def filterable(collection: Collection) -> dict[str, Field]:
    """The fields of a collection and what else it is served with; those withheld match nothing."""
    return {f.name: f for f in collection.all_fields} | sources.fields(collection)
