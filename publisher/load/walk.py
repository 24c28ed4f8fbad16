"""Which files of the bureau's folder are whose, and which nobody reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.load.validate import is_id
from publisher.model.fields import MAX_ID
from publisher.problems import Place, Report, problem, warning

_IGNORED = re.compile(r"[.~].*|readme.*|thumbs\.db|desktop\.ini", re.IGNORECASE)
_TABLES = {".csv", ".xlsx", ".xls", ".ods"}
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
    "register.jsonl",
    "pages",
}
_FILES = {"site.yaml", "register.jsonl"}
_TABLE_STEMS = {"companies", "items", "events", "holidays"}


@dataclass(frozen=True)
class Walk:
    """Goes through the folder in order; a name that is no id is told, and so is what nobody reads."""

    root: Path
    report: Report

    def files(self, folder: str, suffix: str) -> Iterator[tuple[str, Path]]:
        """(id, path) of the files in a folder, in order; names that are no id are problems."""
        for path in self._entries(folder):
            if path.is_dir() or path.suffix != suffix:
                self.report(warning("unexpected-file", Place(self.shown(path))))
            elif self._is_id(path.stem, path):
                yield path.stem, path

    def folders(self, folder: str) -> Iterator[Path]:
        for path in self._entries(folder):
            if not path.is_dir():
                self.report(warning("unexpected-file", Place(self.shown(path))))
            elif self._is_id(path.name, path):
                yield path

    def _entries(self, folder: str) -> list[Path]:
        base = self.root / folder
        try:
            found = list(base.iterdir()) if base.is_dir() else []
        except OSError:
            self.report(problem("unreadable-folder", Place(folder)))
            return []
        return sorted(path for path in found if not _IGNORED.fullmatch(path.name))

    def _is_id(self, name: str, path: Path) -> bool:
        return is_id(name) or self._no_id(name, path)

    def _no_id(self, name: str, path: Path) -> bool:
        self.report(problem("file-name-no-id", Place(self.shown(path)), name, limit=MAX_ID))
        return False

    def tell_unexpected(self) -> None:
        """Warns of files that nothing reads, so that a misnamed file is not lost in silence."""
        for path in self._entries("content"):
            table = path.stem in _TABLE_STEMS and path.suffix.lower() in _TABLES and path.is_file()
            known = path.name in _CONTENT and path.is_dir() == (path.name not in _FILES)
            if not table and not known:
                self.report(warning("unexpected-file", Place(self.shown(path))))
        for folder in self._entries("results"):
            for path in self._entries(f"results/{folder.name}"):
                table = path.stem == "scores" and path.suffix.lower() in _TABLES and path.is_file()
                if not table and path.name != "round.yaml":
                    self.report(warning("unexpected-file", Place(self.shown(path))))

    def shown(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()
