"""What stands in the site's folder now. Reads only, and never through a link."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from publisher.addresses import SUMS
from publisher.stamp import State, UnsureError, state_of
from publisher.write.paths import WORK, listed_in_journal, listed_in_sums, one_name

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Kind(Enum):
    ABSENT = "absent"
    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    WALL = "wall"
    """Neither file nor folder, or something below a file that is not ours."""


def contents(full: str, size: int) -> bytes:
    """A whole file whose size is known; longer when it grew meanwhile."""
    file = os.open(full, _READ)
    try:
        data = os.read(file, size + 1)
        while len(data) <= size and (more := os.read(file, size + 1 - len(data))):
            data += more
        return data
    finally:
        os.close(file)


def _kind(full: str) -> tuple[Kind, int]:
    try:
        found = os.lstat(full)
    except (FileNotFoundError, NotADirectoryError):
        return Kind.ABSENT, 0
    if stat.S_ISREG(found.st_mode):
        return Kind.FILE, found.st_size
    if stat.S_ISDIR(found.st_mode):
        # A junction of Windows is a folder to lstat() and leads elsewhere all the same.
        junction = getattr(found, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
        return (Kind.LINK if junction else Kind.FOLDER), 0
    return (Kind.LINK if stat.S_ISLNK(found.st_mode) else Kind.WALL), 0


def _read(full: str) -> bytes | None:
    kind, size = _kind(full)
    return contents(full, size) if kind is Kind.FILE else None


@dataclass(frozen=True)
class Disk:
    """The folder as earlier builds left it. `ours` are the paths they wrote or were about to write."""

    root: str
    shown: str
    ours: frozenset[str]
    interrupted: frozenset[str]
    """What the journal of a killed build lists; empty after a normal one."""
    sums: bytes | None
    sums_are_ours: bool
    _folders: dict[str, Kind] = field(default_factory=dict)

    @cached_property
    def names(self) -> dict[str, str]:
        return {one_name(path): path for path in self.ours}

    def full(self, path: str) -> str:
        return f"{self.root}/{path}"

    def work(self, name: str) -> str:
        return f"{self.root}/{WORK}/{name}"

    def place(self, path: str) -> str:
        return f"{self.shown}/{path}"

    def kind(self, path: str) -> tuple[Kind, int]:
        """What stands at the path, and the size of a file; links above it are not followed."""
        above = self.folder(path.rpartition("/")[0])
        return _kind(self.full(path)) if above is Kind.FOLDER else (above, 0)

    def state(self, path: str) -> State | None:
        """Of a file that can be looked at; none of anything else."""
        if self.folder(path.rpartition("/")[0]) is not Kind.FOLDER:
            return None
        try:
            return state_of(os.lstat(self.full(path)))
        except (OSError, UnsureError):
            return None

    def folder(self, path: str) -> Kind:
        """Whether files can be put below the path. A file of ours there will have left by then."""
        if not path:
            return Kind.FOLDER
        if path not in self._folders:
            kind, _ = self.kind(path)
            if kind is Kind.FILE:
                kind = Kind.ABSENT if path in self.ours else Kind.WALL
            self._folders[path] = kind
        return self._folders[path]

    def equals(self, path: str, size: int, data: bytes) -> bool:
        """A file that cannot be read counts as different."""
        try:
            return size == len(data) and contents(self.full(path), size) == data
        except PermissionError:
            return False

    def read(self, path: str) -> bytes | None:
        """A file; none where there is none, or none that can be read."""
        kind, size = self.kind(path)
        try:
            return contents(self.full(path), size) if kind is Kind.FILE else None
        except PermissionError:
            return None

    def is_ours(self, path: str) -> bool:
        """Also when the disk ignores case and holds our page under its earlier spelling."""
        if path in self.ours:
            return True
        earlier = self.names.get(one_name(path))
        return earlier is not None and self._one_file(earlier, path)

    def _one_file(self, earlier: str, path: str) -> bool:
        try:
            return os.path.samestat(os.lstat(self.full(earlier)), os.lstat(self.full(path)))
        except OSError:
            return False

    def holds_only_ours(self, folder: str) -> bool:
        """So that a page may take the place of a folder all of whose files were ours."""
        return all(path in self.ours and kind is Kind.FILE for path, kind in self._below(folder))

    def _below(self, folder: str) -> Iterator[tuple[str, Kind]]:
        with os.scandir(self.full(folder)) as entries:
            paths = [f"{folder}/{entry.name}" for entry in entries]
        for path in paths:
            kind, _ = _kind(self.full(path))
            if kind is Kind.FOLDER:
                yield from self._below(path)
            else:
                yield path, kind


def disk_of(root: str, shown: str) -> Disk:
    sums = _read(f"{root}/{SUMS}")
    listed = frozenset[str]() if sums is None else listed_in_sums(sums)
    journal = listed_in_journal(_read(f"{root}/{WORK}/journal") or b"")
    return Disk(root, shown, (listed or frozenset()) | journal, journal, sums, listed is not None)
