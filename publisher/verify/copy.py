"""A folder that somebody else made: what lies in it, and the hash of each file. Nothing in it is trusted.

Only names that the walk itself found are opened, no link is followed, and everything has a limit.
"""

# Descriptors instead of Path, so that what is opened is what was looked at.

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

MOST_ENTRIES = 200_000
MOST_LEVELS = 40
MOST_BYTES = 2 * 1024**3
"""Of a file: no page, table or document of a site is as large."""
MOST_READ = 50 * 1024**2
"""Of a file whose content is looked at: lists, editions, tables."""
MOST_OF_A_PAGE = 2 * 1024**2
"""Of a page whose words and figures are compared."""
_CHUNK = 1024 * 1024
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Kind(Enum):
    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"
    """A pipe, a device, or what could not be looked at."""


@dataclass(frozen=True)
class Copy:
    """`entries` are all files, folders and links below the folder, by path with forward slashes."""

    root: str
    entries: Mapping[str, Kind]
    whole: bool
    """False: there is more than was looked at."""
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """Those of `data/` that were read: many ask for them. What lies beside a page is asked for by few."""
    _hashes: dict[str, str | None] = field(default_factory=dict)

    def is_file(self, path: str) -> bool:
        return self.entries.get(path) is Kind.FILE

    def files(self) -> Iterator[str]:
        return (path for path, kind in self.entries.items() if kind is Kind.FILE)

    def hash(self, path: str) -> str | None:
        """SHA-256; none if it cannot be read or is too large."""
        if path not in self._hashes:
            self._hashes[path] = _hash(f"{self.root}/{path}") if self.is_file(path) else None
        return self._hashes[path]

    def read(self, path: str) -> bytes | None:
        """The whole file; none if there is none, it cannot be read, or it is too large."""
        if not self.is_file(path):
            return None
        parts = list(_parts(f"{self.root}/{path}", MOST_READ))
        return None if None in parts else b"".join(part for part in parts if part)


def copy_of(root: Path) -> Copy:
    entries: dict[str, Kind] = {}
    whole = all(_looked_at(os.fspath(root), "", entries, 0))
    return Copy(os.fspath(root), dict(sorted(entries.items())), whole)


def _looked_at(root: str, folder: str, entries: dict[str, Kind], level: int) -> Iterator[bool]:
    """False for each thing that was left out."""
    try:
        with os.scandir(f"{root}/{folder}") as found:
            names = sorted(entry.name for entry in found)
    except OSError:
        yield False
        return
    for name in names:
        path = f"{folder}/{name}" if folder else name
        if len(entries) >= MOST_ENTRIES:
            yield False
            return
        entries[path] = _kind(f"{root}/{path}")
        if entries[path] is Kind.FOLDER:
            if level >= MOST_LEVELS:
                yield False
            else:
                yield from _looked_at(root, path, entries, level + 1)


def _kind(full: str) -> Kind:
    try:
        found = os.lstat(full)
    except OSError:
        return Kind.OTHER
    if stat.S_ISREG(found.st_mode):
        return Kind.FILE
    if stat.S_ISDIR(found.st_mode):
        # A junction of Windows is a folder to lstat() and leads elsewhere all the same.
        junction = getattr(found, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
        return Kind.LINK if junction else Kind.FOLDER
    return Kind.LINK if stat.S_ISLNK(found.st_mode) else Kind.OTHER


def _hash(full: str) -> str | None:
    found = hashlib.sha256()
    for part in _parts(full, MOST_BYTES):
        if part is None:
            return None
        found.update(part)
    return found.hexdigest()


def _parts(full: str, most: int) -> Iterator[bytes | None]:
    """None when it cannot be read, or not to its end."""
    try:
        file = os.open(full, _READ)
    except OSError:
        yield None
        return
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            yield None
            return
        while most >= 0 and (part := os.read(file, _CHUNK)):
            most -= len(part)
            yield part
        if most < 0:
            yield None
    except OSError:
        yield None
    finally:
        with suppress(OSError):
            os.close(file)
