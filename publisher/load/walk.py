"""Which files of the bureau's folder are whose, and which nobody reads."""

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from publisher.load.tables import find_table
from publisher.load.validate import is_id
from publisher.model.fields import MAX_ID
from publisher.named import folded
from publisher.problems import Place, Report, problem, warning

_IGNORED = re.compile(r"[.~].*|readme.*|thumbs\.db|desktop\.ini", re.IGNORECASE)
_LOCK = re.compile(r"~\$.*|\.~lock\..*")
"""What office programs lay beside a file that is open: what was not saved is not read."""
_CONTENT = {
    "site.yaml",
    "schemes",
    "notices",
    "statements",
    "responses",
    "meetings",
    "corrections",
    "withdrawals",
    "editions",
    "attachments",
    "register.jsonl",
    "pages",
}
_FILES = {"site.yaml", "register.jsonl"}
_GROWING = re.compile(r"content/(?:companies|items|events)|results/[^/]+/scores")
"""Tables that may be kept in several files, one for each round, year or district: each has the limits of one file."""
_TEXTS = {".md", ".yaml", ".csv"}
_WORD = {".docx", ".doc", ".wps"}
_TABLE_STEMS = {"companies", "items", "events", "holidays", "allowed"}


@dataclass(frozen=True)
class Walk:
    """Goes through the folder in order; a name that is no id is told, and so is what nobody reads."""

    root: Path
    report: Report

    def files(self, folder: str, suffix: str) -> Iterator[tuple[str, Path]]:
        """(id, path) of the files in a folder, in order; names that are no id are problems."""
        for path in self._entries(folder):
            if path.is_dir() or path.suffix != suffix:
                meant = Path(path.name.rstrip(". ")).stem + suffix
                self._tell_strange(path, set() if path.is_dir() else {meant})
            elif self._is_id(path.stem, path):
                yield path.stem, path

    def folders(self, folder: str) -> Iterator[Path]:
        for path in self._entries(folder):
            if not path.is_dir():
                self.report(warning("unexpected-file", Place(self.shown(path))))
            elif self._is_id(path.name, path):
                yield path

    def table(self, stem: str, *, must_exist: bool = False) -> Path | None:
        """The one file that is the table `stem`, a path without suffix; none if it cannot be read, which is told."""
        folder, _, name = stem.rpartition("/")
        try:
            found = find_table(self.root / folder, name)
        except OSError:
            self.report(problem("unreadable-folder", Place(folder)))
            return None
        paths = list(filter(self.is_within, found))
        if len(paths) < len(found):
            return None
        first = Place(self.shown(paths[0]) if paths else f"{stem}.csv")
        if len(paths) > 1:
            self.report(problem("two-tables", first, names=tuple(path.name for path in paths)))
        elif paths and paths[0].is_dir():
            self.report(problem("folder-for-table", first))
        elif paths:
            return paths[0]
        elif must_exist:
            self.report(problem("missing-file", first))
        return None

    def tables(self, folder: str, stem: str) -> list[Path]:
        """Every file that could be the table; what is wrong with them is told when the one table is read."""
        try:
            return list(filter(self.is_within, find_table(self.root / folder, stem)))
        except OSError:
            return []

    def parts(self, stem: str) -> list[Path]:
        """Further files of a table that may grow long: CSVs in a folder of its name, by their names."""
        return [path for _, path in self.files(stem, ".csv")] if _may_grow(stem) else []

    def _entries(self, folder: str) -> list[Path]:
        base = self.root / folder
        if not (self.is_within(base) and self.is_open(base)):
            return []
        try:
            found = list(base.iterdir()) if base.is_dir() else []
        except OSError:
            self.report(problem("unreadable-folder", Place(folder)))
            return []
        for path in found:
            if _LOCK.fullmatch(path.name):
                self.report(warning("lock-file", Place(self.shown(path)), path.name))
        return sorted(path for path in found if not _IGNORED.fullmatch(path.name) and self.is_within(path))

    def is_open(self, folder: Path) -> bool:
        """Whether a folder that is there can be looked into; one that cannot is told: all in it would be missing."""
        try:
            with os.scandir(folder):
                is_open = os.access(folder, os.X_OK)
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            is_open = False
        if not is_open:
            self.report(problem("unreadable-folder", Place(self.shown(folder))))
        return is_open

    def is_within(self, path: Path) -> bool:
        """Whether it lies in the bureau's folder and not behind a link that leaves it, which is told."""
        leaving = self._leaving(path)
        if leaving:
            self.report(problem("link-outside", Place(self.shown(leaving))))
        return leaving is None

    def _leaving(self, path: Path) -> Path | None:
        """The first link on the way to the path that leads out of the folder."""
        if path in (self.root, path.parent):
            return None
        if path.parent not in self._folders:
            self._folders[path.parent] = self._leaving(path.parent)
        leaving = self._folders[path.parent]
        return leaving or (None if _is_plain(path) or self._is_inside(path) else path)

    def _is_inside(self, path: Path) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(self._real_root)

    @cached_property
    def _folders(self) -> dict[Path, Path | None]:
        """Each is looked up once in a reading: thousands of files lie in one."""
        return {}

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root)

    def _tell_links_of_templates(self) -> None:
        """The bureau's own templates are read when pages are rendered; a link out of the folder is told before."""
        folder = self.root / "templates"
        if self.is_within(folder):
            for path in (folder, *sorted(folder.rglob("*"))):
                if self.is_within(path) and path.is_dir():
                    self.is_open(path)

    def _is_id(self, name: str, path: Path) -> bool:
        return is_id(name) or self._no_id(name, path)

    def _no_id(self, name: str, path: Path) -> bool:
        self.report(problem("file-name-no-id", Place(self.shown(path)), name, limit=MAX_ID))
        return False

    def tell_unexpected(self) -> None:
        """Warns of files that nothing reads, so that a misnamed file is not lost in silence."""
        for path in self._entries("content"):
            known = path.name in _CONTENT and path.is_dir() == (path.name not in _FILES)
            in_parts = path.is_dir() and _may_grow(f"content/{path.name}")
            if not known and not in_parts and not _is_table(path, _TABLE_STEMS):
                self._tell_strange(path, _CONTENT | {f"{stem}{path.suffix}" for stem in _TABLE_STEMS})
        for folder in self._entries("results"):
            for path in self._entries(f"results/{folder.name}"):
                in_parts = path.is_dir() and _may_grow(f"results/{folder.name}/{path.name}")
                if path.name != "round.yaml" and not in_parts and not _is_table(path, {"scores"}):
                    self._tell_strange(path, {"round.yaml", f"scores{path.suffix}"})
        self._tell_links_of_templates()

    def _tell_strange(self, path: Path, names: Collection[str]) -> None:
        """A name that differs from a right one in case, width or blanks only is a fault: much would be left out."""
        near = next((name for name in sorted(names) if _plain(name) == _plain(path.name) and name != path.name), "")
        place, plain = Place(self.shown(path)), Path(path.stem)
        if near:
            self.report(problem("file-name-almost", place, path.name, right=near))
        elif path.suffix.lower() == ".txt" and plain.suffix in _TEXTS:
            self.report(problem("file-name-txt", place, path.name, right=plain.name))
        elif path.suffix.lower() in _WORD:
            self.report(warning("word-not-read", place))
        else:
            self.report(warning("unexpected-file", place))

    def shown(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _may_grow(stem: str) -> bool:
    return bool(_GROWING.fullmatch(stem))


def _is_plain(path: Path) -> bool:
    """A file that is no link leads nowhere: most are, and to follow every folder on the way to each takes long."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _is_table(path: Path, stems: Collection[str]) -> bool:
    return path.stem in stems and path in find_table(path.parent, path.stem)


def _plain(name: str) -> str:
    """As Windows and careless eyes see it: dots and blanks at the end do not count."""
    return folded(name).rstrip(".")
