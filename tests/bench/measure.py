"""Timing: CPU and wall time of a database cluster and of fresh processes, repeated, with spread."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Measure:
    """Repeated measurements of one piece of work, in seconds."""

    name: str
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def add(self, cpu: float, wall: float) -> None:
        """One more repetition."""
        self.cpu.append(cpu)
        self.wall.append(wall)

    def told(self, values: list[float]) -> str:
        """Median and range."""
        return f"{median(values):.3g} ({min(values):.3g}–{max(values):.3g})"


def family_cpu(parent: int) -> float:
    """CPU seconds used so far by a process (a postmaster, a server of several processes), its
    living children and those that have ended.
    """
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(stat.parent.name) == parent:
            total += sum(int(f) for f in fields[11:15])  # with the children it has reaped
        elif int(fields[1]) == parent:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


def timed(measure: Measure, postmaster: int, work: Callable[[], object]) -> None:
    """Run work and add the CPU of this process and of the cluster, and the wall time."""
    cpu, own, wall = family_cpu(postmaster), time.process_time(), time.perf_counter()
    work()
    measure.add(
        family_cpu(postmaster) - cpu + time.process_time() - own, time.perf_counter() - wall
    )


def fresh_process(measure: Measure, code: str, *arguments: str) -> str:
    """Run Python code in a process of its own; it prints `cpu wall answer` last."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    cpu, wall, answer = done.stdout.strip().splitlines()[-1].split()
    measure.add(float(cpu), float(wall))
    return answer
