"""Warnings of what is possible but looks like a slip, and of what the site does not show yet."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from publisher.attendance import absent, latest
from publisher.check.context import Context
from publisher.check.dates import is_likely
from publisher.model.asked import Event
from publisher.model.fields import Record
from publisher.moments import release_of
from publisher.problems import Problem, warning

FEWEST_DAYS = 8
"""Rows of a year in a holiday table; a Chinese year has more than twenty."""
_NUMBERED = re.compile(
    r"^##[ \t]+((?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+(?:、|[.．](?!\d)))[^\n]*)", re.MULTILINE
)


def what_waits_is_told(context: Context) -> Iterator[Problem]:
    """So that nobody takes a round, a notice or a meeting that is not out yet for lost."""
    bureau = context.bureau
    meetings = bureau.meetings.values()
    waiting: list[tuple[Record, str, datetime | None]] = [
        (one, "release_at", release_of(one, bureau.notices)) for one in bureau.rounds.values()
    ]
    waiting += [(one, "published_at", one.published_at) for one in bureau.notices]
    waiting += [(one, "published_at", one.published_at) for one in meetings]
    for record, name, moment in waiting:
        if moment is not None and moment.date() > context.as_of:
            yield warning("not-in-site-yet", record.origin.place(name), date=moment.date())
    later: list[tuple[Record, str, date]] = [(one, "held_on", one.held_on) for one in meetings if not one.published_at]
    later += [(one, "received_on" if one.received_on else "signed_on", one.arrived_on) for one in bureau.statements]
    for record, name, day in later:
        if day > context.as_of:
            yield warning("not-happened-yet", record.origin.place(name), day.isoformat(), date=day)


def rounds_say_when_they_come_out(context: Context) -> Iterator[Problem]:
    for round_ in context.bureau.rounds.values():
        blank = ("release_at",) in round_.origin.fields  # it is there and could not be taken, which is told
        known = blank or context.lacks("notices") or release_of(round_, context.bureau.notices) is not None
        if not known:
            yield warning("no-release-time", round_.origin.where, round_.id)


def holiday_years_look_complete(context: Context) -> Iterator[Problem]:
    likely = [one for one in context.bureau.holidays if is_likely(one.date)]
    days = Counter(one.date.year for one in likely)
    last = {one.date.year: one for one in likely}
    for year, count in sorted(days.items()):
        if count < FEWEST_DAYS:
            yield warning("holiday-year-thin", last[year].origin.place("date"), year, n=count)


def bases_fit_the_forms(context: Context) -> Iterator[Problem]:
    """The companies' bases of one indicator do not sum to more than the valid forms of the round."""
    for round_ in context.bureau.rounds.values():
        if round_.forms is None:
            continue
        totals: Counter[str] = Counter()
        for score in context.rows(round_.id):
            if score.channel is None:
                totals[score.indicator] += score.n or 0
        indicator, total = max(totals.items(), key=lambda pair: pair[1], default=("", 0))
        if total > round_.forms.valid:
            place = round_.origin.place("forms", "valid")
            scheme = context.bureau.schemes.get(round_.scheme)
            known = {one.id: one.known_as for one in scheme.indicators} if scheme else {}
            indicator = known.get(indicator, indicator)
            yield warning("more-than-valid", place, indicator, total=total, valid=round_.forms.valid)


def nobody_is_forgotten(context: Context) -> Iterator[Problem]:
    """Of the latest round of a line of schemes: who was in the one before, has not left, and is not in this one.

    A round that says it is partial has told already.
    """
    bureau = context.bureau
    for before, now in latest(bureau):
        told = now.partial or context.lacks("scores") or not bureau.scores.get(now.id)
        for id_ in () if told else absent(bureau, before, now):
            yield warning("company-absent", now.origin.where, id_)


def headings_have_no_numbers(context: Context) -> Iterator[Problem]:
    """The site numbers the sections of a notice itself."""
    for notice in context.bureau.notices:
        for match in _NUMBERED.finditer(notice.body):
            yield warning("heading-numbered", notice.origin.where, match[1])


def dates_are_moved_in_time(context: Context) -> Iterator[Problem]:
    """A promise that is moved after its date was over is broken all the same; the page says so."""
    due = {item.id: item.due_on for item in context.bureau.items}
    for event in sorted(context.bureau.events, key=lambda one: one.date):
        if event.kind == "moved":
            yield from _late_move(event, due.get(event.item))
            due[event.item] = event.new_due


def _late_move(event: Event, due: date | None) -> Iterator[Problem]:
    if due is not None and event.date > due:
        yield warning("moved-after-due", event.origin.place("date"), event.item, due=due)


PLAUSIBLE_RULES = (
    what_waits_is_told,
    rounds_say_when_they_come_out,
    holiday_years_look_complete,
    bases_fit_the_forms,
    nobody_is_forgotten,
    headings_have_no_numbers,
    dates_are_moved_in_time,
)
