"""What was sealed: `content/register.jsonl`, the files of `content/editions/`, and the register already published."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from publisher import addresses
from publisher.datasets import unguarded
from publisher.load.validate import read_as
from publisher.model.attachments import sealed_attachments
from publisher.model.editions import EDITIONS, LIST, REGISTER, SALT, STAGED, Edition, Entry, Sealed
from publisher.problems import Place, Report, Source, problem, warning


def read_sealed(
    root: Path, report: Report, is_within: Callable[[Path], bool], is_open: Callable[[Path], bool]
) -> Sealed:
    """Everything sealed; a line that cannot be read ends the reading, for the chain is broken there.

    Nothing is read if some of it is a link out of the folder, which `is_within` tells, or if nobody may look into
    the folder, which `is_open` tells.
    """
    folder = root / EDITIONS
    if not (is_within(root / REGISTER) and is_within(folder) and is_open(folder)):
        return Sealed()
    if folder.is_dir() and not all(map(is_within, sorted(folder.iterdir()))):
        return Sealed()
    register = _bytes(root / REGISTER, report, REGISTER) or b""
    entries = tuple(_entries(register, report))
    editions = {}
    for one in entries:
        found = _edition(root, one, report)
        if found:
            editions[found.round, found.number] = found
    _tell_left_over(root, entries, report)
    addresses = _addresses(root, entries)
    listed = addresses.decode("utf-8", "replace").splitlines()
    return Sealed(entries, editions, tuple(listed), addresses, register)


def read_published(site: Path) -> bytes:
    """The register as the site holds it now; empty if there is none."""
    return _quiet(site / addresses.REGISTER)


def published_rows(site: Path, address: str) -> list[dict[str, str]]:
    """A table as the site holds it now; empty if there is none, or if it is none."""
    text = _quiet(site / address).decode("utf-8-sig", "replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return []
    return [dict(zip(rows[0], map(unguarded, row), strict=False)) for row in rows[1:]] if rows else []


def is_published(site: Path, address: str) -> bool:
    """Whether the site as it is now has this page."""
    return (site / address).is_file()


def _entries(data: bytes, report: Report) -> Iterator[Entry]:
    lines = data.decode("utf-8", "replace").split("\n")
    if data and lines[-1]:
        report(problem("register-cut", Place(REGISTER, line=len(lines)), lines[-1]))
    for number, line in enumerate(lines[:-1], 1):
        place = Place(REGISTER, line=number)
        fields = _json(line)
        entry = read_as(Entry, {**fields, "text": line}, Source(place), lambda _: None) if fields else None
        if entry is None or (entry.kind != "withdrawal" and not (entry.round and entry.edition)):
            report(problem("register-unreadable", place, line))
            return
        yield entry


def _json(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _edition(root: Path, entry: Entry, report: Report) -> Edition | None:
    """The files that a line names, if they are there and hold facts; whether they are the sealed ones is checked."""
    if not (entry.round and entry.edition):
        return None
    path = f"{EDITIONS}/{entry.round}.{entry.edition}.json"
    beside = f"{EDITIONS}/{entry.round}.{entry.edition}.public.json"
    data = _sealed_bytes(root, path, report)
    public = _sealed_bytes(root, beside, report) if entry.public else data
    if data is None or public is None:
        return None
    facts = _json(data.decode("utf-8", "replace"))
    if facts is None or not all(_is_kind(one) for one in facts.values()):
        report(problem("edition-unreadable", Place(path)))
        return None
    plain = {kind: records for kind, records in facts.items() if kind != SALT}
    try:
        attached = tuple(sealed_attachments(plain))
    except ValidationError:
        report(problem("edition-unreadable", Place(path)))
        return None
    return Edition(entry.round, entry.edition, path, data, public, plain, attached)


def _is_kind(records: Any) -> bool:
    return isinstance(records, dict) and all(isinstance(one, dict) for one in records.values())


def _sealed_bytes(root: Path, path: str, report: Report) -> bytes | None:
    if not (root / path).is_file():
        report(problem("edition-missing", Place(path)))
        return None
    return _bytes(root / path, report, path)


def _bytes(path: Path, report: Report, shown: str) -> bytes | None:
    try:
        return path.read_bytes() if path.exists() else None
    except OSError:
        report(problem("unreadable-file", Place(shown)))
        return None


def _addresses(root: Path, entries: tuple[Entry, ...]) -> bytes:
    """The list that the last line names: the one put by, if the seal was killed before it was in place."""
    import hashlib  # noqa: PLC0415

    listed, staged = (_quiet(root / EDITIONS / name) for name in (LIST, STAGED))
    meant = bool(entries) and hashlib.sha256(staged).hexdigest() == entries[-1].addresses
    return staged if meant else listed


def _quiet(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _tell_left_over(root: Path, entries: tuple[Entry, ...], report: Report) -> None:
    """Warns of files that no line names, so that nothing lies among the sealed ones that is not sealed."""
    known = {LIST}
    for one in entries:
        known |= {f"{one.round}.{one.edition}.json", f"{one.round}.{one.edition}.public.json"}
    folder = root / EDITIONS
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in known and not path.name.startswith("."):
            report(warning("edition-not-sealed", Place(f"{EDITIONS}/{path.name}")))
