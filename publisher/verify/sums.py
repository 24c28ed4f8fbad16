"""SHA256SUMS against the files: each listed one is there and unchanged, and nothing else pretends to belong to them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publisher.addresses import SIGNATURE, SUMS
from publisher.verify.copy import Copy, Kind
from publisher.verify.findings import Finding, finding, told
from publisher.write.paths import is_clean, one_name

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_LONGEST = 10_000
_LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".nojekyll", "CNAME"})


@dataclass(frozen=True)
class Listed:
    """What SHA256SUMS says."""

    hashes: Mapping[str, str]
    faults: tuple[Finding, ...]


def listed(data: bytes) -> Listed:
    """Every line that can be read; a fault for every other."""
    hashes: dict[str, str] = {}
    faults = []
    names: dict[str, str] = {}
    rows = data.split(b"\n")
    if rows[-1]:
        faults.append(finding("sums-cut", SUMS, len(rows)))
    if any(row.endswith(b"\r") for row in rows):
        faults.append(told("sums-line-ends", SUMS))
    for number, row in enumerate(rows, 1):
        if not row:
            continue
        match = _LINE.fullmatch(_text(row.removesuffix(b"\r")))
        if match is None or not is_clean(match[2]):
            faults.append(finding("sums-line", SUMS, number, seen=_text(row)))
            continue
        other = names.setdefault(one_name(match[2]), match[2])
        if match[2] in hashes or other != match[2]:
            faults.append(finding("sums-twice", SUMS, number, seen=match[2]))
        hashes.setdefault(match[2], match[1])
    if not hashes:
        faults.append(finding("sums-empty", SUMS))
    return Listed(hashes, tuple(faults))


def _text(row: bytes) -> str:
    return row[:_LONGEST].decode("utf-8", "replace") if len(row) <= _LONGEST else ""


def differing(copy: Copy, hashes: Mapping[str, str]) -> list[str]:
    """Listed files that are there and are not as listed."""
    return [path for path, meant in hashes.items() if copy.is_file(path) and copy.hash(path) != meant]


def missing(copy: Copy, hashes: Mapping[str, str]) -> Iterator[Finding]:
    """Listed, and not there as a file."""
    folders = {one_name(path): path for path in copy.entries}
    for path in hashes:
        kind = copy.entries.get(path)
        if kind is None:
            other = folders.get(one_name(path))
            yield finding("spelled", path, other=other) if other else finding("missing", path, expected=hashes[path])
        elif kind is Kind.LINK:
            yield finding("link", path)
        elif kind is not Kind.FILE:
            yield finding("no-file", path)


def altered(copy: Copy, hashes: Mapping[str, str], path: str) -> Finding:
    found = copy.hash(path)
    if found is None:
        return finding("unreadable", path)
    return finding("altered", path, expected=hashes[path], found=found)


def unlisted(copy: Copy, hashes: Mapping[str, str]) -> Iterator[Finding]:
    """Files for which nobody vouches.

    What a reader or a program could take for a part of the publication breaks the proof. Told only: what hosts,
    systems and search engines need or leave about: what is hidden (`.well-known/` too), and in the uppermost folder
    plain text and files without an ending. An HTML page never passes, whatever search engine asked for it.
    """
    beside = []
    for path, kind in copy.entries.items():
        if kind is Kind.FOLDER or path in hashes or path in {SUMS, SIGNATURE}:
            continue
        if kind is not Kind.FILE:
            yield finding("link" if kind is Kind.LINK else "no-file", path)
        elif is_harmless(path):
            beside.append(path)
        else:
            yield finding("unlisted", path)
    if beside:
        yield told("beside", beside[0], count=len(beside))


def is_harmless(path: str) -> bool:
    name = path.rpartition("/")[2]
    top = "/" not in path
    if name.endswith((".html", ".htm")):
        return False
    return path.startswith(".") or name in _LEFT_BY_SYSTEMS or (top and ("." not in name or name.endswith(".txt")))
