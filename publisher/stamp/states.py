"""Files as the disk tells of them: a file whose size, times and number are the same holds the same.

With one exception, as every tool that trusts times has it: a file that was written so shortly before it was looked
at that a second writing would carry the same time. Such a file is young, and its hash is what counts.
"""

# Ten thousands of files: plain strings and descriptors instead of Path.

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

State = tuple[int, int, int, int]
"""Size, time of writing, time of the last change of any sort (both in nanoseconds), number on the disk."""
States = dict[str, tuple[State, str]]
"""By path: the state and the SHA-256; of a folder four zeros and no hash."""

INPUTS = ("content", "results", "templates")
FOLDER: State = (0, 0, 0, 0)
UNSEEN: State = (-1, 0, 0, 0)
"""Of a file that nobody looked at since it was written: no file is ever in this state, so it is read."""
_SECOND = 1_000_000_000
_FINE = _SECOND // 20
"""Systems that count finer than seconds count at least fifty times a second."""
COARSE = 2 * _SECOND
"""USB sticks (FAT) count every other second."""


class UnsureError(Exception):
    """Something is no plain file in a plain folder, or cannot be read: nothing is sure."""


def inputs_of(root: Path) -> dict[str, State]:
    """Every file and folder of the inputs, read by the publisher or not. Raises UnsureError at a link."""
    try:
        return dict(_below(os.fspath(root), INPUTS))
    except OSError as error:
        raise UnsureError from error


def _below(root: str, names: Iterable[str]) -> Iterator[tuple[str, State]]:
    """In no order."""
    left = [name for name in names if os.path.lexists(f"{root}/{name}")]
    for name in left:
        yield name, folder_at(f"{root}/{name}")
    while left:
        folder = left.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    left.append(path)
                    yield path, folder_at(f"{root}/{path}")
                else:
                    yield path, state_of(entry.stat(follow_symlinks=False))


def folder_at(full: str) -> State:
    """A junction of Windows is a folder too, and leads elsewhere."""
    found = os.lstat(full)
    if not stat.S_ISDIR(found.st_mode) or getattr(found, "st_reparse_tag", False):
        raise UnsureError(full)
    return FOLDER


@dataclass(frozen=True)
class Seen:
    """Files as they were when each was last known to hold what its hash says, which was not before `at`."""

    states: States = field(default_factory=dict)
    at: int = 0

    def holds(self, path: str, state: State, sum_: str) -> bool:
        """Whether a file that is in a state now holds what the hash says: it need not be read to know."""
        return self.sum_of(path, state) == sum_

    def sum_of(self, path: str, state: State) -> str | None:
        """The hash of a file that is in a state now; none if it has to be read to know."""
        then, sum_ = self.states.get(path, (UNSEEN, ""))
        return sum_ if then == state and not is_young(state, self.at) else None


def state_of(found: os.stat_result) -> State:
    """Raises UnsureError for what is no plain file."""
    if not stat.S_ISREG(found.st_mode):
        raise UnsureError
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def states_of(root: Path, paths: Iterable[str]) -> dict[str, State]:
    """Of these files, and of the folders that they lie in. Raises UnsureError if one is not there."""
    base = os.fspath(root)
    found: dict[str, State] = {}
    try:
        for path in paths:
            above = path.rpartition("/")[0]
            while above and above not in found:
                found[above] = folder_at(f"{base}/{above}")
                above = above.rpartition("/")[0]
            found[path] = state_of(os.lstat(f"{base}/{path}"))
    except OSError as error:
        raise UnsureError from error
    return found


def is_young(state: State, seen: int) -> bool:
    """Written shortly before it was looked at; `seen` is that moment in nanoseconds."""
    changed = max(state[1], state[2])
    return changed >= seen - (_FINE if changed % _SECOND else COARSE)


def hashed(root: Path, states: Mapping[str, State], paths: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of each of the files; none of a folder."""
    base = os.fspath(root)
    try:
        return {path: "" if states[path] == FOLDER else _hash(f"{base}/{path}") for path in paths}
    except OSError as error:
        raise UnsureError from error


def _hash(full: str) -> str:
    file = os.open(full, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    try:
        found = sha256()
        while data := os.read(file, 1 << 20):
            found.update(data)
        return found.hexdigest()
    finally:
        os.close(file)


def fresh_states(root: Path, now: Mapping[str, State], before: States, seen: int) -> States | None:
    """The same files as before, as they are now; None where one is another.

    `seen` is when `before` was looked at. What has another state, or was young, is read.
    """
    if now.keys() != before.keys():
        return None
    doubtful = [path for path, state in now.items() if state != before[path][0] or is_young(state, seen)]
    found = hashed(root, now, doubtful)
    if any(found[path] != before[path][1] for path in doubtful):
        return None
    return {path: (state, before[path][1]) for path, state in now.items()}
