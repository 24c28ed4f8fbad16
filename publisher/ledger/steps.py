"""The life of an item as a dated line: what was said and done, and the dates that passed with nothing done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from publisher.model.asked import Event, Item

_DAY = timedelta(days=1)
"""A date is over when its day is: what passed is told on the day after."""

StepKind = Literal[
    "asked",
    "answer-due",
    "answered",
    "promised",
    "due-passed",
    "moved",
    "done",
    "checked",
    "confirmed",
    "disagreed",
    "reopened",
    "note",
]


@dataclass(frozen=True)
class Step:
    """One dated point of an item's life. Some are computed: a date that passed with nothing done."""

    day: date
    kind: StepKind
    by: str = ""
    """company, bureau or resident; empty for what was computed."""
    text: str = ""
    old_due: date | None = None
    new_due: date | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Dates:
    """The dates of an item that its line shows, worked out elsewhere."""

    as_of: date
    answered_on: date | None
    answer_due: date | None
    first_due: date | None
    passed: date | None
    """The due date, if it is over and the promise is not fulfilled."""


def steps_of(item: Item, events: Sequence[Event], dates: Dates) -> tuple[Step, ...]:
    """In order of date; on one day the question first, then the answer, the promise and the events."""
    steps = [Step(item.raised_on, "asked", "resident", item.question)]
    if dates.answer_due and dates.answer_due < (dates.answered_on or dates.as_of):
        steps.append(Step(dates.answer_due + _DAY, "answer-due"))
    if dates.answered_on:
        steps.append(Step(dates.answered_on, "answered", "company", item.answer or ""))
        if dates.first_due:
            promise = item.promise or ""
            steps.append(Step(dates.answered_on, "promised", "company", promise, new_due=dates.first_due))
    steps += _event_steps(events, dates.first_due)
    if dates.passed:
        steps.append(Step(dates.passed + _DAY, "due-passed"))
    return tuple(sorted(steps, key=lambda step: step.day))


def _event_steps(events: Sequence[Event], due: date | None) -> Iterator[Step]:
    for event in events:
        is_move = event.kind == "moved"
        yield Step(
            day=event.date,
            kind=event.kind,
            by=event.by,
            text=event.reason or "",
            old_due=due if is_move else None,
            new_due=event.new_due,
            evidence=event.evidence or "",
        )
        due = event.new_due if is_move else due
