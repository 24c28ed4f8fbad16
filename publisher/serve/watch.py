"""Has one of the files changed? Asks the disk of each; needs nothing from the system."""

import os
from collections.abc import Iterable

POLL = 0.05
"""Seconds between two looks; a look at two hundred files takes half a thousandth."""

Look = dict[str, tuple[int, ...] | None]


def look_at(paths: Iterable[str]) -> Look:
    return {path: _state(path) for path in paths}


def _state(path: str) -> tuple[int, ...] | None:
    """None for a file that is gone; editors replace files, so for a moment every file may be.

    A file put in the place of another may have its size and its time: it has a number of its own.
    """
    try:
        found = os.stat(path)  # noqa: PTH116  (of all inputs, twenty times a second)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns
