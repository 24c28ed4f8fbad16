"""Rule for every date of every record: it lies in a time that a bureau can mean."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from publisher.check.context import Context
from publisher.model.fields import Record
from publisher.problems import Problem, problem

EARLIEST, LATEST = 1949, 2149
"""Years. A mistyped one, such as 2206 for 2026, would hide a round or a promise for ever."""

Loc = tuple[str | int, ...]


def years_are_likely(context: Context) -> Iterator[Problem]:
    for record in _records(context):
        for loc, day in _dates(record, ()):
            if not is_likely(day):
                where = record.origin.place(*loc)
                yield problem("year-unlikely", where, f"{day.year:04}", earliest=EARLIEST, latest=LATEST)


def is_likely(day: date) -> bool:
    return EARLIEST <= day.year <= LATEST


def _records(context: Context) -> Iterator[Record]:
    bureau = context.bureau
    yield bureau.site
    for by_id in (bureau.companies, bureau.schemes, bureau.rounds, bureau.meetings):
        yield from by_id.values()
    for records in (bureau.statements, bureau.responses, bureau.items, bureau.events, bureau.holidays):
        yield from records
    yield from bureau.notices
    yield from bureau.corrections


def _dates(value: Any, loc: Loc) -> Iterator[tuple[Loc, date]]:
    """Every date and moment within, with the path to it."""
    if isinstance(value, date):
        yield loc, value
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _dates(part, (*loc, place))
    elif isinstance(value, BaseModel):
        for name, part in vars(value).items():
            if part is not None and type(part) is not str:  # most are: a table may have thirty thousand rows of them
                yield from _dates(part, (*loc, name))


DATE_RULES = (years_are_likely,)
