"""Every text of a record with the path of its fields, so that a new field is covered without being named."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.model.rows import LateRows
from publisher.problems import Place, Source

Loc = tuple[str | int, ...]
_WITHOUT = frozenset({int, bool, date, datetime, Fraction})
"""Kinds of values that hold no text."""
MARKDOWN = frozenset({"body", "method"})


class Written(NamedTuple):
    """One text of a record, and where it stands."""

    field: str
    text: str
    origin: Source
    loc: Loc

    @property
    def place(self) -> Place:
        """Worked out when it is asked for: most texts have no fault."""
        return self.origin.place(*self.loc)

    def at(self, line: int) -> Place:
        """The place of a line of the text, counted from 0."""
        inside = 1 if self.field == "method" and "\n" in self.text else 0
        place = self.place
        return replace(place, line=place.line + line + inside) if place.line else place


def written_in(bureau: Bureau) -> Iterator[Written]:
    """Every text that people write and the site shows."""
    records: tuple[Record, ...] = (
        *(bureau.site, *bureau.companies.values(), *bureau.schemes.values(), *bureau.rounds.values()),
        *(*bureau.statements, *bureau.responses, *bureau.meetings.values(), *bureau.items, *bureau.events),
        *(*bureau.holidays, *bureau.notices, *bureau.corrections, *bureau.withdrawals, *bureau.articles),
    )
    for record in records:
        for loc, text in texts_of(record):
            yield Written(field_of(loc), text, record.origin, loc)
    rows = (one for one in bureau.scores.values() if not isinstance(one, LateRows))  # units of those are in the scheme
    for score in {one.unit: one for scores in rows for one in scores}.values():
        if score.unit:
            yield Written("unit", score.unit, score.origin, ("unit",))


def field_of(loc: Loc) -> str:
    """The innermost field of a path."""
    if loc and isinstance(loc[-1], str):
        return loc[-1]
    return next((part for part in reversed(loc) if isinstance(part, str)), "")


def texts_of(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text within a value, keys of mappings included, with the path of its fields."""
    if isinstance(value, str):
        yield loc, value
    elif hasattr(value, "as_posix"):  # a path: its name is what goes out
        yield loc, value.name
    elif isinstance(value, BaseModel) or is_dataclass(value):
        kind: Any = type(value)
        held = vars(value)
        for name in _fields_of(kind):
            part = held[name]
            if type(part) is str:  # most are: a table may have thirty thousand rows of them
                yield (*loc, name), part
            elif part is not None and type(part) not in _WITHOUT:
                yield from texts_of(part, (*loc, name))
    elif isinstance(value, Mapping | tuple | list | set | frozenset):
        for key, one in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from texts_of(key, loc)
            yield from texts_of(one, (*loc, key))


@cache
def _fields_of(kind: Any) -> list[str]:
    names = kind.model_fields if issubclass(kind, BaseModel) else [field.name for field in fields(kind)]
    return [name for name in names if name != "origin"]
