"""Which features of a collection a request asks for: one reading of the parameters, for all."""

from collections.abc import Mapping

from fastapi import Request

from api import params
from api.deps import Conn, Law
from gis_app.errors import BadInput, NotFound
from gis_app.law import Answer
from gis_app.layer import Field, Layer, Register
from gis_app.rules.subjects import SUBJECTS
from gis_app.store import items, ledger, sources

# what is no property, whatever the collection
OWN = frozenset({"bbox", "datetime", "limit", "after", "f", "encoding"})


def features(
    request: Request,
    law: Law,
    layer: str,
    bbox: str | None = None,
    datetime: str | None = None,
) -> items.Query:
    """The features that a request asks for: what every route that selects them depends on."""
    return query(law.collection(layer), bbox, datetime, request.query_params)


def query(
    collection: Layer | Register,
    bbox: str | None,
    datetime: str | None,
    given: Mapping[str, str],
) -> items.Query:
    """The features in a box, valid on some days, and equal in `property=value`.

    Of `given`, all that is said of a request, the names of properties count. Raises `BadInput` for
    what is malformed.
    """
    start, end = params.days(datetime)
    asked = {name: text for name, text in given.items() if name not in OWN}
    return items.Query(
        boxes=params.boxes(bbox),
        start=start,
        end=end,
        equal=params.filters(filterable(collection), asked),
    )


def filterable(collection: Layer | Register) -> dict[str, Field]:
    """The properties of a collection that may be asked for by value."""
    return {f.name: f for f in collection.all_fields} | sources.fields(collection)


def open_parameters(request: Request) -> set[str]:
    """The names of the properties that this request's collection may be asked for."""
    law = request.app.state.gis.registry
    return set(filterable(law.collection(request.path_params["layer"])))


def findings(
    conn: Conn,
    law: Law,
    run_id: int,
    closed: bool = False,
    rule: str | None = None,
    answer: Answer | None = None,
    subject: str | None = None,
) -> ledger.Which:
    """Open findings of the ledger that a run wrote (with `closed`, the closed ones too).

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
    return ledger.Which(
        ledger=done["ledger"],
        instruments=tuple(done["instruments"]),
        area=done["area"],
        rule=rule,
        answer=answer and answer.value,
        subject=subject,
        closed=closed,
    )
