"""The life of one item: where it stands at a date follows from its dates and events, never from a typed status."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from publisher.ledger.steps import Dates, Step, steps_of
from publisher.model.asked import Event, Item, Meeting
from publisher.model.records import Company
from publisher.model.settings import LedgerRules
from publisher.workdays import Calendar


class Standing(StrEnum):
    """The one state of an item at a date."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    """Answered; nothing was promised."""
    PROMISED = "promised"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    BROKEN = "broken"
    """Overdue for longer than the site's rule allows."""
    REOPENED = "reopened"
    """Reopened, and there is no due date to run against."""
    DONE = "done"
    """The company says done; nobody has checked."""
    CHECKED = "checked"
    """The bureau checked that it is done."""
    CONFIRMED = "confirmed"
    """The residents confirm."""
    DISPUTED = "disputed"
    """The residents disagree that it is done."""


class Outcome(StrEnum):
    """What became of a promise."""

    NONE = "none"
    """Nothing was promised."""
    PENDING = "pending"
    KEPT = "kept"
    """Done, by the company's word or better, on or before the date in force on that day."""
    KEPT_LATE = "kept-late"
    OVERDUE = "overdue"
    BROKEN = "broken"


OPEN = frozenset(
    {
        *(Standing.UNANSWERED, Standing.PROMISED, Standing.DUE_SOON, Standing.OVERDUE),
        *(Standing.BROKEN, Standing.REOPENED, Standing.DISPUTED),
    }
)
"""Something is still owed to those who asked."""
_FULFILLED = frozenset({Standing.DONE, Standing.CHECKED, Standing.CONFIRMED})


@dataclass(frozen=True)
class Life:
    """One item with all that happened to it up to a date."""

    item: Item
    meeting: Meeting
    company: Company
    standing: Standing
    outcome: Outcome
    answered_on: date | None
    """None while there is no answer at the date, even if the table has one of later."""
    answer_due: date | None
    """Last day for an answer, by the site's rule."""
    answered_late: bool
    """Also true of what is unanswered past that day."""
    waiting_days: int
    """Calendar days from the question to the answer, or to the date while there is none."""
    first_due: date | None
    due_on: date | None
    """The date in force, after every move."""
    moves: tuple[Event, ...]
    moved_late: bool
    """A date was moved when it was over already."""
    overdue_days: int
    done_on: date | None
    """These four hold since the last reopening; the first three since the last disagreement too."""
    checked_on: date | None
    confirmed_on: date | None
    disagreed_on: date | None
    reopened: bool
    steps: tuple[Step, ...]

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


@dataclass(frozen=True)
class Clock:
    """What a life is measured by: the date, the site's rules, the working days."""

    as_of: date
    rules: LedgerRules
    calendar: Calendar

    def answer_due(self, item: Item) -> date | None:
        if self.rules.answer_within is None:
            return None
        return self.calendar.after(item.raised_on, self.rules.answer_within)

    def first_due(self, item: Item) -> date | None:
        """The date that was promised, or the end of the working days that were promised from the answer on."""
        if item.due_in is not None and item.answered_on is not None:
            return self.calendar.after(item.answered_on, item.due_in)
        return item.due_on


def life_of(item: Item, events: Sequence[Event], meeting: Meeting, company: Company, clock: Clock) -> Life:
    """`events` are the item's, up to the clock's date, in order of date."""
    answered_on = item.answered_on if item.answered_on and item.answered_on <= clock.as_of else None
    answer_due = clock.answer_due(item)
    moves = tuple(event for event in events if event.kind == "moved")
    first_due = clock.first_due(item) if answered_on and item.promise else None
    due_on = moves[-1].new_due if moves and first_due else first_due
    current = _after_last(events, "reopened")
    marks = _after_last(current, "disagreed")
    standing = _standing(answered_on, due_on, clock, current=current, marks=marks, events=events)
    late = clock.as_of if answered_on is None else answered_on
    overdue = standing in {Standing.OVERDUE, Standing.BROKEN}
    return Life(
        item=item,
        meeting=meeting,
        company=company,
        standing=standing,
        outcome=_outcome(standing, marks, moves, first_due, clock),
        answered_on=answered_on,
        answer_due=answer_due,
        answered_late=answer_due is not None and late > answer_due,
        waiting_days=(late - item.raised_on).days,
        first_due=first_due,
        due_on=due_on,
        moves=moves,
        moved_late=_moved_late(moves, first_due),
        overdue_days=(clock.as_of - due_on).days if overdue and due_on else 0,
        done_on=_first(marks, "done"),
        checked_on=_first(marks, "checked"),
        confirmed_on=_first(marks, "confirmed"),
        disagreed_on=_last(current, "disagreed"),
        reopened=len(current) < len(events),
        steps=steps_of(
            item, events, Dates(clock.as_of, answered_on, answer_due, first_due, due_on if overdue else None)
        ),
    )


def _standing(
    answered_on: date | None,
    due_on: date | None,
    clock: Clock,
    *,
    current: Sequence[Event],
    marks: Sequence[Event],
    events: Sequence[Event],
) -> Standing:
    """What residents say outweighs what the bureau saw, and that what the company says."""
    kinds = {event.kind for event in marks}
    if answered_on is None:
        return Standing.UNANSWERED
    for kind, standing in (
        ("confirmed", Standing.CONFIRMED),
        ("checked", Standing.CHECKED),
        ("done", Standing.DONE),
    ):
        if kind in kinds:
            return standing
    if len(marks) < len(current):
        return Standing.DISPUTED
    if due_on is not None:
        return _against(due_on, clock)
    return Standing.REOPENED if len(current) < len(events) else Standing.ANSWERED


def _against(due_on: date, clock: Clock) -> Standing:
    """Where an undone promise stands against its due date; the due date itself is still in time."""
    left = (due_on - clock.as_of).days
    if left < -clock.rules.broken_after:
        return Standing.BROKEN
    if left < 0:
        return Standing.OVERDUE
    return Standing.DUE_SOON if left <= clock.rules.due_soon else Standing.PROMISED


def _outcome(
    standing: Standing, marks: Sequence[Event], moves: Sequence[Event], first_due: date | None, clock: Clock
) -> Outcome:
    """A date that was moved after the promise was fulfilled makes nothing kept that was late."""
    if first_due is None:
        return Outcome.NONE
    fulfilled = clock.as_of
    if standing in _FULFILLED:
        fulfilled = min(event.date for event in marks if event.kind in {"done", "checked", "confirmed"})
    due_on = [first_due, *(move.new_due for move in moves if move.new_due and move.date <= fulfilled)][-1]
    if standing in _FULFILLED:
        return Outcome.KEPT if fulfilled <= due_on else Outcome.KEPT_LATE
    against = _against(due_on, clock)
    if against is Standing.BROKEN:
        return Outcome.BROKEN
    return Outcome.OVERDUE if against is Standing.OVERDUE else Outcome.PENDING


def _moved_late(moves: Sequence[Event], due: date | None) -> bool:
    for move in moves:
        if due is not None and move.date > due:
            return True
        due = move.new_due
    return False


def _after_last(events: Sequence[Event], kind: str) -> Sequence[Event]:
    """What came after the last event of a kind; all, if there is none."""
    places = [place for place, event in enumerate(events) if event.kind == kind]
    return events[places[-1] + 1 :] if places else events


def _first(events: Sequence[Event], kind: str) -> date | None:
    return next((event.date for event in events if event.kind == kind), None)


def _last(events: Sequence[Event], kind: str) -> date | None:
    return next((event.date for event in reversed(events) if event.kind == kind), None)
