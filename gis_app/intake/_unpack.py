"""Unpack a zip into a folder, refusing every known trick. Standard library only."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from gis_app.intake.sniff import BadFile

MAX_FILES = 2_000
MAX_BYTES = 4 << 30
MAX_RATIO = 200  # real shapefiles pack 3–30 : 1
_FREE_BYTES = 20 << 20  # below this a high ratio does no harm
_CHUNK = 1 << 20


def unpack(archive: Path, folder: Path) -> None:
    """Unpack `archive` into `folder`.

    Raises `BadFile` for paths that leave the folder, links, passwords, too many files,
    too many bytes or a suspicious ratio of compression.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = [e for e in packed.infolist() if not e.is_dir()]
            check_sizes(entries)
            left = MAX_BYTES
            for entry in entries:
                left -= _unpack_one(packed, entry, folder / _safe_name(entry), left)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise BadFile(
            "压缩包已损坏或无法解开。", "The archive is damaged or cannot be unpacked."
        ) from error


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Raise `BadFile` if what an archive declares of itself is out of proportion."""
    if len(entries) > MAX_FILES:
        raise BadFile(
            f"压缩包内有 {len(entries)} 个文件，超过 {MAX_FILES}。",
            f"The archive holds {len(entries)} files, more than {MAX_FILES}.",
        )
    if sum(e.file_size for e in entries) > MAX_BYTES:
        raise BadFile("压缩包解开后过大。", "The archive is too large when unpacked.")
    for entry in entries:
        if entry.flag_bits & 1:
            raise BadFile("压缩包有密码。", "The archive is protected by a password.")
        if entry.file_size > max(_FREE_BYTES, entry.compress_size * MAX_RATIO):
            raise BadFile(
                f"压缩包内“{entry.filename}”的压缩比过高，疑为压缩炸弹。",
                f"{entry.filename!r} in the archive is packed too densely: a zip bomb?",
            )


def _safe_name(entry: zipfile.ZipInfo) -> Path:
    name = _decoded(entry)
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\x00" in name:
        raise BadFile(
            f"压缩包内的路径“{name}”越出了压缩包。",
            f"The path {name!r} in the archive leads out of it.",
        )
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise BadFile(
            f"压缩包内的“{name}”是链接或特殊文件。",
            f"{name!r} in the archive is a link or a special file.",
        )
    return Path(*path.parts)


def _decoded(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & 0x800:  # the archive says UTF-8
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unpack_one(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with packed.open(entry) as source, target.open("xb") as sink:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > min(left, entry.file_size):
                raise BadFile("压缩包解开后过大。", "The archive is too large when unpacked.")
            sink.write(chunk)
    return written
