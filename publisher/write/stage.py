"""The new site beside the old one: takes files one by one, and touches no page of the old site."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publisher.addresses import SIGNATURE, SUMS
from publisher.problems import Place, Problem, PublisherError, problem
from publisher.stamp import Seen, State
from publisher.write.disk import Disk, Kind
from publisher.write.paths import folders_above, is_clean, journal_of, one_name, sums_of
from publisher.write.refusals import refusal, told_as_problem

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_OBSTACLES = {Kind.LINK: "cannot-write-link", Kind.WALL: "cannot-write-file"}


def write_file(full: str, data: bytes, *, to_disk: bool = False) -> None:
    """Mode 0644 less the umask, as for a file that a person saves."""
    file = os.open(full, _WRITE, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        if to_disk:
            os.fsync(file)
    finally:
        os.close(file)


@dataclass(frozen=True)
class Standing:
    """A file that an earlier build made of the same: it stays if it still holds what was made then."""

    sum: str
    """Its SHA-256."""
    make: Callable[[], bytes]
    """Makes it again."""
    renewed: Callable[[bytes], bytes] | None = None
    """What it becomes; none: it stays as it is."""


class Stage:
    """`hashes` are those of the whole new site, `waiting` says where each new or changed file lies ready.

    `stood` are files of the last build that stay, as each was when it was known to hold what was made then.
    """

    def __init__(self, disk: Disk, seen: Seen) -> None:
        self.disk = disk
        self.seen = seen
        self.stood: dict[str, State] = {}
        self.hashes: dict[str, str] = {}
        self.waiting: dict[str, str] = {}
        self.names: set[str] = set()
        self.problems: list[Problem] = []
        self.sums_wait = False

    def take(self, path: str, data: bytes | Standing) -> None:
        self._admit(path)
        if isinstance(data, Standing):
            if data.renewed is None and self._stands(path, data.sum):
                self.hashes[path] = data.sum
                return
            found = self._held(path, data.sum) if data.renewed else None
            data = data.make() if found is None or data.renewed is None else data.renewed(found)
        self.hashes[path] = hashlib.sha256(data).hexdigest()
        with told_as_problem(self.disk.place(path)):
            self._compare(path, data)

    def _stands(self, path: str, sum_: str) -> bool:
        """A file that did not move since it was seen to hold this is not read."""
        state = self.disk.state(path) if path in self.disk.ours else None
        if state is None:
            return False
        if not self.seen.holds(path, state, sum_) and self._held(path, sum_) is None:
            return False
        self.stood[path] = state
        return True

    def _held(self, path: str, sum_: str) -> bytes | None:
        """The file, if it is ours and still what it was."""
        if path not in self.disk.ours:
            return None
        with told_as_problem(self.disk.place(path)):
            data = self.disk.read(path)
        return data if data is not None and hashlib.sha256(data).hexdigest() == sum_ else None

    def _admit(self, path: str) -> None:
        """The pages decide their paths; a wrong one is our fault, not the bureau's."""
        name = one_name(path)
        if not is_clean(path):
            raise ValueError(f"not a clean relative path: {path!r}")
        if name in self.names:
            raise ValueError(f"two files for one path: {path!r}")
        self.names.add(name)

    def _compare(self, path: str, data: bytes) -> None:
        kind, size = self.disk.kind(path)
        if kind is Kind.FILE and self._stays(path, size, data):
            return
        code = self._obstacle(path, kind)
        if code:
            self.problems.append(problem(code, Place(self.disk.place(path))))
        elif not self.problems:
            self._put_by(path, data)

    def _stays(self, path: str, size: int, data: bytes) -> bool:
        """Equal bytes under the same spelling; another spelling is another page to a web server."""
        respelled = path not in self.disk.ours and self.disk.is_ours(path)
        return not respelled and self.disk.equals(path, size, data)

    def _obstacle(self, path: str, kind: Kind) -> str | None:
        if kind is Kind.FILE and not self.disk.is_ours(path):
            return "foreign-file"
        if kind is Kind.FOLDER and not self.disk.holds_only_ours(path):
            return "cannot-write-folder"
        return _OBSTACLES.get(kind)

    def _put_by(self, path: str, data: bytes) -> None:
        staged = self.disk.work(f"new/{len(self.waiting)}")
        write_file(staged, data)
        self.waiting[path] = staged

    def close(self) -> None:
        """All files are here: stage the list of hashes, and tell every problem at once."""
        clash = self.names & self.folder_names
        if clash:
            raise ValueError(f"both a file and a folder: {sorted(clash)}")
        sums = sums_of(self.hashes)
        kind, _ = self.disk.kind(SUMS)
        code = _OBSTACLES.get(kind) or ("cannot-write-folder" if kind is Kind.FOLDER else None)
        if kind is Kind.FILE and sums != self.disk.sums and not self.disk.sums_are_ours:
            code = "foreign-file"
        if code:
            self.problems.append(problem(code, Place(self.disk.place(SUMS))))
        self.problems += self._denied()
        if self.problems:
            raise PublisherError(self.problems)
        self._finish(sums)

    def _finish(self, sums: bytes) -> None:
        with told_as_problem(self.disk.place(SUMS)):
            self.sums_wait = sums != self.disk.sums
            if self.sums_wait:
                write_file(self.disk.work("new/sums"), sums, to_disk=True)
            paths = self.hashes.keys() | self.disk.interrupted
            write_file(self.disk.work("new/journal"), journal_of(paths), to_disk=True)

    @property
    def all_hashes(self) -> dict[str, str]:
        """With that of the list itself."""
        return {**self.hashes, SUMS: hashlib.sha256(sums_of(self.hashes)).hexdigest()}

    @property
    def signature_goes(self) -> bool:
        """The list of hashes is another now, and a signature of the earlier one lies beside it."""
        return self.sums_wait and self.disk.kind(SIGNATURE)[0] is Kind.FILE

    @property
    def folder_names(self) -> set[str]:
        return {name for path in self.names for name in folders_above(path)}

    @property
    def left(self) -> list[str]:
        """Paths of earlier builds that this one does not have, whether or not the files still stand."""
        return sorted(self.disk.ours - self.hashes.keys())

    @property
    def stale(self) -> list[str]:
        return [path for path in self.left if self.disk.kind(path)[0] is Kind.FILE]

    def _denied(self) -> Iterator[Problem]:
        """Asks before the first page is touched, so that a denial finds the old site whole."""
        paths = [*self.waiting, *self.stale]
        return _held_files(self.disk, paths) if sys.platform == "win32" else _closed_folders(self.disk, paths)


def _held_files(disk: Disk, paths: Iterable[str]) -> Iterator[Problem]:
    """Windows refuses to replace a file that is read-only or open in another program, such as Excel."""
    for path in paths:
        if disk.kind(path)[0] is not Kind.FILE:
            continue
        try:
            os.close(os.open(disk.full(path), os.O_RDWR))
        except OSError as error:
            yield refusal(error, disk.place(path))


def _closed_folders(disk: Disk, paths: Iterable[str]) -> Iterator[Problem]:
    """Elsewhere it is the folder that has to allow a replacement; the file's own mode does not matter."""
    for folder in sorted({path.rpartition("/")[0] for path in paths}):
        stands = disk.folder(folder) is Kind.FOLDER
        if stands and not os.access(disk.full(folder), os.W_OK | os.X_OK):
            yield problem("cannot-write-denied", Place(disk.place(folder).rstrip("/")))
