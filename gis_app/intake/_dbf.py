"""In which encoding the texts of a dBase table are written. Standard library only.

GDAL takes a table without `.cpg` for Latin-1; in China it is GBK, and a county's name comes out
as noise. We try UTF-8 strictly, then GB18030 strictly, and never guess further.
"""

from collections.abc import Iterator
from pathlib import Path

from gis_app.intake.sniff import BadFile

_LDID_GBK = 0x4D
_TRIES = ("utf-8", "gb18030")
_MOST_RECORDS = 200_000  # enough to meet every spelling; the rest is decoded with replacement


def encoding_of(shp: Path, told: str | None) -> str:
    """The encoding of the table beside a shapefile: told, named in `.cpg`, or found.

    Raises `BadFile`, naming the option, when the texts cannot be read in it.
    """
    dbf = beside(shp, ".dbf")
    if dbf is None:
        return told or "utf-8"
    texts = list(_texts(dbf))
    claimed = told or _cpg(shp)
    if claimed is not None:
        if not _decodes(texts, claimed):
            fits = next((e for e in _TRIES if _decodes(texts, e)), None)
            hint_zh = (
                f"看来是 {fits}，可用 --encoding {fits}。" if fits else "请用 --encoding 指明编码。"
            )
            hint_en = f"It fits --encoding {fits}." if fits else "Name it with --encoding."
            raise BadFile(
                f"属性表不是所称的 {claimed} 编码。{hint_zh}",
                f"The attribute table is not in {claimed} as stated. {hint_en}",
            )
        return claimed
    for encoding in _TRIES:
        if _decodes(texts, encoding):
            return encoding
    raise BadFile(
        "属性表既不是 UTF-8 也不是 GB18030 编码。请用 --encoding 指明编码（如 big5）。",
        "The attribute table is neither UTF-8 nor GB18030. Name its encoding with --encoding.",
    )


def beside(shp: Path, suffix: str) -> Path | None:
    """The sibling of a shapefile with that suffix in any case, or None."""
    return next(
        (p for p in shp.parent.glob(f"{_escaped(shp.stem)}.*") if p.suffix.lower() == suffix), None
    )


def _escaped(stem: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)


def _cpg(shp: Path) -> str | None:
    cpg = beside(shp, ".cpg")
    if cpg is not None and (name := cpg.read_text("ascii", "ignore").strip()):
        name = name.lower().removeprefix("ansi ").removeprefix("oem ")
        name = f"cp{name}" if name.isdigit() else name
        return "gb18030" if name in {"cp936", "gbk", "gb2312", "cp54936"} else name
    dbf = beside(shp, ".dbf")
    with dbf.open("rb") if dbf else cpg.open("rb") if cpg else shp.open("rb") as file:
        head = file.read(32)
    return "gb18030" if dbf and len(head) == 32 and head[29] == _LDID_GBK else None


def _decodes(texts: list[bytes], encoding: str) -> bool:
    try:
        b"\n".join(texts).decode(encoding)
    except UnicodeDecodeError:
        return all(_decodes_cut(text, encoding) for text in texts)
    except LookupError as error:
        raise BadFile(
            f"没有名为“{encoding}”的编码。", f"There is no encoding {encoding!r}."
        ) from error
    return True


def _decodes_cut(text: bytes, encoding: str) -> bool:
    """Whether a text decodes, if need be without a last character cut by the field's width."""
    for cut in range(4):
        try:
            text[: len(text) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _texts(dbf: Path) -> Iterator[bytes]:
    with dbf.open("rb") as file:
        head = file.read(32)
        size, width = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
        fields = file.read(max(0, size - 32))
        spans, start = [], 1
        for at in range(0, len(fields) - 31, 32):
            if fields[at] == 0x0D:
                break
            yield fields[at : at + 11].split(b"\0")[0]
            if fields[at + 11 : at + 12] in (b"C", b"M"):
                spans.append((start, start + fields[at + 16]))
            start += fields[at + 16]
        seen: set[bytes] = set()
        for _ in range(_MOST_RECORDS):
            if width == 0 or len(record := file.read(width)) < width:
                break
            seen.update(record[a:b].rstrip(b" \0") for a, b in spans)
            if len(seen) > 10_000:
                yield from seen
                seen.clear()
        yield from seen
