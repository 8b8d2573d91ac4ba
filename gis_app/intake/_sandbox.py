"""What the reading child may not do: other files, the network, endless time or memory.

The allow-list of drivers and the sniffing come first; this is the second wall, as high as the
kernel lets us build it (network namespace, Landlock). Standard library only.
"""

import ctypes
import os
import resource
import sys
import sysconfig
from pathlib import Path

CPU_S = 600
FILE_BYTES = 8 << 30
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_READ = 0b1101  # execute, read file, read folder
_ALL_V1 = 0b1_1111_1111_1111  # every file right of Landlock's first version
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP = 0b11  # bind and connect, from the fourth version


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def limit(memory_bytes: int) -> None:
    """Limit time, size of written files and memory of this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS does not keep it
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def leave_network() -> bool:
    """Move this process into a network of its own, without devices; False where that is barred."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(
        int(libc.unshare(flags)) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)
    )


def confine(folder: Path) -> bool:
    """Leave this process only `folder` and the installed libraries; False where that is barred."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return False
    files = _ALL_V1 | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    rules = _Ruleset(files, _TCP if version >= 4 else 0)
    size = ctypes.c_size_t(16 if version >= 4 else 8)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), size, ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    for place in _library_folders():
        _allow(libc, ruleset, place, _READ)
    _allow(libc, ruleset, folder, files)
    _allow(libc, ruleset, Path("/dev/null"), 0b110)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    done = int(libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0))) == 0
    os.close(ruleset)
    return done


def _library_folders() -> set[Path]:
    here = Path(__file__).resolve().parents[1]  # gis_app
    kept = ("stdlib", "platstdlib", "purelib", "platlib")
    places = {here, *(Path(sysconfig.get_path(name)) for name in kept)}
    places |= {Path(p) for p in ("/usr/lib", "/usr/share/zoneinfo", "/lib", "/lib64")}
    return {p.resolve() for p in places if p.exists()}


def _allow(libc: ctypes.CDLL, ruleset: int, place: Path, rights: int) -> None:
    handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    rule = _Beneath(rights, handle)
    libc.syscall(_ADD_RULE, ruleset, ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint32(0))
    os.close(handle)
