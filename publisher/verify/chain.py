"""register.jsonl: every line by itself, and each against the line above. Nothing of it is trusted."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from publisher.addresses import REGISTER
from publisher.editions.facts import digest
from publisher.editions.register import START
from publisher.model.editions import Entry
from publisher.problems import Place, Source
from publisher.verify.findings import Finding, Last, finding

MOST_LINES = 100_000
_LONGEST = 100_000
"""Bytes of a line."""


@dataclass(frozen=True)
class Line:
    """One line of the register. `hash` is that of its bytes with the line end, as `sed -n 3p | sha256sum` prints it."""

    number: int
    hash: str
    entry: Entry | None


@dataclass(frozen=True)
class Register:
    data: bytes
    lines: tuple[Line, ...]
    faults: tuple[Finding, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(line.entry for line in self.lines if line.entry)

    @property
    def last(self) -> Last | None:
        """None if the last line cannot be read."""
        line = self.lines[-1] if self.lines else None
        return Last(line.entry.n, line.entry.at, line.hash) if line and line.entry else None


def register_of(data: bytes) -> Register:
    rows = data.split(b"\n")
    faults = []
    if rows.pop():
        faults.append(finding("register-cut", REGISTER, len(rows) + 1))
    if len(rows) > MOST_LINES:
        faults.append(finding("register-long", REGISTER, MOST_LINES + 1))
        rows = rows[:MOST_LINES]
    lines = tuple(Line(number, digest(row + b"\n"), _entry(row, number)) for number, row in enumerate(rows, 1))
    return Register(data, lines, (*faults, *_faults(lines)))


def _faults(lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
        if line.entry is None:
            yield finding("register-line", REGISTER, line.number)
        elif line.entry.n != line.number:
            yield finding("register-number", REGISTER, line.number, seen=line.entry.n)
    if lines and lines[0].entry and lines[0].entry.previous != START:
        yield finding("register-start", REGISTER, 1, found=lines[0].entry.previous)
    for before, line in pairwise(lines):
        if line.entry and line.entry.previous != before.hash:
            yield finding(
                "register-broken",
                REGISTER,
                line.number,
                above=before.number,
                expected=line.entry.previous,
                found=before.hash,
            )
        if line.entry and before.entry and line.entry.at < before.entry.at:
            yield finding("register-back", REGISTER, line.number, at=line.entry.at, before=before.entry.at)


def _entry(row: bytes, number: int) -> Entry | None:
    """None if the line is not an act, or says something twice: what counts would depend on who reads it."""
    if len(row) > _LONGEST:
        return None
    try:
        text = row.decode()
        fields = json.loads(text, object_pairs_hook=once)
        if not isinstance(fields, dict) or {"text", "origin"} & fields.keys():
            return None
        entry = Entry.model_validate({**fields, "text": text, "origin": Source(Place(REGISTER, line=number))})
    except (ValueError, RecursionError, OverflowError, ValidationError):
        return None
    whole = entry.kind == "withdrawal" or (entry.round is not None and entry.edition is not None)
    return entry if whole and (entry.kind != "withdrawal" or entry.withdrawal) else None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON whose names are all different."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found
