"""How many processors this process may use: of the machine, and of what a container was given of it."""

import os
from math import ceil
from pathlib import Path

_CGROUP = Path("/sys/fs/cgroup")


def processors(cgroup: Path = _CGROUP) -> int:
    """At least one; a part of a processor counts as a whole one."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    share = _share(cgroup) if count > 1 else None
    return min(count, max(1, ceil(share))) if share else count


def _share(cgroup: Path) -> float | None:
    """Work allowed in a period over its length, both in microseconds; none: no limit (Linux, cgroups v2 or v1)."""
    try:
        try:
            quota, period = (cgroup / "cpu.max").read_text("ascii").split()
        except FileNotFoundError:
            names = ("cpu.cfs_quota_us", "cpu.cfs_period_us")
            quota, period = ((cgroup / "cpu" / name).read_text("ascii") for name in names)
        share = int(quota) / int(period)
    except (OSError, ValueError, ZeroDivisionError):
        return None  # also "max", the word for no limit
    return share if share > 0 else None
