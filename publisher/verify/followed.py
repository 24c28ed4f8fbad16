"""What follows from the questions and events of a copy and from its day: standing, due dates, days overdue.

The facts are those of the copy's own tables, the rules those that were sealed with the questions; where none were, or
where a correction that is not sealed yet may change them, only what needs no rule is computed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from publisher import addresses, datasets
from publisher.ledger import Clock, Life, life_of
from publisher.model.asked import Event, Item, Meeting
from publisher.model.editions import RECORD
from publisher.model.records import Company
from publisher.model.settings import LedgerRules
from publisher.problems import Place, Source
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, few, finding
from publisher.verify.late import HAPPENED
from publisher.verify.sealed import Editions
from publisher.verify.tables import as_of, rows_of
from publisher.workdays import Calendar

_ITEMS, _EVENTS = addresses.data(datasets.ITEMS.name), addresses.data(datasets.EVENTS.name)
_ORIGIN = Source(Place(_ITEMS))
_BY_RULES = frozenset({"standing", "outcome"})
_BY_HOLIDAYS = frozenset({"answer-due"})
"""Days off come later, and are no fact of a question."""

Row = Mapping[str, str]


def followed(copy: Copy, editions: Editions, explained: frozenset[str]) -> Iterator[Finding]:
    day, rows = as_of(copy), rows_of(copy, _ITEMS)
    if day is None or not rows:
        return
    rules = _rules(editions)
    clock = Clock(day, rules or LedgerRules(), Calendar.of(()))
    events = rows_of(copy, _EVENTS)
    lives = {row.get("item", ""): life for row in rows if (life := _life(row, events, clock))}
    with_rules = rules is not None and RECORD not in explained
    found = [one for row in rows for one in _cells(row, lives, with_rules=with_rules)]
    found += _steps(lives, events)
    yield from few(found, "followed-more", _ITEMS)


def _rules(editions: Editions) -> LedgerRules | None:
    """Without the limit for answers: it is counted in working days."""
    kept = editions.last.get(RECORD)
    sealed = kept.facts.get("rules", {}).get("site", {}).get("ledger") if kept else None
    if not isinstance(sealed, Mapping):
        return None
    try:
        return LedgerRules.model_validate({name: value for name, value in sealed.items() if name != "answer_within"})
    except ValidationError:
        return None


def _life(row: Row, events: list[dict[str, str]], clock: Clock) -> Life | None:
    """None if a cell is none that the publisher writes; that is told elsewhere."""
    fields = {name: row.get(name) for name in ("meeting", "company", "raised_on", "question", "answered_on", "answer")}
    fields |= {"id": row.get("item"), "promise": row.get("promise"), "due_on": row.get("first_due_on")}
    own = sorted((one for one in events if one.get("item") == row.get("item")), key=lambda one: one.get("date", ""))
    try:
        item = Item.model_validate({**_filled(fields), "origin": _ORIGIN})
        happened = [_event(one) for one in own if one.get("event") in HAPPENED]
    except ValidationError:
        return None
    meeting = Meeting(id=item.meeting, kind="survey", title="-", held_on=item.raised_on, companies=(), origin=_ORIGIN)
    company = Company(id=item.company, name="-", sector="-", origin=_ORIGIN)
    return life_of(item, happened, meeting, company, clock)


def _event(row: Row) -> Event:
    fields = {"item": row.get("item"), "date": row.get("date"), "by": row.get("by"), "kind": row.get("event")}
    return Event.model_validate({**_filled({**fields, "new_due": row.get("new_due_on")}), "origin": _ORIGIN})


def _filled(fields: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _cells(row: Row, lives: Mapping[str, Life], *, with_rules: bool) -> Iterator[Finding]:
    life = lives.get(row.get("item", ""))
    for name, meant in _computed(life).items() if life else ():
        seen = row.get(name, "")
        if seen != meant and (with_rules or name not in _BY_RULES):
            yield finding("followed", _ITEMS, row=row.get("item", ""), column=name, meant=meant, seen=seen)


def _computed(life: Life) -> dict[str, str]:
    """Cells by their columns."""
    return {
        "days_to_answer": str(life.waiting_days) if life.answered_on else "",
        "due_on": _text(life.due_on),
        "times_moved": str(len(life.moves)) if life.promise else "",
        "standing": life.standing.value,
        "outcome": life.outcome.value,
        "days_overdue": str(life.overdue_days or ""),
        "company_says_done_on": _text(life.done_on),
        "bureau_checked_on": _text(life.checked_on),
        "residents_confirmed_on": _text(life.confirmed_on),
        "residents_disagreed_on": _text(life.disagreed_on),
    }


def _steps(lives: Mapping[str, Life], events: list[dict[str, str]]) -> Iterator[Finding]:
    """Dated lines that follow from the facts and are not there, or are there and do not follow."""
    meant: Counter[tuple[str, ...]] = Counter(
        (id_, _text(one.day), one.kind, one.by, _text(one.old_due), _text(one.new_due))
        for id_, life in lives.items()
        for one in life.steps
    )
    names = ("item", "date", "event", "by", "old_due_on", "new_due_on")
    there = Counter(tuple(row.get(name, "") for name in names) for row in events if row.get("item") in lives)
    for id_, day, kind, *_ in sorted(meant - there):
        yield finding("followed-lost", _EVENTS, row=id_, day=day, kind=kind)
    for id_, day, kind, *_ in sorted(there - meant):
        if kind not in _BY_HOLIDAYS:
            yield finding("followed-added", _EVENTS, row=id_, day=day, kind=kind)


def _text(value: date | None) -> str:
    return "" if value is None else value.isoformat()
