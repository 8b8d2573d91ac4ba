"""Which format a file really is: its first bytes must agree with its suffix.

GDAL goes by content: an XML virtual data set named `.geojson` would be opened as one and read
other files (measured with pyogrio 0.13). So we look first, and say what we expect.
Only the standard library: the child reads this before anything else is imported.
"""

import re
from collections.abc import Callable
from pathlib import Path

FORMATS = {
    ".shp": "shapefile",
    ".gpkg": "geopackage",
    ".fgb": "flatgeobuf",
    ".geojson": "geojson",
    ".json": "geojson",
    ".kml": "kml",
    ".kmz": "kmz",
    ".gdb": "filegdb",
    ".parquet": "geoparquet",
    ".geoparquet": "geoparquet",
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".xlsx": "excel",
    ".xls": "excel",
    ".zip": "zip",
}
DRIVERS = ("ESRI Shapefile", "GPKG", "FlatGeobuf", "GeoJSON", "LIBKML", "KML", "OpenFileGDB")
_HEAD = 4096
_ZIP = b"PK\x03\x04"
_BOMS = (b"\xff\xfe", b"\xfe\xff")


class BadFile(Exception):
    """A file that will not be read: the reason in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en


def format_of(path: Path) -> str:
    """The format of a file or folder, by its suffix and checked by its first bytes.

    Raises `BadFile` when there is no reader for it, or content and suffix disagree.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = " ".join(sorted(FORMATS))
        raise BadFile(
            f"不认识的文件类型“{path.suffix}”。可以读取：{known}",
            f"No reader for files of type {path.suffix!r}. Readable are: {known}",
        )
    if path.is_dir():
        if kind != "filegdb":
            raise BadFile(f"“{path.name}”是文件夹。", f"{path.name!r} is a folder.")
        return kind
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise BadFile(f"文件“{path.name}”是空的。", f"The file {path.name!r} is empty.")
    if not _agrees(kind, head):
        raise BadFile(
            f"文件“{path.name}”的内容不是 {kind}（开头是 {_shown(head)}）。"
            "请用真实的格式和扩展名。",
            f"The content of {path.name!r} is not {kind} (it begins with {_shown(head)}). "
            "Give the file in its true format, with its true suffix.",
        )
    if kind == "kml":
        refuse_entities(path)
    return kind


_LOOKS_LIKE: dict[str, Callable[[bytes, bytes], object]] = {
    "shapefile": lambda head, _: head[:4] == b"\x00\x00\x27\x0a",
    "geopackage": lambda head, _: head[:16] == b"SQLite format 3\x00",
    "flatgeobuf": lambda head, _: head[:3] == b"fgb" and head[4:7] == b"fgb",
    "geojson": lambda _, text: text[:1] == b"{",
    "kml": lambda head, text: text[:1] == b"<" and re.search(rb"<([A-Za-z]\w*:)?kml[\s>]", head),
    "geoparquet": lambda head, _: head[:4] == b"PAR1",
    "excel": lambda head, _: head[:4] in (_ZIP, b"\xd0\xcf\x11\xe0"),
    "zip": lambda head, _: head[:4] == _ZIP,
    "kmz": lambda head, _: head[:4] == _ZIP,
    "filegdb": lambda *_: False,  # a folder, or within a zip
    "csv": lambda head, text: (
        (head[:2] in _BOMS or b"\x00" not in head) and text[:1] not in (b"<", b"{")
    ),
}


def _agrees(kind: str, head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return bool(_LOOKS_LIKE[kind](head, text))


def _shown(head: bytes) -> str:
    return repr(head[:24].decode("ascii", "replace"))


def refuse_entities(path: Path) -> None:
    """Raise `BadFile` for XML with a document type or entities, which may name other files."""
    content = path.read_bytes()
    if content[:2] in _BOMS:
        raise BadFile("KML 须为 UTF-8 编码。", "KML must be encoded in UTF-8.")
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise BadFile(
            "KML 中有 DOCTYPE/ENTITY 声明，不予读取。请用制图软件重新导出。",
            "The KML has a DOCTYPE or ENTITY declaration and is not read. Export it anew.",
        )
