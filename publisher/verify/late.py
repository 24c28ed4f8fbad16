"""The published tables against what was sealed: entries dated back, and what they say else than the editions.

The tables are read as facts, so that the rule is the one by which `check` and `build` refuse such entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from publisher import addresses, datasets
from publisher.editions.changes import changes, excerpt
from publisher.editions.dated import dated_on
from publisher.model.asked import Event
from publisher.model.editions import RECORD, Change, Fields
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, finding, told
from publisher.verify.printed import printed_on
from publisher.verify.sealed import Editions, Kept
from publisher.verify.tables import as_of, day_of, rows_of
from publisher.verify.withdrawals import Withdrawn

Subjects = Mapping[str, Mapping[str, Mapping[str, Fields]]]
"""Round, or `record` -> kind -> key -> the fields that tell when it came in."""
_ITEM = ("meeting", "company", "raised_on", "question", "answered_by", "answered_on", "answer", "promise", "owner")
_EVENT = {"item": "item", "date": "date", "reason": "text", "new_due": "new_due_on", "evidence": "evidence"}
"""The name of a field -> that of its column."""
HAPPENED = frozenset(get_args(Event.model_fields["kind"].annotation))
"""The table of events also tells what was computed, and what the table of questions has."""
_TOLD: Mapping[str, frozenset[str]] = {
    "item": frozenset(_ITEM),
    "event": frozenset(_EVENT),
    "meeting": frozenset({"held_on", "published_at"}),
    "notice": frozenset({"published_at"}),
    "statement": frozenset({"received_on", "signed_on"}),
    "response": frozenset({"responded_on"}),
}
"""What is read of each from the tables."""
_TABLES = {
    "item": datasets.ITEMS,
    "event": datasets.EVENTS,
    "meeting": datasets.MEETINGS,
    "notice": datasets.NOTICES,
    "statement": datasets.STATEMENTS,
    "response": datasets.STATEMENTS,
}


@dataclass(frozen=True)
class Late:
    """An entry that says it is older than what does not have it."""

    subject: str
    change: Change
    day: str

    @property
    def path(self) -> str:
        return addresses.data(_TABLES[self.change.kind].name)

    @property
    def details(self) -> dict[str, Any]:
        return {"fact": self.change.path, "day": day_of(self.day) or self.day}


def dated_before_the_seal(copy: Copy, editions: Editions, withdrawn: Withdrawn) -> Iterator[Finding]:
    """Events, answers, statements and notices that the latest edition should have, had they been there.

    A correction that no edition has taken in yet may say so: then it is only told.
    """
    facts = entries_of(copy)
    explained = pending(copy, editions)
    for subject, kept in editions.last.items():
        for one in late(kept.facts, facts.get(subject, {}), subject):
            if one.day < kept.entry.at.date().isoformat():
                yield _against(one, kept, subject in explained)
        yield from _otherwise(facts.get(subject, {}), kept, withdrawn, subject in explained)


def _otherwise(
    facts: Mapping[str, Mapping[str, Fields]], kept: Kept, withdrawn: Withdrawn, explained: bool
) -> Iterator[Finding]:
    """What the tables say else than was sealed of the same question, event, statement or notice, or do not say."""
    standing = {kind: _standing(kept, kind, withdrawn) for kind in _TABLES}
    for one in changes(standing, {kind: facts.get(kind, {}) for kind in _TABLES}, kept.subject):
        if _is_sealed_otherwise(one):
            path = addresses.data(_TABLES[one.kind].name)
            details: dict[str, Any] = {"fact": one.path, "row": kept.line, "edition": kept.path}
            details["old"], details["new"] = excerpt(one.old, one.new or "—")
            if explained:
                yield told("otherwise-corrected", path, **details)
            else:
                yield finding("otherwise", path, **details)


def _standing(kept: Kept, kind: str, withdrawn: Withdrawn) -> dict[str, Fields]:
    """Sealed records of a kind as far as the tables tell them, without those that were withdrawn."""
    items = kept.facts.get("item", {})
    found: dict[str, Fields] = {}
    for key, one in kept.facts.get(kind, {}).items():
        fields = items.get(key.split("/", maxsplit=1)[0], {}) if kind == "event" else one
        if not withdrawn.explains(kept.subject, kind, key, fields):
            found[key] = {name: value for name, value in one.items() if name in _TOLD[kind]}
    return found


def _is_sealed_otherwise(one: Change) -> bool:
    """A record that is gone, or a field that is another or is gone; what came later is judged by its date."""
    if not one.loc:
        return one.new is None
    return bool(one.old) and not _is_same(one, one.old or "", one.new or "")


def _against(one: Late, kept: Kept, explained: bool) -> Finding:
    seal: dict[str, Any] = {"row": kept.line, "at": kept.entry.at, "edition": kept.path}
    if explained:
        return told("late-corrected", one.path, **one.details, **seal)
    return finding("late", one.path, **one.details, **seal)


def dated_before_the_copy(older: Copy, newer: Copy, sealed: Editions, later: Editions) -> Iterator[Finding]:
    """Entries that an older copy does not have though they are dated before its day.

    Of what was sealed when the older copy was made they are faults; everything else may have been entered late.
    """
    before, now = entries_of(older), entries_of(newer)
    day = as_of(older)
    explained = pending(newer, later) | {subject for subject, kept in later.last.items() if kept.entry.corrections}
    found = [one for subject in before for one in late(before[subject], now.get(subject, {}), subject)]
    lately = [one for one in found if day and one.day < day.isoformat()]
    faults = [one for one in lately if _is_sealed(one, sealed) and one.subject not in explained]
    for one in faults:
        yield finding("older-late", one.path, **one.details, at=sealed.last[one.subject].entry.at)
    rest = [one for one in lately if one not in faults]
    if rest:
        yield told("older-entered", rest[0].path, count=len(rest), fact=rest[0].change.path, day=day)


def _is_sealed(one: Late, sealed: Editions) -> bool:
    kept = sealed.last.get(one.subject)
    return kept is not None and one.day < kept.entry.at.date().isoformat()


def late(old: Mapping[str, Mapping[str, Fields]], new: Mapping[str, Mapping[str, Fields]], subject: str) -> list[Late]:
    """Every dated addition: a record once, with the first thing that is new in it."""
    found: dict[tuple[str, str], Late] = {}
    known = {kind: old.get(kind, {}) for kind in {*new, "meeting", "item"}}
    for one in changes(known, new, subject):
        day = dated_on(one, known, new)
        if day:
            found.setdefault((one.kind, one.key), Late(subject, one, day))
    return list(found.values())


def pending(copy: Copy, editions: Editions) -> frozenset[str]:
    """Rounds, and the record, with a published correction that no edition has."""
    taken = {id_ for kept in editions.kept for id_ in kept.facts.get("correction", {})}
    rows = rows_of(copy, addresses.data(datasets.CORRECTIONS.name))
    return frozenset(row.get("round", "") for row in rows if row.get("correction") not in taken)


def entries_of(copy: Copy) -> Subjects:
    """What the tables say of when things came in."""
    found: dict[str, dict[str, dict[str, Fields]]] = defaultdict(lambda: defaultdict(dict))
    for subject, kind, key, fields in (*_asked(copy), *_noticed(copy), *_said(copy)):
        found[subject][kind][key] = {name: _plain(value) for name, value in fields.items() if value}
    return found


def _is_same(change: Change, old: str, new: str) -> bool:
    """Tables print moments to the minute; a text may have an apostrophe of its own."""
    return old == f"'{new}" or (change.loc == ("published_at",) and old[: len("2026-01-01 00:00")] == new)


def _plain(value: str) -> str:
    return datasets.unguarded(value)


Entries = Iterable[tuple[str, str, str, Mapping[str, str]]]
"""(subject, kind, key, fields)"""


def _asked(copy: Copy) -> Entries:
    for row in rows_of(copy, addresses.data(datasets.ITEMS.name)):
        yield RECORD, "item", row.get("item", ""), {name: row.get(name, "") for name in _ITEM}
    seen: dict[str, int] = defaultdict(int)
    for row in rows_of(copy, addresses.data(datasets.EVENTS.name)):
        names = [row.get(name, "") for name in ("item", "date", "by", "event")]
        if names[-1] in HAPPENED:
            plain = "/".join(names)
            seen[plain] += 1
            key = plain if seen[plain] == 1 else f"{plain}~{seen[plain]}"
            yield RECORD, "event", key, {name: row.get(column, "") for name, column in _EVENT.items()}
    for row in rows_of(copy, addresses.data(datasets.MEETINGS.name)):
        id_ = row.get("meeting", "")
        printed = printed_on(copy, f"meetings/{id_}.html")
        if printed is not None:  # what says that it was withdrawn does not say when it came out
            yield RECORD, "meeting", id_, {"held_on": row.get("held_on", ""), "published_at": printed}


def _noticed(copy: Copy) -> Entries:
    for row in rows_of(copy, addresses.data(datasets.NOTICES.name)):
        own = row.get("kind") == "results" and row.get("round")
        yield own or RECORD, "notice", row.get("notice", ""), {"published_at": row.get("published_at", "")}


def _said(copy: Copy) -> Entries:
    for row in rows_of(copy, addresses.data(datasets.STATEMENTS.name)):
        round_, company, day = (row.get(name, "") for name in ("round", "company", "date"))
        if row.get("record") == "statement" and day:
            yield round_, "statement", company, {"received_on": row.get("received_on", ""), "signed_on": day}
        elif row.get("record") == "response":
            yield round_, "response", company, {"responded_on": day}
