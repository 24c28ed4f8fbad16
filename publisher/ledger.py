"""The answer ledger: where each question and promise stands at a date. Pure; no clock, no files.

Nothing here is typed by anyone: the standing follows from the dates and the events. "The company says
done", "the bureau checked" and "the residents confirm" are three facts and stay three facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from publisher.model.records import Company, Event, Item, Meeting


class Standing(StrEnum):
    """The one state of an item at a date."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    """Answered, nothing promised."""
    PROMISED = "promised"
    """Promised, the due date is not over or there is none."""
    OVERDUE = "overdue"
    """The due date is over and the company has not said done."""
    DONE = "done"
    """The company says done; nobody has checked."""
    CHECKED = "checked"
    """The bureau checked that it is done."""
    CONFIRMED = "confirmed"
    """The residents confirm."""


OPEN = frozenset({Standing.UNANSWERED, Standing.PROMISED, Standing.OVERDUE})


@dataclass(frozen=True)
class Life:
    """One item with all that happened to it up to a date."""

    item: Item
    meeting: Meeting
    company: Company
    standing: Standing
    due_on: date | None
    """The date in force, after every move."""
    moves: tuple[Event, ...]
    events: tuple[Event, ...]
    """All events, in order of date."""
    answered_on: date | None
    """None while there is no answer at the date, even if the table has one of later."""
    waiting_days: int
    """Calendar days from the question to the answer, or to today while there is none."""
    overdue_days: int
    done_on: date | None
    checked_on: date | None
    confirmed_on: date | None
    reopened: bool

    @property
    def open(self) -> bool:
        return self.standing in OPEN

    @property
    def answer(self) -> str | None:
        return self.item.answer if self.answered_on else None

    @property
    def answer_by(self) -> str | None:
        """The post of who answered."""
        return self.item.answered_by if self.answered_on else None

    @property
    def promise(self) -> str | None:
        return self.item.promise if self.answered_on else None

    @property
    def owner(self) -> str | None:
        """The post of who is responsible for the promise."""
        return self.item.owner if self.answered_on else None


def lives(
    items: Iterable[Item],
    events: Iterable[Event],
    meetings: Mapping[str, Meeting],
    companies: Mapping[str, Company],
    as_of: date,
) -> tuple[Life, ...]:
    """Every item raised by `as_of`, in the order of the table."""
    known = sorted((event for event in events if event.date <= as_of), key=lambda event: (event.item, event.date))
    by_item = {item: tuple(group) for item, group in groupby(known, key=lambda event: event.item)}
    return tuple(
        _life(item, by_item.get(item.id, ()), meetings[item.meeting], companies[item.company], as_of)
        for item in items
        if item.raised_on <= as_of
    )


def _life(item: Item, events: tuple[Event, ...], meeting: Meeting, company: Company, as_of: date) -> Life:
    answered_on = item.answered_on if item.answered_on and item.answered_on <= as_of else None
    moves = tuple(event for event in events if event.kind == "moved")
    due_on = moves[-1].new_due if moves else item.due_on
    due_on = due_on if answered_on else None
    current = _since_reopening(events)
    done_on = _last(current, "done")
    checked_on = _last(current, "checked")
    confirmed_on = _last(current, "confirmed")
    overdue = bool(due_on and due_on < as_of and not (done_on or checked_on or confirmed_on))
    return Life(
        item=item,
        meeting=meeting,
        company=company,
        standing=_standing(
            answered=answered_on is not None,
            promised=item.promise is not None,
            overdue=overdue,
            done=done_on,
            checked=checked_on,
            confirmed=confirmed_on,
            reopened=len(current) < len(events),
        ),
        due_on=due_on,
        moves=moves,
        events=events,
        answered_on=answered_on,
        waiting_days=((answered_on or as_of) - item.raised_on).days,
        overdue_days=(as_of - due_on).days if overdue and due_on else 0,
        done_on=done_on,
        checked_on=checked_on,
        confirmed_on=confirmed_on,
        reopened=len(current) < len(events),
    )


def _since_reopening(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """What was said done, checked or confirmed before a reopening no longer counts."""
    reopenings = [place for place, event in enumerate(events) if event.kind == "reopened"]
    return events[reopenings[-1] + 1 :] if reopenings else events


def _last(events: Iterable[Event], kind: str) -> date | None:
    dates = [event.date for event in events if event.kind == kind]
    return dates[-1] if dates else None


def _standing(
    *,
    answered: bool,
    promised: bool,
    overdue: bool,
    done: date | None,
    checked: date | None,
    confirmed: date | None,
    reopened: bool,
) -> Standing:
    if not answered:
        return Standing.UNANSWERED
    if confirmed:
        return Standing.CONFIRMED
    if checked:
        return Standing.CHECKED
    if done:
        return Standing.DONE
    if overdue:
        return Standing.OVERDUE
    return Standing.PROMISED if promised or reopened else Standing.ANSWERED


@dataclass(frozen=True)
class Account:
    """The ledger of one company, or of all: how many items stand where."""

    company: Company | None
    raised: int
    answered: int
    unanswered: int
    promised: int
    overdue: int
    done: int
    """The company says done, and no more."""
    verified: int
    """Checked by the bureau or confirmed by residents."""


def account(lives: Iterable[Life], company: Company | None = None) -> Account:
    """Counts of the lives given; `company` is only carried along."""
    standings = [life.standing for life in lives]
    return Account(
        company=company,
        raised=len(standings),
        answered=len(standings) - standings.count(Standing.UNANSWERED),
        unanswered=standings.count(Standing.UNANSWERED),
        promised=standings.count(Standing.PROMISED),
        overdue=standings.count(Standing.OVERDUE),
        done=standings.count(Standing.DONE),
        verified=standings.count(Standing.CHECKED) + standings.count(Standing.CONFIRMED),
    )
