"""The editions that the register names: each is there, unchanged, and says nothing that its line contradicts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from publisher.addresses import ADDRESSES, EDITIONS, edition
from publisher.editions.facts import digest
from publisher.model.editions import RECORD, Entry, Facts
from publisher.verify.chain import Register, once
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding, told

_MOST_LEVELS = 12
_MOST_PARTS = 5_000
"""Of a list: what compares two lists takes the square of it."""


@dataclass(frozen=True)
class Kept:
    """An edition of the copy whose hash stands in the register."""

    line: int
    entry: Entry
    path: str
    facts: Facts

    @property
    def subject(self) -> str:
        return self.entry.round or RECORD


@dataclass(frozen=True)
class Editions:
    kept: tuple[Kept, ...]
    faults: tuple[Finding, ...]

    def numbered(self, subject: str, number: int) -> Kept | None:
        return next((one for one in self.kept if one.subject == subject and one.entry.edition == number), None)

    @cached_property
    def last(self) -> Mapping[str, Kept]:
        """The latest edition of each round, and of the rest (`record`)."""
        return {one.subject: one for one in self.kept}


def address_of(entry: Entry) -> str:
    return edition(entry.round or RECORD, entry.edition or 0)


def editions_of(copy: Copy, register: Register) -> Editions:
    withdrawn = {one.facts for one in register.entries if one.kind == "withdrawal"}
    kept: list[Kept] = []
    faults: list[Finding] = []
    named: dict[str, int] = {}
    for line in register.lines:
        if line.entry is None or not line.entry.round:
            continue
        path = address_of(line.entry)
        if path in named:
            faults.append(finding("edition-twice", path, row=line.number))
            continue
        named[path] = line.number
        found = _read(copy, line.entry, path, line.number, withdrawn)
        if isinstance(found, Kept):
            kept.append(found)
        else:
            faults.append(found)
    faults += [finding("edition-unnamed", one) for one in copy.files() if one.startswith(EDITIONS) and one not in named]
    faults += _gaps(register.entries)
    return Editions(tuple(kept), tuple(faults))


def _read(copy: Copy, entry: Entry, path: str, line: int, withdrawn: set[str]) -> Kept | Finding:
    expected = entry.public or entry.facts
    data = copy.read(path)
    if data is None:
        return finding("edition-missing", path, row=line, expected=expected)
    found = digest(data)
    if found in withdrawn and path in _withdrawn_addresses(data):
        return told("edition-withdrawn", path, row=line)
    if found != expected and path in _withdrawn_addresses(data):
        return finding("edition-withdrawn-early", path, row=line)
    if found != expected:
        return finding("edition-altered", path, row=line, expected=expected, found=found)
    facts = facts_in(data)
    return Kept(line, entry, path, facts) if facts else finding("edition-unreadable", path)


def _withdrawn_addresses(data: bytes) -> set[str]:
    """What the record of a withdrawal, which stands in the place of the edition, takes back."""
    records = (facts_in(data) or {}).get("withdrawal", {})
    found = (one.get("addresses") for one in records.values())
    return {address for one in found if isinstance(one, list) for address in one if isinstance(address, str)}


def facts_in(data: bytes) -> Facts | None:
    """Kind -> key -> record; none if it is anything else, or too deep."""
    try:
        found = json.loads(data.decode(), object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None
    shaped = isinstance(found, dict) and all(
        isinstance(kind, dict) and all(isinstance(one, dict) and _is_flat(one, _MOST_LEVELS) for one in kind.values())
        for kind in found.values()
    )
    return found if shaped and found else None


def _is_flat(value: Any, levels: int) -> bool:
    """Texts, in lists and mappings that are not within one another without end."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return (
            levels > 0
            and (isinstance(value, dict) or len(value) <= _MOST_PARTS)
            and all(_is_flat(one, levels - 1) for one in parts)
        )
    return isinstance(value, str)


def _gaps(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Editions of a round are numbered from 1 on, and the first of them corrects nothing."""
    numbers: dict[str, int] = {}
    for one in entries:
        if one.round:
            meant = numbers.get(one.round, 0) + 1
            if one.edition != meant:
                yield finding("edition-number", address_of(one), row=one.n, expected=meant)
            numbers[one.round] = one.edition or meant


def addresses_of(copy: Copy, register: Register, listed: Mapping[str, str]) -> Iterator[Finding]:
    """Whether every address that was ever published is still there."""
    entries = register.entries
    if not entries:
        return
    found = copy.hash(ADDRESSES)
    if found is None:
        yield told("addresses-missing", ADDRESSES)
        return
    if found != entries[-1].addresses:
        yield finding("addresses-altered", ADDRESSES, expected=entries[-1].addresses, found=found)
        return
    for address in (copy.read(ADDRESSES) or b"").decode("utf-8", "replace").splitlines():
        if address not in listed:
            yield finding("address-lost", address)
