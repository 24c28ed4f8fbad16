"""A look at names, sizes and times alone: one digest of all of them, for which nothing of each file has to be kept.

It says only that nothing moved since files were looked at one by one. Where anything differs, that is done again.
"""

import json
import marshal
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from publisher.stamp.states import COARSE, INPUTS, UnsureError, folder_at
from publisher.stamp.told import FORM, WORK, Asked, Stamp

_Row = tuple[str, int, int, int, int, int]
"""Name, and what is told of it; of a folder the name alone counts: what lies in it is looked at by itself."""
_PLAIN = 2
"""The form of marshal that says the same of the same, however it came about."""


@dataclass(frozen=True)
class Glance:
    """What a build that changes nothing has to know, and how everything lay then."""

    asked: Asked
    start: int
    until: int
    files: int
    unprinted: bool
    lines: tuple[str, ...]
    absent: tuple[str, ...]
    folders: tuple[str, ...]
    """Of the site."""
    digest: str


@dataclass(frozen=True)
class Sight:
    digest: str
    youngest: int
    """When the last of the files changed, in nanoseconds."""


def sight_of(root: Path, site: Path, folders: Iterable[str]) -> Sight:
    """Raises UnsureError at a link among the inputs, and where a folder is none or cannot be read."""
    found, youngest = sha256(), 0
    try:
        for name, rows in (*_below(os.fspath(root)), *_in(os.fspath(site), folders)):
            found.update(marshal.dumps((name, rows), _PLAIN))
            youngest = max(youngest, *(max(row[3], row[4]) for row in rows), 0)
    except OSError as error:
        raise UnsureError from error
    return Sight(found.hexdigest(), youngest)


def _below(root: str) -> Iterator[tuple[str, list[_Row]]]:
    left = [name for name in INPUTS if os.path.lexists(f"{root}/{name}")]
    while left:
        folder = left.pop()
        folder_at(f"{root}/{folder}")
        rows = _rows(f"{root}/{folder}")
        for name, mode, *_ in rows:
            if stat.S_ISDIR(mode):
                left.append(f"{folder}/{name}")
            elif not stat.S_ISREG(mode):
                raise UnsureError(name)
        yield folder, rows


def _in(site: str, folders: Iterable[str]) -> Iterator[tuple[str, list[_Row]]]:
    for folder in folders:
        full = f"{site}/{folder}" if folder else site
        if folder:
            folder_at(full)
        yield f"/{folder}", _rows(full)


def _rows(full: str) -> list[_Row]:
    rows: list[_Row] = []
    with os.scandir(full) as entries:
        for entry in entries:
            told = entry.stat(follow_symlinks=False)
            mode = told.st_mode
            if stat.S_ISDIR(mode):
                rows.append((entry.name, stat.S_IFDIR, 0, 0, 0, 0))
            else:
                rows.append((entry.name, mode, told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino))
    rows.sort()
    return rows


def glance_of(stamp: Stamp, sight: Sight, folders: Iterable[str], seen: int) -> Glance | None:
    """`sight` as it was before and after everything was found as the stamp says, which was not before `seen`.

    None while a file is so young that it could be written again without a sign.
    """
    if sight.youngest >= seen - COARSE:
        return None
    of = stamp.asked, stamp.start, stamp.until, stamp.files, stamp.unprinted, stamp.lines, stamp.absent
    return Glance(*of, tuple(folders), sight.digest)


def folders_of(stamp: Stamp) -> list[str]:
    """Those in which files of the site lie, and its own."""
    return sorted({path.rpartition("/")[0] for path, (_, sum_) in stamp.output.items() if sum_} | {""})


def still_lies(glance: Glance | None, asked: Asked, root: Path, site: Path, now: int) -> bool:
    """A build would change nothing; else nothing is known."""
    if glance is None or glance.asked != asked or not glance.start <= now < glance.until:
        return False
    if any(os.path.lexists(site / one) for one in (WORK, *glance.absent)):
        return False
    try:
        return sight_of(root, site, glance.folders).digest == glance.digest
    except UnsureError:
        return False


def read_glance(data: bytes | None) -> Glance | None:
    """None if there is none, or a damaged one, or one of another form."""
    try:
        told = json.loads(data or b"")
        if told["form"] != FORM:
            return None
        return Glance(
            asked=Asked(**told["asked"]),
            start=int(told["start"]),
            until=int(told["until"]),
            files=int(told["files"]),
            unprinted=bool(told["unprinted"]),
            lines=tuple(map(str, told["lines"])),
            absent=tuple(map(str, told["absent"])),
            folders=tuple(map(str, told["folders"])),
            digest=str(told["digest"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def glance_told(glance: Glance) -> bytes:
    """As `read_glance` reads it."""
    return json.dumps({"form": FORM, **asdict(glance)}).encode()
