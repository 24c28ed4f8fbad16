"""When something was last new in a site, by the dates of its contents; never by the time of a build."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from publisher.pages import Publication


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last one that it has."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def notice_days(publication: Publication) -> Iterator[date]:
    yield from (one.published_at.date() for one in publication.bureau.notices)


def round_days(publication: Publication) -> Iterator[date]:
    """Results, what companies said to them and the bureau to that, and corrections."""
    bureau = publication.bureau
    yield from release_days(publication)
    yield from (one.arrived_on for one in bureau.statements)
    yield from (one.responded_on for one in bureau.responses)
    yield from (one.decided_on for one in bureau.corrections)


def release_days(publication: Publication) -> Iterator[date]:
    """Results alone: a method is shown with the rounds by it, and an example from the latest."""
    for one in publication.bureau.rounds.values():
        published = publication.published_of(one)
        yield published.date() if published else one.period.end


def record_days(publication: Publication) -> Iterator[date]:
    """Corrections, withdrawals, and the seals that say that there were none."""
    bureau = publication.bureau
    yield from (one.decided_on for one in bureau.corrections)
    yield from (one.withdrawn_on for one in bureau.withdrawals)
    yield from (one.at.astimezone(bureau.site.zone).date() for one in bureau.sealed.entries)


def data_days(publication: Publication) -> Iterator[date]:
    """Whatever has a table, and is told on the pages of companies: rounds, meetings, questions and answers."""
    yield from round_days(publication)
    yield from meeting_days(publication)


def meeting_days(publication: Publication) -> Iterator[date]:
    for one in publication.bureau.meetings.values():
        yield one.published_at.date() if one.published_at else one.held_on
    yield from ledger_days(publication)


def ledger_days(publication: Publication) -> Iterator[date]:
    """Questions, answers and all that was done afterwards."""
    for one in publication.lives:
        yield one.item.raised_on
        if one.answered_on:
            yield one.answered_on
    yield from (one.date for one in publication.bureau.events)


def latest(days: Iterator[date], as_of: date) -> date | None:
    """The last of them that is not to come."""
    return max((day for day in days if day <= as_of), default=None)
