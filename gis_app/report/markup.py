"""HTML made of elements: every text is escaped unless it is markup already."""

from collections.abc import Collection, Sequence
from html import escape


class Html(str):
    """Markup, safe to stand in a page as it is."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str) -> Html:
    """One element; a child that is not `Html` is text. `class_` is class, `font_size` font-size."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return Html(f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: str) -> Html:
    """Children one after another, texts escaped."""
    return Html("".join(c if isinstance(c, Html) else escape(c) for c in children))


def row(*cells: str, name: str = "td", numbers: Collection[int] = ()) -> Html:
    """A table row; `numbers` are the cells (from 0) that hold numbers."""
    made = (
        element(name, cell, class_="number" if n in numbers else "") for n, cell in enumerate(cells)
    )
    return element("tr", *made)


def table(heads: Sequence[str], rows: Sequence[Html], class_: str = "") -> Html:
    """A table with a head that is repeated on every page."""
    return element(
        "table", element("thead", row(*heads, name="th")), element("tbody", *rows), class_=class_
    )
