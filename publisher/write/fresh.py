"""A new folder under a name that nobody can guess: whole or not there, and never over another."""

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.write.paths import is_clean
from publisher.write.refusals import told_as_problem

_TOKEN = re.compile(r"\.?[0-9a-f]{32}(?:\.new)?")
"""Also one that a killed run left half done."""


@dataclass(frozen=True)
class Fresh:
    files: int
    older: int
    """How many such folders were there already."""


def write_fresh(folder: Path, shown: str, files: Iterable[tuple[str, bytes]]) -> Fresh:
    """Writes `files` beside the folder first; `files` may raise at any point: then nothing is left of it."""
    with told_as_problem(shown):
        older = _older(folder.parent)
        if folder.exists():
            raise PublisherError([problem("file-exists", Place(shown))])
        staged = folder.with_name(f".{folder.name}.new")
        staged.mkdir(parents=True)
    try:
        count = 0
        for count, (path, data) in enumerate(files, 1):  # noqa: B007
            with told_as_problem(f"{shown}/{path}"):
                _put(staged, path, data)
        with told_as_problem(shown):
            staged.rename(folder)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()
        raise
    return Fresh(count, older)


def _put(folder: Path, path: str, data: bytes) -> None:
    if not is_clean(path):
        raise ValueError(path)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _older(parent: Path) -> int:
    return sum(bool(_TOKEN.fullmatch(one.name)) for one in parent.iterdir()) if parent.is_dir() else 0
