"""What is wrong with the values of matched rows; shapes are judged in `geometry` and `place`."""

import pandas as pd

from gis_app.errors import BadInput
from gis_app.intake.match import Matched, key_of
from gis_app.intake.problem import Problems
from gis_app.intake.typed import MOST_INTEGER
from gis_app.layer import Collection, Field

# what the database takes where a field declares no bound of its own
_BOUNDS = {"number": (-1e15, 1e15), "integer": (-MOST_INTEGER, MOST_INTEGER)}


def nameless() -> BadInput:
    """What to say of corner points that do not say to which zone they belong."""
    return BadInput(
        "拐点表需要说明每个点属于哪个区：--map name=列名。",
        "A table of corners must say to which zone each belongs: --map name=column.",
    )


def check_values(
    matched: Matched, collection: Collection, known: pd.Series, problems: Problems
) -> None:
    """Required fields, ranges and order; `known` marks rows that refresh what is registered."""
    for field in collection.all_fields:
        if field.name in matched.values:
            _range(matched, field, problems)
        if field.required:
            keeps = known if field.name not in key_of(collection) else known & False
            _required(matched, field, keeps, problems)
    for first, second in collection.in_order():
        _order(matched, first, second, problems)
    if collection.geometry == "polygon":
        _approved(matched, problems)


def _required(matched: Matched, field: Field, keeps: pd.Series, problems: Problems) -> None:
    """`keeps` marks rows in which a blank changes nothing."""
    if field.name not in matched.values:
        if keeps.all() and len(keeps):
            return
        problems.add(
            "required_missing",
            "refuse",
            f"文件里没有“{field.zh}”一列（可用 --map {field.name}=列名）",
            f"The file has no column for {field.en!r} (use --map {field.name}=column)",
        )
        return
    header = matched.columns.get(field.name)
    blank = matched.values[field.name].isna() & ~keeps
    if header is not None:  # what could not be read is not missing as well
        blank &= ~blank.index.isin(list(problems.refused_rows(header)))
    problems.add_rows(
        ("required_missing", "refuse"),
        (f"缺少{field.zh}", f"The {field.en} is missing"),
        matched.values.index[blank],
        column=header,
    )


def _range(matched: Matched, field: Field, problems: Problems) -> None:
    if field.kind not in {"number", "integer"}:
        return
    numbers = pd.to_numeric(matched.values[field.name]).astype("float64")
    widest = _BOUNDS[field.kind]
    low = widest[0] if field.minimum is None else field.minimum
    high = widest[1] if field.maximum is None else field.maximum
    outside = (numbers < low) | (numbers > high)
    unit = field.unit or ""
    problems.add_rows(
        ("out_of_range", "refuse"),
        (
            f"{field.zh}须在 {low:g} 至 {high:g} {unit} 之间；请更正，不详的留空",
            f"The {field.en} must lie between {low:g} and {high:g} {unit}: correct it, or leave it "
            "blank if unknown",
        ),
        matched.values.index[outside],
        column=matched.columns.get(field.name),
        value=[f"{n:g}" for n in numbers[outside]],
    )


def _order(matched: Matched, first: Field, second: Field, problems: Problems) -> None:
    values = matched.values
    if first.name not in values or second.name not in values:
        return
    days = first.kind == "date"
    one, other = (
        pd.to_datetime(values[f.name]) if days else pd.to_numeric(values[f.name])
        for f in (first, second)
    )
    wrong = (other < one).to_numpy(dtype=bool)
    pairs = list(zip(values[first.name][wrong], values[second.name][wrong], strict=True))
    zh, en = ("早于", "comes before") if days else ("小于", "is less than")
    problems.add_rows(
        ("dates_reversed" if days else "depths_reversed", "refuse"),
        (
            [f"{second.zh}（{e}）{zh}{first.zh}（{s}），请核对两栏" for s, e in pairs],
            [f"{second.en} ({e}) {en} {first.en} ({s}): check both" for s, e in pairs],
        ),
        values.index[wrong],
        column=matched.columns.get(second.name),
        value=[str(end) for _, end in pairs],
    )


def _approved(matched: Matched, problems: Problems) -> None:
    values = matched.values
    nothing = pd.Series(None, index=values.index, dtype=object)
    status, since = values.get("law_status", nothing), values.get("valid_from", nothing)
    problems.add_rows(
        ("required_missing", "refuse"),
        ("已批准的区划须有生效日期", "An approved zone needs the day it comes into force"),
        values.index[((status == "approved") & since.isna()).to_numpy()],
        column=matched.columns.get("valid_from"),
    )
