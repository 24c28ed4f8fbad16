"""Rules for the answer ledger: items, events, and the holiday table that limits are counted by."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from publisher.check.context import Context, repeated
from publisher.check.dates import is_likely
from publisher.ledger import Clock
from publisher.model.asked import Event, Item
from publisher.problems import Problem, problem
from publisher.workdays import Calendar, UnknownYearError

_SPEAKERS = {
    "moved": {"company", "bureau"},
    "done": {"company"},
    "checked": {"bureau"},
    "confirmed": {"resident"},
    "disagreed": {"resident"},
    "reopened": {"bureau", "resident"},
}
"""Who may say what: "done", "checked" and "confirmed" are three facts because three parties say them."""


def items_differ(context: Context) -> Iterator[Problem]:
    yield from repeated(context.bureau.items, "id", "duplicate-id-row")


def items_belong_somewhere(context: Context) -> Iterator[Problem]:
    bureau = context.bureau
    known = {one.id for scheme in bureau.schemes.values() for one in scheme.indicators}
    present = {one.id: frozenset(one.companies) for one in bureau.meetings.values()}
    for item in bureau.items:
        place = item.origin.place
        yield from context.unknown("meeting", item.meeting, bureau.meetings, partial(place, "meeting"))
        yield from context.unknown("company", item.company, bureau.companies, partial(place, "company"))
        if item.company in bureau.companies and item.company not in present.get(item.meeting, bureau.companies):
            yield problem("company-not-at-meeting", place("company"), item.company, meeting=item.meeting)
        if item.indicator is not None and not context.lacks("scheme"):
            yield from context.unknown("indicator", item.indicator, known, partial(place, "indicator"))


def answers_are_whole(context: Context) -> Iterator[Problem]:
    """An answer has its text, its date and who gave it; a promise has a date and an owner."""
    for item in context.bureau.items:
        for given, other, code in (
            ("answer", "answered_on", "answer-incomplete"),
            ("answered_on", "answer", "answer-incomplete"),
            ("answer", "answered_by", "answer-incomplete"),
            ("answered_by", "answer", "answer-incomplete"),
            ("promise", "answer", "promise-incomplete"),
            ("promise", "owner", "promise-incomplete"),
            ("due_on", "promise", "promise-incomplete"),
            ("due_in", "promise", "promise-incomplete"),
        ):
            if getattr(item, given) is None or getattr(item, other) is not None:
                continue
            unread = (other,) not in item.origin.fields and context.lacks("item")  # a heading that is told already
            if not unread:
                details = {"given": f"field.items.{given}", "missing": f"field.items.{other}"}
                yield problem(code, item.origin.place(other), item.id, **details)


def item_dates_run_forward(context: Context) -> Iterator[Problem]:
    for item in context.bureau.items:
        for name in ("answered_on", "due_on"):
            day = getattr(item, name)
            if day is not None and day < item.raised_on:
                yield problem("before-raised", item.origin.place(name), day, raised=item.raised_on)


def events_belong_to_items(context: Context) -> Iterator[Problem]:
    items = context.items
    for event in context.bureau.events:
        yield from context.unknown("item", event.item, items, partial(event.origin.place, "item"))
        item = items.get(event.item)
        if item and event.date < item.raised_on:
            yield problem("before-raised", event.origin.place("date"), event.date, raised=item.raised_on)


def moves_say_why(context: Context) -> Iterator[Problem]:
    """A moved date keeps its reason; only a move has a new date."""
    for event in context.bureau.events:
        if event.kind == "moved":
            yield from _move(event, context.items)
        elif event.new_due is not None:
            yield problem("new-due-without-move", event.origin.place("new_due"), event.new_due)


def _move(event: Event, items: Mapping[str, Item]) -> Iterator[Problem]:
    for name in ("new_due", "reason"):
        if getattr(event, name) is None:
            yield problem("move-incomplete", event.origin.place(name), event.item, missing=f"field.events.{name}")
    if event.new_due is not None and event.new_due < event.date:
        yield problem("new-due-before-event", event.origin.place("new_due"), event.new_due, date=event.date)
    item = items.get(event.item)
    if item and item.promise is None and _moves_nothing(event, item):
        yield problem("move-without-promise", event.origin.place("item"), event.item)


def promises_have_one_deadline(context: Context) -> Iterator[Problem]:
    """A promise has a date or a number of working days: one of them."""
    for item in context.bureau.items:
        if item.promise is not None and item.due_on is None and item.due_in is None:
            yield problem("promise-without-deadline", item.origin.place("due_on"), item.id)
        if item.due_on is not None and item.due_in is not None:
            yield problem("two-deadlines", item.origin.place("due_in"), item.id)


def limits_can_be_counted(context: Context) -> Iterator[Problem]:
    """Working days are never guessed: the holiday table must know every year that a limit touches."""
    if context.lacks("holiday"):
        return
    site = context.bureau.site
    clock = Clock(date.min, site.ledger, Calendar.of(context.bureau.holidays))
    told: set[int] = set()
    for item in (one for one in context.bureau.items if not _is_to_come(one, context)):
        for name, count in (("raised_on", clock.answer_due), ("due_in", clock.first_due)):
            try:
                count(item)
            except UnknownYearError as error:
                if error.year not in told:
                    yield problem("holiday-year-missing", item.origin.place(name), error.year)
                told.add(error.year)


def _is_to_come(item: Item, context: Context) -> bool:
    """A mistyped date is told by its own rule, and counts no working days."""
    return max(item.raised_on, item.answered_on or item.raised_on) > context.as_of


def holidays_differ(context: Context) -> Iterator[Problem]:
    yield from repeated(context.bureau.holidays, "date", "duplicate-holiday")


def made_up_days_are_weekends(context: Context) -> Iterator[Problem]:
    """A day worked to make up for a holiday is a Saturday or Sunday; another is a slip of the pen."""
    for holiday in context.bureau.holidays:
        if holiday.kind == "workday" and holiday.date.weekday() < 5:  # noqa: PLR2004  (Saturday)
            yield problem("workday-not-weekend", holiday.origin.place("date"), holiday.date)


def repeats_are_earlier_items(context: Context) -> Iterator[Problem]:
    """An item repeats an earlier one of the same company, so threads make no circle."""
    items = context.items
    for item in context.bureau.items:
        if item.repeats is None:
            continue
        where = item.origin.place("repeats")
        yield from context.unknown("item", item.repeats, items, where)
        earlier = items.get(item.repeats)
        if earlier and (earlier.raised_on, earlier.id) >= (item.raised_on, item.id):
            yield problem("repeats-later", where, item.repeats)
        elif earlier and earlier.company != item.company:
            yield problem("repeats-other-company", where, item.repeats)


def events_come_from_who_may_say_so(context: Context) -> Iterator[Problem]:
    for event in context.bureau.events:
        allowed = _SPEAKERS.get(event.kind)
        if allowed and event.by not in allowed:
            details = {"kind": f"choice.events.kind.{event.kind}", "who": f"choice.events.by.{event.by}"}
            who = tuple(f"choice.events.by.{one}" for one in sorted(allowed))
            yield problem("wrong-speaker", event.origin.place("by"), event.by, **details, allowed=who)


def events_follow_the_answer(context: Context) -> Iterator[Problem]:
    """Nothing can be done, moved or checked before there was an answer that promised it.

    Told once for an item that has no answer at all; an event before the question is told by its own rule.
    """
    items = context.items
    told: set[str] = set()
    for event in context.bureau.events:
        item = items.get(event.item)
        if item is None or event.date < item.raised_on or _moves_nothing(event, item):
            continue
        if _is_before_answer(event, item) and item.id not in told:
            details = {"item": item.id, "kind": f"choice.events.kind.{event.kind}"}
            if item.answered_on is None:
                told.add(item.id)
                yield problem("event-without-answer", event.origin.place("kind"), event.item, **details)
            else:
                yield problem("event-before-answer", event.origin.place("date"), event.date, **details)


def _is_before_answer(event: Event, item: Item) -> bool:
    if event.kind in {"note", "reopened"}:
        return False
    if item.answered_on is None:
        return item.answer is None  # an answer without a date is told by its own rule
    return event.date < item.answered_on


def _moves_nothing(event: Event, item: Item) -> bool:
    """A move of an item without a deadline."""
    return event.kind == "moved" and item.due_on is None and item.due_in is None


def disagreements_follow_a_claim(context: Context) -> Iterator[Problem]:
    """Residents disagree with something that was said done; a done matter is reopened."""
    items = context.items
    claimed: set[str] = set()
    for event in sorted(context.bureau.events, key=lambda one: one.date):
        item = items.get(event.item)
        if event.kind in {"done", "checked"}:
            claimed.add(event.item)
        elif event.kind == "disagreed" and event.item not in claimed and item and not _is_before_answer(event, item):
            yield problem("disagreed-before-done", event.origin.place("kind"), event.item)


def nothing_has_happened_yet_to_come(context: Context) -> Iterator[Problem]:
    """Questions, answers and events are things that happened: none is later than today."""
    records: tuple[tuple[Sequence[Item | Event], tuple[str, ...]], ...] = (
        (context.bureau.items, ("raised_on", "answered_on")),
        (context.bureau.events, ("date",)),
    )
    for rows, names in records:
        for row in rows:
            late = [name for name in names if (day := getattr(row, name)) and day > context.today and is_likely(day)]
            for name in late[:1]:
                yield problem("in-the-future", row.origin.place(name), getattr(row, name), today=context.today)


LEDGER_RULES = (
    items_differ,
    items_belong_somewhere,
    answers_are_whole,
    promises_have_one_deadline,
    item_dates_run_forward,
    limits_can_be_counted,
    holidays_differ,
    made_up_days_are_weekends,
    repeats_are_earlier_items,
    events_belong_to_items,
    events_come_from_who_may_say_so,
    events_follow_the_answer,
    disagreements_follow_a_claim,
    moves_say_why,
    nothing_has_happened_yet_to_come,
)
