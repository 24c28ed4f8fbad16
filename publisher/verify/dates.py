"""Back-dating that the copy itself tells: what a sealed edition, a page or a table says against the register."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from pydantic_core import PydanticCustomError

from publisher.editions.changes import changes
from publisher.editions.covering import covers
from publisher.editions.withheld import WITHHELD
from publisher.model.editions import RECORD
from publisher.model.fields import read_day, read_moment
from publisher.verify.chain import Register
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding
from publisher.verify.sealed import Editions, Kept

_DAYS: Mapping[str, tuple[str, ...]] = {
    "statement": ("received_on", "signed_on"),
    "response": ("responded_on",),
    "correction": ("decided_on",),
    "meeting": ("held_on",),
    "item": ("raised_on", "answered_on"),
    "event": ("date",),
}
"""What had happened when it was sealed. Of a statement the day it arrived, else the day it was signed."""
_MOMENTS: Mapping[str, tuple[str, ...]] = {
    "round": ("release_at",),
    "notice": ("published_at",),
    "meeting": ("published_at",),
}
"""What was public when it was sealed; in the bureau's own time, that of the line."""
_PUB_DATE = re.compile(rb'<meta name="PubDate" content="([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})">')
_PAGE = re.compile(r"rounds/([a-z0-9_-]+)/[a-z0-9_-]+\.html|notices/([a-z0-9_-]+)\.html|meetings/([a-z0-9_-]+)\.html")
DATED = ("data/items.csv", "data/events.csv", "data/statements.csv")
"""Tables whose column `as_of` says which day the site speaks of."""


def back_dated(copy: Copy, register: Register, editions: Editions) -> Iterator[Finding]:
    for kept in editions.kept:
        yield from _later_than_seal(kept)
    for before, after in _pairs(editions):
        yield from _silent(before, after, editions)
    yield from _printed(copy, editions)
    day = as_of(copy)
    last = register.entries[-1:]
    if day and last and day < last[0].at.date():
        yield finding("as-of-before", next(path for path in DATED if copy.is_file(path)), day=day, at=last[0].at)


def _later_than_seal(kept: Kept) -> Iterator[Finding]:
    """Facts of an edition that are later than the line that says when it was sealed."""
    at = kept.entry.at.replace(tzinfo=None)
    for kind, key, name, value in _facts(kept, _DAYS):
        day = _read(read_day, value)
        if day and day > at.date():
            yield _contradiction(kept, f"{kind}/{key}/{name}", value)
    for kind, key, name, value in _facts(kept, _MOMENTS):
        moment = _read(read_moment, value)
        if isinstance(moment, datetime) and moment.replace(tzinfo=None) > at:
            yield _contradiction(kept, f"{kind}/{key}/{name}", value)


def _contradiction(kept: Kept, fact: str, value: str) -> Finding:
    return finding("sealed-before", kept.path, row=kept.line, fact=fact, value=value, at=kept.entry.at)


def _facts(kept: Kept, names: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str, str]]:
    """(kind, key, field, text) of the fields named; `received_on` says it in the place of `signed_on`."""
    for kind, fields in names.items():
        for key, record in kept.facts.get(kind, {}).items():
            for name in fields:
                value = record.get(name)
                if isinstance(value, str) and not (name == "signed_on" and "received_on" in record):
                    yield kind, key, name, value


def _read(reader: Any, value: str) -> Any:
    """None if it is no date: the program that sealed it would not have taken it either."""
    try:
        return reader(value)
    except PydanticCustomError:
        return None


def _pairs(editions: Editions) -> Iterator[tuple[Kept, Kept]]:
    """Editions of a round that follow each other."""
    before: dict[str, Kept] = {}
    for kept in editions.kept:
        earlier = before.get(kept.subject)
        if earlier and kept.entry.edition == (earlier.entry.edition or 0) + 1:
            yield earlier, kept
        before[kept.subject] = kept


def _silent(before: Kept, after: Kept, editions: Editions) -> Iterator[Finding]:
    """What is another in the later edition without a correction that its line names and that covers it."""
    named = after.entry.corrections if after.entry.kind == "correction" else ()
    paths = [path for id_ in named for path in _covers(id_, editions)]
    found = changes(before.facts, after.facts, after.subject)
    withheld = {one.path for one in found if WITHHELD in {one.old, one.new}}
    for one in found:
        hidden = any(one.path == path or one.path.startswith(f"{path}/") for path in withheld)
        if not (one.addition or hidden or any(covers(path, one.path) for path in paths)):
            yield finding("silent", after.path, row=after.line, fact=one.path, old=one.old or "", new=one.new or "")


def _covers(correction: str, editions: Editions) -> Iterator[str]:
    for kept in editions.kept:
        listed = kept.facts.get("correction", {}).get(correction, {}).get("covers", ())
        yield from (path for path in listed if isinstance(path, str))


def _printed(copy: Copy, editions: Editions) -> Iterator[Finding]:
    """Pages whose date of publication is not that of the latest edition."""
    for path in copy.files():
        match = _PAGE.fullmatch(path)
        data = copy.read(path) if match else None
        printed = _PUB_DATE.search(data[:20_000]) if data else None
        if not match or not printed:
            continue
        sealed = _published(editions, match[1], match[2], match[3])
        if sealed and f"{sealed:%Y-%m-%d %H:%M}" != printed[1].decode():
            yield finding("printed", path, printed=printed[1].decode(), sealed=sealed)


def _published(editions: Editions, round_: str | None, notice: str | None, meeting: str | None) -> datetime | None:
    """When a page came out, by what was sealed of it last."""
    record = editions.last.get(RECORD)
    if round_:
        kept = editions.last.get(round_)
        return _release(kept, round_) if kept else None
    if meeting:
        return _moment(record.facts.get("meeting", {}).get(meeting, {}).get("published_at")) if record else None
    notices = (kept.facts.get("notice", {}).get(notice or "") for kept in editions.last.values())
    found = [one for one in notices if one]
    return _moment(found[0].get("published_at")) if len(found) == 1 else None


def _release(kept: Kept, round_: str) -> datetime | None:
    """Of a round: its own time, else that of the notice with its results."""
    own = _moment(kept.facts.get("round", {}).get(round_, {}).get("release_at"))
    notices = kept.facts.get("notice", {}).values()
    return own or next((_moment(one.get("published_at")) for one in notices if one.get("round") == round_), None)


def _moment(value: object) -> datetime | None:
    found = _read(read_moment, value) if isinstance(value, str) else None
    return found if isinstance(found, datetime) else None


def as_of(copy: Copy) -> date | None:
    """The day the copy speaks of, by the tables that say it; none if they do not."""
    for path in DATED:
        for row in rows_of(copy, path):
            day = _read(read_day, row.get("as_of") or "")
            if isinstance(day, date):
                return day
    return None


def rows_of(copy: Copy, path: str) -> list[dict[str, str]]:
    """A table by its headings; empty if it is none, or another number of cells in some row."""
    text = (copy.read(path) or b"").decode("utf-8-sig", "replace")
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error:
        return []
    if not rows or len(set(rows[0])) != len(rows[0]):
        return []
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if len(row) == len(rows[0])]
