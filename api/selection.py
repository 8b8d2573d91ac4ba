"""Which features of a collection, or which findings, a request asks for: one reading for all."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Query, Request

from api.deps import CollectionId, Conn, Law, RunId, Who
from gis_app import crs as systems
from gis_app.errors import BadInput, NotFound
from gis_app.law import Answer
from gis_app.layer import Collection, Field
from gis_app.rules.subjects import SUBJECTS
from gis_app.store import filters, items, ledger, sources
from gis_app.store.selection import Filters, filterable, query

DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000
_PLAIN = systems.served(None)
# what a request says of itself; whatever else it names is a property
OWN = frozenset({
    "f", "encoding", "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs",
    "sortby", "properties", "skipGeometry", "limit", "after", "words",
})  # fmt: skip


@dataclass(frozen=True)
class Selected:
    """A collection and the query on it."""

    collection: Collection
    query: items.Query


def narrowed(
    request: Request,
    law: Law,
    who: Who,
    collection_id: CollectionId,
    bbox: str | None = None,
    bbox_crs: Annotated[str | None, Query(alias="bbox-crs")] = None,
    datetime: str | None = None,
    text: Annotated[str | None, Query(alias="filter")] = None,
    lang: Annotated[filters.Language, Query(alias="filter-lang")] = "cql2-text",
    filter_crs: Annotated[str | None, Query(alias="filter-crs")] = None,
) -> Selected:
    """Which features a request asks for: what every route that selects them depends on."""
    found = law.collection(collection_id)
    who.require_sight(found.read_by)
    told = Filters(
        bbox=bbox,
        bbox_crs=bbox_crs,
        datetime=datetime,
        filter=text,
        filter_lang=lang,
        filter_crs=filter_crs,
    )
    equal = {k: v for k, v in request.query_params.items() if k not in OWN}
    return Selected(found, query(found, told, equal))


Narrowed = Annotated[Selected, Depends(narrowed)]


def selected(
    chosen: Narrowed,
    crs: str | None = None,
    sortby: str | None = None,
    properties: str | None = None,
    skip_geometry: Annotated[bool, Query(alias="skipGeometry")] = False,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    after: str | None = None,
) -> Selected:
    """A page of the features asked for: in which order, what of them, in which CRS."""
    served = sources.fields(chosen.collection)
    asked = replace(
        chosen.query,
        sort=_sorted(sortby, served),
        properties=None if properties is None else tuple(_names(properties, served)),
        geometry=not skip_geometry,
        crs=systems.served(crs),
        limit=limit,
        after=after,
    )
    return Selected(chosen.collection, asked)


Selection = Annotated[Selected, Depends(selected)]


def open_parameters(request: Request) -> set[str]:
    """The properties that a request may name as parameters."""
    law = request.app.state.gis.registry
    return set(filterable(law.collection(request.path_params["collectionId"])))


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
    parts = [part.strip() for part in text.split(",") if part.strip()]
    # a plus in an address is a blank once decoded
    names = _names(",".join(part.lstrip("+-").strip() for part in parts), served)
    if len(names) != len(parts):
        raise BadInput(
            f"sortby“{text}”应为属性名，可带前缀 + 或 -。",
            f"sortby is property names, with + or - before them, not {text!r}.",
        )
    return tuple((name, part[:1] != "-") for name, part in zip(names, parts, strict=True))


def findings(
    conn: Conn,
    law: Law,
    run_id: RunId,
    closed: bool = False,
    rule: str | None = None,
    answer: Answer | None = None,
    subject: str | None = None,
    text: Annotated[str | None, Query(alias="filter", description="CQL2")] = None,
    lang: Annotated[filters.Language, Query(alias="filter-lang")] = "cql2-text",
) -> ledger.Which:
    """Open findings of the ledger that a run wrote (with `closed`, the closed ones too); `filter`
    is one on the collection of findings.

    Raises `NotFound` for a run or a rule that is not there, `BadInput` for an unknown subject.
    """
    done = ledger.run(conn, run_id)
    if rule is not None and rule not in law.rules:
        raise NotFound(
            f"没有规则“{rule}”。现有：{'、'.join(law.rules)}。",
            f"No rule {rule!r}. There are: {', '.join(law.rules)}.",
        )
    if subject is not None and subject not in SUBJECTS:
        raise BadInput(
            f"subject 没有取值 {subject}。可取：{'、'.join(SUBJECTS)}。",
            f"There is no subject {subject!r}. There are: {', '.join(SUBJECTS)}.",
        )
    condition = None
    if text is not None:
        condition = filters.compiled(text, lang, sources.every_version(law.findings), _PLAIN)
    return ledger.Which(
        ledger=done["ledger"],
        instruments=tuple(done["instruments"]),
        area=done["area"],
        rule=rule,
        answer=answer and answer.value,
        subject=subject,
        closed=closed,
        filter=condition,
    )
