"""The old site becomes the new one, file by file; what was done can be undone until the end."""

# Ten thousand files in a second: plain strings and descriptors instead of Path.
# ruff: noqa: PTH102, PTH103, PTH105, PTH106, PTH108, PTH120

import os
from collections.abc import Iterable
from contextlib import suppress

from publisher.write.disk import Disk
from publisher.write.paths import folders_above
from publisher.write.refusals import told_as_problem


class Swap:
    """Keeps every file that it replaces or removes in the work folder, under its number in `done`."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.done: list[tuple[str, bool]] = []
        """Path, and whether a file stood there before."""
        self.made: list[str] = []
        self._known: set[str] = set()

    def put(self, path: str, staged: str) -> None:
        full = self.disk.full(path)
        with told_as_problem(self.disk.place(path)):
            self._make_folders(path)
            stood = os.path.lexists(full)
            kept = self._note(path, stood=stood)
            if stood:
                _keep(full, kept)
            os.replace(staged, full)

    def drop(self, path: str) -> None:
        with told_as_problem(self.disk.place(path)):
            kept = self._note(path, stood=True)
            os.replace(self.disk.full(path), kept)

    def remove_empty(self, folders: Iterable[str]) -> None:
        """The deepest first; one that still holds something stays."""
        for folder in sorted(folders, key=lambda path: (-path.count("/"), path)):
            with suppress(OSError):
                os.rmdir(self.disk.full(folder))

    def make_room(self, path: str) -> None:
        """A page takes the place of a folder that holds nothing, or nothing but empty folders."""
        with told_as_problem(self.disk.place(path)):
            for folder, _, _ in os.walk(self.disk.full(path), topdown=False):
                os.rmdir(folder)

    def _note(self, path: str, *, stood: bool) -> str:
        self.done.append((path, stood))
        return self._kept(len(self.done) - 1)

    def _kept(self, number: int) -> str:
        return self.disk.work(f"kept/{number}")

    def _make_folders(self, path: str) -> None:
        missing = [folder for folder in folders_above(path) if folder not in self._known]
        for folder in reversed(missing):
            with suppress(FileExistsError):
                os.mkdir(self.disk.full(folder), 0o755)
                self.made.append(folder)
            self._known.add(folder)

    def undo(self) -> bool:
        """True when the old site stands again; goes on after a failure, to save what can be saved."""
        whole = True
        for number in reversed(range(len(self.done))):
            path, stood = self.done[number]
            try:
                self._restore(path, self._kept(number), stood=stood)
            except OSError:
                whole = False
        self.remove_empty(self.made)
        return whole

    def _restore(self, path: str, kept: str, *, stood: bool) -> None:
        full = self.disk.full(path)
        if not stood:
            with suppress(FileNotFoundError):
                os.unlink(full)
        elif os.path.lexists(kept):
            self._make_way(path)
            os.replace(kept, full)
        # Otherwise the old file never left its place.

    def _make_way(self, path: str) -> None:
        """For an old file: its folders may have gone, or new ones may stand where it stood."""
        self.remove_empty(folder for folder in self.made if f"{folder}/".startswith(f"{path}/"))
        os.makedirs(os.path.dirname(self.disk.full(path)), 0o755, exist_ok=True)


def _keep(full: str, kept: str) -> None:
    """A second name for the old bytes; where the disk knows none (FAT) the file itself steps aside."""
    try:
        os.link(full, kept)
    except OSError:
        os.replace(full, kept)
