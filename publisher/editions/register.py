"""The register: one line for each act, each with the hash of the line before."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from publisher.editions.facts import digest
from publisher.model.editions import Entry

START = "0" * 64
"""Before the first line."""


def edition_name(subject: str, number: int) -> str:
    """The name of an edition's file; ids have no dot, so it is that of no other."""
    return f"{subject}.{number}.json"


def public_name(subject: str, number: int) -> str:
    """Beside it, where the edition holds numbers that are too small to publish."""
    return f"{subject}.{number}.public.json"


def line_of(fields: dict[str, object]) -> str:
    """An act as its line, without the line end."""
    return json.dumps({name: value for name, value in fields.items() if value not in (None, [])}, ensure_ascii=False)


def hash_of_line(line: str) -> str:
    """With its line end, as `sed -n 3p register.jsonl | sha256sum` prints it."""
    return digest(f"{line}\n".encode())


def broken_links(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that do not follow the line before: by its hash, or by its number."""
    previous, number = START, 0
    found = []
    for one in entries:
        if one.previous != previous or one.n != number + 1:
            found.append(one)
        previous, number = hash_of_line(one.text), one.n
    return found


def back_dated(entries: Sequence[Entry]) -> list[Entry]:
    """Entries dated before the one above."""
    return [one for before, one in pairwise(entries) if one.at < before.at]


def until(entries: Iterable[Entry], moment: datetime, released: Iterable[str]) -> tuple[Entry, ...]:
    """The lines that may be seen at a moment: up to the first that is later, or of a round not yet released."""
    public = frozenset(released)
    found: list[Entry] = []
    for one in entries:
        if one.at > moment or (one.round is not None and one.round not in public):
            break
        found.append(one)
    return tuple(found)


def first_difference(published: bytes, register: bytes) -> int | None:
    """The first line, counted from 1, in which the register does not go on from the published one."""
    if register.startswith(published):
        return None
    own = register.split(b"\n")
    lines = enumerate(published.split(b"\n"), 1)
    return next((n for n, line in lines if n > len(own) or own[n - 1] != line), 1)


def published_as(entries: Iterable[Entry]) -> bytes:
    return "".join(f"{one.text}\n" for one in entries).encode()
