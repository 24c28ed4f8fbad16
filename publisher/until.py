"""How long a site stays the same while nobody edits anything: the next moment at which time alone changes a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from pydantic import BaseModel

from publisher.model.bureau import Bureau
from publisher.moments import in_zone

WITHOUT_MOMENTS = frozenset({"scores", "items", "events", "holidays"})
"""The long tables of a bureau: days stand in them, and no times of a day."""
_PLAIN = frozenset({str, int, bool, date, type(None)})
"""Kinds without a moment in them; most parts are one of these."""
_PLACE = "origin"
"""Where a record was read, field by field: more than all that it says."""


def same_until(bureau: Bureau, present: datetime) -> datetime:
    """The end of the present day, or the next moment before it that stands anywhere in the inputs.

    Pages and rules compare the present with days, and with moments of the inputs, and with nothing else. Which of
    the moments mean anything is not asked: one that means nothing costs a build.
    """
    zone = bureau.site.zone
    day = present.astimezone(zone).date()
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    parts = {one.name: getattr(bureau, one.name) for one in fields(bureau)}
    named = (in_zone(one, zone) for name, part in parts.items() if name not in WITHOUT_MOMENTS for one in _in(part))
    return min([midnight, *(one for one in named if one > present)])


def _in(value: Any) -> Iterator[datetime]:
    """Every moment within a value, in any order."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, datetime):
            yield one
        else:
            kind: Any = type(one)
            waiting += [part for part in _way(kind)(one) if type(part) not in _PLAIN]


@cache
def _way(kind: Any) -> Callable[[Any], Iterable[Any]]:
    """The parts of a value of a kind; found once for all of the kind."""
    if issubclass(kind, Mapping):
        return lambda value: value.values()
    if issubclass(kind, list | tuple | set | frozenset):
        return lambda value: value
    if issubclass(kind, BaseModel):
        return lambda value: [part for name, part in vars(value).items() if name != _PLACE]
    if is_dataclass(kind):
        names = [one.name for one in fields(kind)]
        return lambda value: [getattr(value, name) for name in names]
    return lambda _: ()
