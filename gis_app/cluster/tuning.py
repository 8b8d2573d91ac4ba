"""The settings of a private cluster, from the memory and the cores of the machine."""

import os
from pathlib import Path

MB = 1 << 20
CGROUP_LIMITS = (
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
)
# From PostgreSQL 15 on, if built so. The first change of a page after a checkpoint is logged with
# the whole page: 2,000 scattered wells moved took 2.4 times the CPU with `on`.
WHERE_TAKEN = {"wal_compression": "lz4"}
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def memory_mb() -> int:
    """What this process may use of the machine's memory, a container's limit included."""
    limit = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for name in CGROUP_LIMITS:
        path = Path(name)
        said = path.read_text(encoding="ascii").strip() if path.is_file() else "max"
        if said.isdigit():
            limit = min(limit, int(said))
    return max(limit // MB, 256)


def settings(memory: int, processors: int, *, durable: bool = True) -> dict[str, str]:
    """Server settings for so many MB and cores; not `durable` trades safety for speed."""
    shared = min(memory // 4, 8192 if durable else 512)
    chosen = {
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{memory * 7 // 10}MB",
        "work_mem": f"{_between(8, memory // 128, 64)}MB",
        "maintenance_work_mem": f"{_between(64, memory // 16, 1024)}MB",
        "max_wal_size": "4GB",
        "wal_compression": "on",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",  # compiling a spatial plan costs more than it saves
        "max_worker_processes": str(max(8, processors * 2)),
        "max_parallel_workers": str(processors),
        "max_parallel_workers_per_gather": str(processors),
        "max_parallel_maintenance_workers": str(max(1, processors // 2)),
        "parallel_setup_cost": "200",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%u@%d ",
    }
    if _small_shm():
        # a container's /dev/shm of 64 MB makes parallel queries fail with "No space left on device"
        chosen["dynamic_shared_memory_type"] = "mmap"
    return chosen if durable else chosen | UNSAFE


def render(chosen: dict[str, str]) -> str:
    """The text of a configuration file; values are quoted as PostgreSQL reads them."""
    lines = ["# Written by gis-app at every start. Put your own settings after the include line."]
    for name, value in chosen.items():
        quoted = value.replace("\\", "\\\\").replace("'", "''")
        lines.append(f"{name} = '{quoted}'")
    return "\n".join(lines) + "\n"


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))


def _small_shm() -> bool:
    shm = Path("/dev/shm")  # noqa: S108
    if not shm.is_dir():
        return False
    there = os.statvfs(shm)
    return there.f_blocks * there.f_frsize < 512 * MB
