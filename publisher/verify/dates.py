"""Back-dating that the copy itself tells: what a sealed edition, a page or a table says against the register."""

from collections.abc import Iterator, Mapping

from publisher.editions.changes import changes
from publisher.editions.covering import covers
from publisher.editions.dated import is_back_dated
from publisher.editions.withheld import WITHHELD
from publisher.verify.chain import Register
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding
from publisher.verify.late import dated_before_the_seal
from publisher.verify.printed import printed
from publisher.verify.sealed import Editions, Kept
from publisher.verify.tables import DATED, as_of, day_of, moment_of
from publisher.verify.withdrawals import Withdrawn
from publisher.write.paths import folders_above

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


def back_dated(copy: Copy, register: Register, editions: Editions, withdrawn: Withdrawn) -> Iterator[Finding]:
    for kept in editions.kept:
        yield from _later_than_seal(kept)
    for before, after in _pairs(editions):
        yield from _silent(before, after, editions)
    yield from printed(copy, editions)
    yield from dated_before_the_seal(copy, editions, withdrawn)
    day = as_of(copy)
    last = register.entries[-1:]
    if day and last and day < last[0].at.date():
        yield finding("as-of-before", next(path for path in DATED if copy.is_file(path)), day=day, at=last[0].at)


def _later_than_seal(kept: Kept) -> Iterator[Finding]:
    """Facts of an edition that are later than the line that says when it was sealed."""
    at = kept.entry.at.replace(tzinfo=None)
    for kind, key, name, value in _facts(kept, _DAYS):
        day = day_of(value)
        if day and day > at.date():
            yield _contradiction(kept, f"{kind}/{key}/{name}", value)
    for kind, key, name, value in _facts(kept, _MOMENTS):
        moment = moment_of(value)
        if moment and moment > at:
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


def _pairs(editions: Editions) -> Iterator[tuple[Kept, Kept]]:
    """Editions of a round that follow each other."""
    before: dict[str, Kept] = {}
    for kept in editions.kept:
        earlier = before.get(kept.subject)
        if earlier and kept.entry.edition == (earlier.entry.edition or 0) + 1:
            yield earlier, kept
        before[kept.subject] = kept


def _silent(before: Kept, after: Kept, editions: Editions) -> Iterator[Finding]:
    """What is another in the later edition, or came in as if it had been in the earlier one.

    A correction that the line names and that covers it explains it.
    """
    named = after.entry.corrections if after.entry.kind == "correction" else ()
    paths = [path for id_ in named for path in _covers(id_, editions)]
    found = changes(before.facts, after.facts, after.subject)
    withheld = {one.path for one in found if WITHHELD in {one.old, one.new}}
    for one in found:
        hidden = any(above in withheld for above in (one.path, *folders_above(one.path)))
        if hidden or any(covers(path, one.path) for path in paths):
            continue
        if not one.addition:
            yield finding("silent", after.path, row=after.line, fact=one.path, old=one.old or "", new=one.new or "")
        elif is_back_dated(one, before.facts, after.facts, before.entry.at.date()):
            yield finding("late-edition", after.path, row=after.line, fact=one.path, at=before.entry.at)


def _covers(correction: str, editions: Editions) -> Iterator[str]:
    for kept in editions.kept:
        listed = kept.facts.get("correction", {}).get(correction, {}).get("covers", ())
        yield from (path for path in listed if isinstance(path, str))
