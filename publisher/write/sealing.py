"""Appends to what was sealed, old or new: killed at any moment, the folder is what it was or what it was to be.

1. New editions are written beside the old ones; as long as the register does not name them they are nothing.
2. The new list of addresses is put by under a name of its own.
3. The register is replaced, and with it everything is sealed: who reads takes the list that the register names.
4. The list that was put by takes the place of the old one.
"""

# ruff: noqa: PTH105, PTH108

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publisher.problems import Place, PublisherError, problem
from publisher.write.lock import locked
from publisher.write.paths import WORK
from publisher.write.refusals import told_as_problem
from publisher.write.stage import write_file


@dataclass(frozen=True)
class Additions:
    """What a seal adds, by names within the folder it is given."""

    folder: str
    """Of the editions."""
    files: tuple[tuple[str, bytes], ...]
    staged: str
    listed: str
    list_data: bytes
    register: str
    before: bytes
    """The register as it was read; if it is another by now, nothing is written."""
    after: bytes


def write_sealed(content: Path, more: Additions) -> None:
    """Raises PublisherError, with everything as it was, if something else wrote meanwhile or cannot be written."""
    shown = content.name
    editions = content / more.folder
    with told_as_problem(f"{shown}/{more.folder}"):
        editions.mkdir(exist_ok=True)
    with locked(os.fspath(editions / WORK), f"{shown}/{more.folder}"):
        _refuse_other(content / more.register, more.before, f"{shown}/{more.register}")
        with told_as_problem(f"{shown}/{more.folder}"):
            _add(content, editions, more)


def _refuse_other(register: Path, before: bytes, shown: str) -> None:
    with told_as_problem(shown):
        now = register.read_bytes() if register.exists() else b""
    if now != before:
        raise PublisherError([problem("register-moved", Place(shown))])


def _add(content: Path, editions: Path, more: Additions) -> None:
    made = []
    try:
        for name, data in (*more.files, (more.staged, more.list_data)):
            made.append(editions / name)
            _replace(editions / name, data)
        _replace(content / more.register, more.after)
    except BaseException:
        for path in made:
            with suppress(OSError):
                os.unlink(path)
        raise
    os.replace(editions / more.staged, editions / more.listed)


def _replace(path: Path, data: bytes) -> None:
    """A whole file under its name, never half of one."""
    fresh = path.with_name(f".{path.name}.fresh")
    with suppress(FileNotFoundError):
        os.unlink(fresh)
    write_file(os.fspath(fresh), data, to_disk=True)
    os.replace(fresh, path)
