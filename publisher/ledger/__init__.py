"""The answer ledger: where each question and promise stands at a date. Pure; no clock, no files.

"The company says done", "the bureau checked" and "the residents confirm" are three facts and stay three facts.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from publisher.ledger.accounts import Account, account
from publisher.ledger.life import OPEN, Clock, Life, Outcome, Standing, life_of
from publisher.ledger.raised import Raised
from publisher.ledger.steps import Step
from publisher.ledger.threads import Thread, threads
from publisher.model.asked import Event
from publisher.model.bureau import Bureau
from publisher.workdays import Calendar

__all__ = [
    "OPEN",
    "Account",
    "Clock",
    "Life",
    "Outcome",
    "Raised",
    "Standing",
    "Step",
    "Thread",
    "account",
    "by_company",
    "life_of",
    "lives",
    "threads",
]


def lives(bureau: Bureau, as_of: date) -> tuple[Life, ...]:
    """Every item raised by `as_of`, in the order of the table."""
    clock = Clock(as_of, bureau.site.ledger, Calendar.of(bureau.holidays))
    by_item = _by_item(event for event in bureau.events if event.date <= as_of)
    return tuple(
        life_of(
            item,
            by_item.get(item.id, ()),
            bureau.meetings[item.meeting],
            bureau.companies[item.company],
            clock,
        )
        for item in bureau.items
        if item.raised_on <= as_of
    )


def by_company(lives_: Iterable[Life]) -> dict[str, tuple[Life, ...]]:
    """In the order of the table."""
    found: dict[str, list[Life]] = {}
    for life in lives_:
        found.setdefault(life.company.id, []).append(life)
    return {company: tuple(group) for company, group in found.items()}


def _by_item(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    """In order of date; on one day in the order of the table."""
    ordered = sorted(events, key=lambda event: (event.item, event.date))
    return {item: tuple(group) for item, group in groupby(ordered, key=lambda event: event.item)}
