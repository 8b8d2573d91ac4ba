"""Filters as a careless or hostile caller writes them: right, nearly right and wild.

Every literal carries a mark, so that one that came into the text of a statement is seen there.
"""

import json
from typing import Any

import cql2
from hypothesis import strategies as st

MARKS = ("zqz", "7311")
Tree = st.SearchStrategy[Any]


def op(name: str, *args: Tree) -> Tree:
    """An operator and its arguments."""
    return st.tuples(*args).map(lambda drawn: {"op": name, "args": list(drawn)})


_WORDS = (
    "", "'", "''; drop table gis.well; --", "\\", "%", "_", '"', "井", "\x00", "$1", "%(x)s", ":x",
    "/*", "\u202e", "😀", "\\'",
)  # fmt: skip
_words = st.sampled_from(_WORDS)
_texts = st.builds(lambda before, after: f"{before}zqz{after}", _words, _words)
_numbers = st.sampled_from([7311, -7311.5, 73.11e2, 7311e300, 0.7311e-300, 73110000000000000000])
_good_days = st.sampled_from(["7311-01-31", "1999-12-31"])
_days = _good_days | st.sampled_from(["7311-02-30", "zqz", "73110131", "..", "0000-00-00"])
_good_instants = st.sampled_from(["7311-01-01T00:00:00Z", "0001-01-01T00:00:00Z"])
_instants = _good_instants | st.sampled_from(["7311-13-01T00:00:00Z", "7311-01-01", "zqz"])
_TEXTS = ("code", "name", "remark")
_NUMBERS = ("depth_m", "annual_permitted_m3", "uncertainty_m")
_OTHERS = ("status", "self_supply", "completed_on", "geometry", "geom", "owner_uscc", "zqz", "")


def _names(names: tuple[str, ...]) -> Tree:
    return st.sampled_from(names).map(lambda name: {"property": name})


_degrees = st.sampled_from([113.7311, 37.7311, 37.9, 0.7311, -73.11, 7311.0, -7311e4])
_position = st.lists(_degrees, min_size=2, max_size=3)
_corners = st.lists(_position, max_size=5)
_shapes = st.one_of(
    st.sampled_from([[113.7311, 37.9], [114, 37.7311]]).map(
        lambda at: {"type": "Point", "coordinates": at}
    ),
    st.sampled_from([[113, 37, 113.7311, 38], [170, 0.7311, -170, 90]]).map(
        lambda box: {"bbox": box}
    ),
    _position.map(lambda at: {"type": "Point", "coordinates": at}),
    _corners.map(lambda at: {"type": "LineString", "coordinates": at}),
    _corners.map(lambda at: {"type": "Polygon", "coordinates": [[*at, *at[:1]]]}),
    st.lists(_degrees, min_size=3, max_size=6).map(lambda box: {"bbox": box}),
)
_ends = _days | _instants | _names(("completed_on", "depth_m"))
_moments = st.one_of(
    _good_days.map(lambda day: {"date": day}),
    _good_instants.map(lambda instant: {"timestamp": instant}),
    _good_days.map(lambda day: {"interval": ["..", day]}),
    _days.map(lambda day: {"date": day}),
    _instants.map(lambda instant: {"timestamp": instant}),
    st.lists(_ends, min_size=1, max_size=3).map(lambda ends: {"interval": ends}),
)
_OPS = (
    "+", "-", "*", "/", "%", "div", "^", "casei", "accenti", "zqz", "and", "=", "like", "in",
    "s_within", "t_after", "pg_sleep", "a_contains",
)  # fmt: skip
_wild = st.recursive(
    st.one_of(
        _names((*_TEXTS, *_NUMBERS, *_OTHERS)), _texts, _numbers, st.booleans(), st.none(),
        _moments, _shapes,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.builds(
            lambda name, args: {"op": name, "args": args},
            st.sampled_from(_OPS),
            st.lists(inner, max_size=3),
        ),
    ),
    max_leaves=6,
)  # fmt: skip
_text, _number = _names(_TEXTS), _names(_NUMBERS)
_day, _place = _names(("completed_on",)), _names(("geometry", "geom"))
_sums = st.recursive(
    _number | _numbers,
    lambda inner: st.one_of(*(op(name, inner, inner) for name in ("+", "-", "*", "/", "%", "^"))),
    max_leaves=4,
)
_folded = st.one_of(_text, op("casei", _text), op("accenti", op("casei", _text)))
_compare = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
_relation = st.sampled_from(["s_intersects", "s_within", "s_touches", "s_crosses", "s_disjoint"])
_period = st.sampled_from(["t_after", "t_during", "t_meets", "t_intersects", "t_finishedBy"])
_sensible = st.one_of(
    _compare.flatmap(lambda name: op(name, _folded, _texts)),
    _compare.flatmap(lambda name: op(name, _sums, _sums)),
    _compare.flatmap(lambda name: op(name, _day, _moments)),
    op("like", _folded, _texts),
    op("in", _text, st.lists(_texts, max_size=3)),
    op("between", _sums, _sums, _sums),
    op("isNull", _names((*_TEXTS, *_NUMBERS, *_OTHERS))),
    _relation.flatmap(lambda name: op(name, _place, _shapes)),
    _period.flatmap(lambda name: op(name, _day, _moments)),
    _names(("self_supply",)),
)
_conditions = st.recursive(
    st.integers(0, 7).flatmap(lambda n: _sensible if n else _wild),
    lambda inner: st.one_of(op("and", inner, inner), op("or", inner, inner), op("not", inner)),
    max_leaves=4,
)
in_json: st.SearchStrategy[str] = _conditions.map(json.dumps)

_TOKENS = (
    "(", ")", ",", "and", "or", "not", "=", "<>", "like", "in", "between", "is null", "'", '"', "-",
    "div", "%", "^", "casei(", "s_within(", "point(", "bbox(", "polygon((", "date(", "\\", "--",
    ";", "interval('..',", "true", "null", "zqz", "7311", "\x00", "井",
)  # fmt: skip


@st.composite
def in_text(draw: st.DrawFn) -> str:
    """A condition as text; one in three with a few tokens put in or signs taken out."""
    text = _written(draw(_conditions))
    if draw(st.integers(0, 2)):
        return text
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        if draw(st.booleans()):
            text = f"{text[:at]} {draw(st.sampled_from(_TOKENS))} {text[at:]}"
        else:
            text = text[:at] + text[at + draw(st.integers(1, 8)) :]
    return text


def _written(tree: Any) -> str:
    try:
        return cql2.parse_json(json.dumps(tree)).to_text()
    except Exception:  # what has no text form is asked as it is
        return json.dumps(tree)
