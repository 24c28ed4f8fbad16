"""Has one of the files changed? Looks at size and time stamp; needs nothing from the system."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event

POLL = 0.2
"""Seconds between two looks."""
_LONGEST_BURST = 25
"""Looks after which a build is due although files keep changing: five seconds."""

Look = dict[Path, tuple[int, int] | None]


def look_at(paths: Iterable[Path]) -> Look:
    return {path: _state(path) for path in paths}


def _state(path: Path) -> tuple[int, int] | None:
    """None for a file that is gone; editors replace files, so for a moment every file may be."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def settled(watched: Callable[[], Iterable[Path]], look: Look, stop: Event) -> Look:
    """Waits until nothing changes between two looks: saving ten files is one change."""
    for _ in range(_LONGEST_BURST):
        if stop.wait(POLL):
            break
        before, look = look, look_at(watched())
        if look == before:
            break
    return look
