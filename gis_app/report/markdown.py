"""Tables, lists and links of the generated pages."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; an empty cell is a dash."""
    lines = [_line(heads), "|" + "--|" * len(heads)]
    return [*lines, *(_line([cell or "—" for cell in row]) for row in rows)]


def codes(names: Iterable[str]) -> str:
    """Names as code, one after another."""
    return "、".join(f"`{name}`" for name in names)


def linked(title: str) -> str:
    """A link to the heading of that title on the same page."""
    kept = "".join(c for c in title.lower() if c.isalnum() or c in " -_")
    return f"[{title}](#{kept.replace(' ', '-')})"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
