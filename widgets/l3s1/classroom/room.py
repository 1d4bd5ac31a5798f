"""Whether there is memory for another student, on a machine or in a container."""

from __future__ import annotations

from pathlib import Path

import psutil  # type: ignore[import-untyped]

CGROUP = Path("/sys/fs/cgroup")
"""Where Linux says what a container may use and uses (version 2)."""

NEEDED_MIB = 250.0
"""What has to be free before a page is given a kernel: that kernel with its figures, and some air.

A machine that runs out of memory ends processes of everybody's; better that one student waits.
"""


def available_mib(cgroup: Path = CGROUP) -> float:
    """Memory that is free for use, MiB: the machine's, or what is left of a container's limit."""
    machine = float(psutil.virtual_memory().available)
    limit, used = _read(cgroup / "memory.max"), _read(cgroup / "memory.current")
    if limit is None or used is None:
        return machine / 2**20
    # files that are only cached count as used and are given back when somebody needs the room
    cached = _cached(cgroup / "memory.stat")
    return min(machine, limit - used + cached) / 2**20


def _read(path: Path) -> float | None:
    """A number of bytes; None where there is no file, or no limit ('max')."""
    try:
        return float(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _cached(path: Path) -> float:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    numbers = dict(line.split(" ", 1) for line in lines if " " in line)
    return float(numbers.get("inactive_file", 0.0))
