"""Warnings about the ledger at a date: what grows old, and answers that answer nothing."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from publisher.check.context import Context
from publisher.ledger import Clock, Standing, life_of
from publisher.model.asked import Event, Item
from publisher.problems import Problem, warning
from publisher.similar import ANSWERS_ALIKE, MOST_COMPARED, Earlier, alike
from publisher.workdays import Calendar, UnknownYearError

QUESTIONS_ALIKE = 0.6
MANY = 5
"""Answers on one day, to questions of several days, that look like a clearance."""


def answers_are_given(context: Context) -> Iterator[Problem]:
    """Told once, at the highest limit passed: by default 15, 60 and 90 days without an answer."""
    if context.lacks("site"):
        return
    limits = sorted(context.bureau.site.ledger.ageing, reverse=True)
    for item in _asked(context):
        days = (context.as_of - item.raised_on).days
        passed = next((limit for limit in limits if days > limit), None)
        if item.answered_on is None and item.answer is None and passed is not None:
            yield warning("answer-missing", item.origin.place("answer"), item.id, days=days, limit=passed)


def overdue_promises_are_spoken_of(context: Context) -> Iterator[Problem]:
    """A promise is overdue and nobody has recorded anything since its due date."""
    if context.lacks("event") or context.lacks("site"):
        return
    events: dict[str, list[Event]] = defaultdict(list)
    for event in context.bureau.events:
        events[event.item].append(event)
    clock = Clock(context.as_of, context.bureau.site.ledger, Calendar.of(context.bureau.holidays))
    for item in _asked(context):
        if not item.promise:
            continue  # nothing is due, whatever else happened: most lives need not be worked out
        meeting = context.bureau.meetings.get(item.meeting)
        company = context.bureau.companies.get(item.company)
        if meeting is None or company is None:
            continue
        own = sorted((e for e in events[item.id] if e.date <= context.as_of), key=lambda e: e.date)
        try:
            life = life_of(item, own, meeting, company, clock)
        except UnknownYearError:
            continue  # told by its own rule
        spoken = any(life.due_on and event.date > life.due_on for event in own)
        if life.standing in {Standing.OVERDUE, Standing.BROKEN} and not spoken:
            place = item.origin.place("due_on" if item.due_in is None else "due_in")
            yield warning("overdue-without-event", place, item.id, days=life.overdue_days)


def answers_differ(context: Context) -> Iterator[Problem]:
    """One answer to different questions is no answer. Each copy is told once, with the first of its kind."""
    for company, items in _by_company(context).items():
        given = {item.id: item for item in items if item.answer}
        answers = [(id_, one.answer or "") for id_, one in given.items()]
        found = _alike(context, answers, ANSWERS_ALIKE, _most(context, items))
        if found is None:
            yield _not_compared("answers-not-compared", company, items)
            continue
        for id_, earlier in found.items():
            yield warning("answers-alike", given[id_].origin.place("answer"), id_, other=earlier.first)


def answers_come_as_questions_do(context: Context) -> Iterator[Problem]:
    """Many questions of different days, all answered on one day."""
    for company, items in _by_company(context).items():
        answered = [item for item in items if item.answered_on]
        days = {item.answered_on for item in answered}
        asked = {item.raised_on for item in answered}
        if len(answered) >= MANY and len(days) == 1 and len(asked) > 1:
            place = answered[0].origin.place("answered_on")
            yield warning("answered-on-one-day", place, answered[0].answered_on, company=company, n=len(answered))


def repeated_questions_are_linked(context: Context) -> Iterator[Problem]:
    """Suggests `repeats` where a company is asked nearly the same again: once, with the last time before."""
    for company, items in _by_company(context).items():
        known = {item.id: item for item in sorted(items, key=lambda one: (one.raised_on, one.id))}
        asked = [(id_, one.question) for id_, one in known.items()]
        found = _alike(context, asked, QUESTIONS_ALIKE, _most(context, items))
        if found is None:
            yield _not_compared("questions-not-compared", company, items)
            continue
        for id_, earlier in found.items():
            item = known[id_]
            if item.repeats is None and known[earlier.last].repeats != id_:
                yield warning("question-again", item.origin.place("question"), id_, other=earlier.last)


def _alike(
    context: Context, texts: Sequence[tuple[str, str]], threshold: float, most: int
) -> Mapping[str, Earlier] | None:
    """As `alike` has it; texts of which none was like another are not compared again in the next build."""

    def look(_: str) -> list[Mapping[str, Earlier] | None]:
        found = alike(texts, threshold, most)
        return [] if found == {} else [found]

    found = context.cleared.of("alike", json.dumps([threshold, most, texts]), look)
    return found[0] if found else {}


def _most(context: Context, items: Sequence[Item]) -> int:
    """Every company has its share of the comparisons: together they take no longer than one company alone."""
    return max(1, MOST_COMPARED * len(items) // len(context.bureau.items))


def _not_compared(code: str, company: str, items: Sequence[Item]) -> Problem:
    return warning(code, replace(items[0].origin.where, line=0, cell=""), company, n=len(items))


def _asked(context: Context) -> Iterator[Item]:
    return (item for item in context.bureau.items if item.raised_on <= context.as_of)


def _by_company(context: Context) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in context.bureau.items:
        found[item.company].append(item)
    return found


AGEING_RULES = (
    answers_are_given,
    overdue_promises_are_spoken_of,
    answers_differ,
    answers_come_as_questions_do,
    repeated_questions_are_linked,
)
