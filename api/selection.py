"""What a request asks of a collection: which features, and what of them, parsed strictly."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request

from api import params
from api.deps import CollectionId, Law
from gis_app import crs as systems
from gis_app.errors import BadInput
from gis_app.layer import Field, Layer, Register
from gis_app.store import filters, items, sources

DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000
# the parameters of every selection; whatever else a request names is a property
OWN = {
    "f", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs", "sortby",
    "properties", "skipGeometry", "limit", "after",
}  # fmt: skip


@dataclass(frozen=True)
class Selected:
    """A collection and the query on it."""

    collection: Layer | Register
    query: items.Query


def selected(
    request: Request,
    law: Law,
    collection_id: CollectionId,
    bbox: str | None = None,
    bbox_crs: Annotated[str | None, Query(alias="bbox-crs")] = None,
    datetime: str | None = None,
    text: Annotated[str | None, Query(alias="filter")] = None,
    lang: Annotated[filters.Language, Query(alias="filter-lang")] = "cql2-text",
    filter_crs: Annotated[str | None, Query(alias="filter-crs")] = None,
    crs: str | None = None,
    sortby: str | None = None,
    properties: str | None = None,
    skip_geometry: Annotated[bool, Query(alias="skipGeometry")] = False,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    after: str | None = None,
) -> Selected:
    """The selection of a request: by box, time, filter and properties; its order and its CRS."""
    found = law.collection(collection_id)
    start, end = params.days(datetime)
    there = sources.source(found, start, end)
    served = {name: each.field for name, each in there.properties.items()}
    spoken = systems.served(filter_crs)
    box_crs = systems.served(bbox_crs)
    beyond = {k: v for k, v in request.query_params.items() if k not in OWN}
    query = items.Query(
        boxes=params.boxes(bbox, box_crs),
        box_crs=box_crs,
        start=start,
        end=end,
        equal=params.filters(filterable(found), beyond),
        filter=None if text is None else filters.compiled(text, lang, there, spoken),
        sort=_sorted(sortby, served),
        properties=None if properties is None else tuple(_names(properties, served)),
        geometry=not skip_geometry,
        crs=systems.served(crs),
        limit=limit,
        after=after,
    )
    return Selected(found, query)


Selection = Annotated[Selected, Depends(selected)]


def open_parameters(request: Request) -> set[str]:
    """The properties that a request may name as parameters."""
    law = request.app.state.gis.registry
    return set(filterable(law.collection(request.path_params["collectionId"])))


def filterable(collection: Layer | Register) -> dict[str, Field]:
    """The fields of a collection and what else it is served with; those withheld match nothing."""
    return {f.name: f for f in collection.all_fields} | sources.fields(collection)


def _names(text: str, served: dict[str, Field]) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in served]
    if unknown:
        raise BadInput(
            f"没有属性 {'、'.join(unknown)}。可用：{'、'.join(served)}。",
            f"No property {', '.join(unknown)}. There are: {', '.join(served)}.",
        )
    return names


def _sorted(text: str | None, served: dict[str, Field]) -> tuple[tuple[str, bool], ...]:
    if text is None:
        return ()
    parts = [part.strip() for part in text.split(",")]
    # a plus in an address is a blank once decoded
    names = _names(",".join(part.lstrip("+-").strip() for part in parts), served)
    return tuple((name, part[:1] != "-") for name, part in zip(names, parts, strict=True))
