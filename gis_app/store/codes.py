"""Codes that are written otherwise and mean the same: full-width, other dashes, spaces."""

import unicodedata
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, text

# hyphens and dashes that Unicode does not hold for the same, then what takes no room
_DASHES, _UNSEEN = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "\u200b\ufeff \t\r\n"
_TABLE = str.maketrans(_DASHES, "-" * len(_DASHES), _UNSEEN)
_BEARERS = {"well": "gis.well", "permit": "(select distinct number as code from gis.permit)"}
_ALIKE = """
    select a.code as asked, b.code, gis.plain_code(b.code) = gis.plain_code(a.code) as same
    from unnest(cast(:codes as text[])) a (code)
    join {bearers} b on lower(gis.plain_code(b.code)) = lower(gis.plain_code(a.code))
      and b.code <> a.code
    order by 1, 2
"""


def plain(code: str) -> str:
    """A code as it is compared (as gis.plain_code): half-width, plain hyphens, no spaces."""
    return unicodedata.normalize("NFKC", code).translate(_TABLE)


def alike(conn: Connection, kind: str, codes: Sequence[str]) -> Sequence[RowMapping]:
    """The wells, or permits (by number), whose codes differ from these in how they are written only
    (`same`), or in case as well: asked, code, same.
    """
    statement = _ALIKE.format(bearers=_BEARERS[kind])
    return conn.execute(text(statement), {"codes": list(codes)}).mappings().all()
