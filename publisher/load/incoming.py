"""The one file that an import is asked to take, wherever it lies; and the table that its rows go into."""

import os
import stat
from pathlib import Path

from publisher.load.attached.kinds import kind_of
from publisher.load.attached.look import RefusedError
from publisher.load.content import SUFFIXES
from publisher.load.limits import MAX_BYTES, MEGABYTE
from publisher.load.tables import find_table
from publisher.problems import Place, PublisherError, problem

LOCK = "~$"
"""How the name of the small file begins that Word and Excel lay beside one that is open."""
_KEPT = (*SUFFIXES, ".docx")
_OLD = {".doc", ".dot", ".wps", ".rtf"}
"""Texts as Word and WPS saved them before."""


def incoming(path: Path) -> bytes:
    """All of its bytes. Raises PublisherError for what nobody can read, before any of it is."""
    shown = path.name
    if path.name.startswith(LOCK):
        raise PublisherError([problem("import-lock-file", Place(shown), path.name, right=path.name[len(LOCK) :])])
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise PublisherError([problem("unreadable-file", Place(shown))])
        if state.st_size > MAX_BYTES:
            raise PublisherError([problem("import-too-large", Place(shown), limit=MAX_BYTES // MEGABYTE)])
        data = path.read_bytes()
    except FileNotFoundError:
        raise PublisherError([problem("import-not-there", Place(shown), os.fspath(path))]) from None
    except OSError:
        raise PublisherError([problem("unreadable-file", Place(shown))]) from None
    if not data:
        raise PublisherError([problem("import-empty", Place(shown))])
    _refuse_others(data, path.suffix.lower(), shown)
    return data


def is_word(data: bytes) -> bool:
    """Whatever the name says."""
    return _kind(data) == "docx"


def _kind(data: bytes) -> str:
    try:
        return kind_of(data)
    except RefusedError:
        return ""


def _refuse_others(data: bytes, suffix: str, shown: str) -> None:
    """By what is in the file; only where that says nothing, by its name."""
    kind = _kind(data)
    old = suffix in _OLD or "WordDocument\0".encode("utf-16-le") in data
    if kind == "pdf":
        code = "import-pdf"
    elif kind == "ole" and "EncryptedPackage".encode("utf-16-le") in data:
        code = "import-encrypted"
    elif (kind == "ole" and old) or (kind in {"rtf", "html", "xml", "text", "unknown"} and suffix in _OLD):
        code = "import-old-word"
    elif suffix not in _KEPT and kind != "docx":
        code = "import-kind"
    else:
        return
    raise PublisherError([problem(code, Place(shown), suffix)])


def rows_table(root: Path, stem: str) -> tuple[Path, bytes] | None:
    """The table `<stem>.csv` that is there already, and its bytes; none if there is none.

    Raises PublisherError if it is no CSV: rows cannot be added to a workbook without touching the rest of it.
    """
    folder, _, name = stem.rpartition("/")
    for path in find_table(root / folder, name):
        if path.suffix.lower() != ".csv":
            raise PublisherError([problem("import-into-workbook", Place(f"{folder}/{path.name}"), path.name)])
        return path, incoming(path)
    return None


def kept_beside(folder: Path, name: str, data: bytes) -> str:
    """Under which name `data` may be kept in `folder`; empty if it is there already."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  (a name, not a path)
    number, free = 1, name
    while (folder / free).exists():
        if (folder / free).is_file() and (folder / free).read_bytes() == data:
            return ""
        number += 1
        free = f"{stem}-{number}{suffix}"
    return free
