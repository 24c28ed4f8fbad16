"""A short name for a value that is the same in the next build if, and only if, every sign of the value is.

Equal numbers that are printed differently (80 and 80.00) have different ones. Where a record was read counts with its
file and row, as for `publisher.recall`: a template could print it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from hashlib import blake2b
from marshal import dumps
from operator import attrgetter
from typing import Any

from publisher.ledger import Life
from publisher.model.fields import Noun
from publisher.model.results import CompanyResult, RoundResult, SectorResult
from publisher.problems import Source

_PLAIN = frozenset({str, int, bool, float, bytes, type(None)})
"""What `marshal` tells apart by itself."""
_FORM = 2
"""Of `marshal`: the last one that tells a value in one way only, however it is shared or interned."""
_SIZE = 16
"""Bytes: enough that no two of a billion values have the same one by chance."""
_UNTOLD = frozenset({"publication", "work_out"})
"""A page of a superseded edition names all that it is made of; what it prints of that is watched (`reads`). What is to
be worked out (`Later`) says what it is worked out from."""
_WHOLE = (Noun, Life, CompanyResult, SectorResult, RoundResult)
"""Told once a build, for many pages print them. Of their parts a scorecard has two hundred."""
_PARTS = 20_000
"""How many others are remembered: all would take more memory than the results themselves."""


class UntoldError(TypeError):
    """A value of a kind that is not known here: what it holds cannot be told."""


class Fingerprints:
    """Those of one build: what several pages print is read once."""

    def __init__(self) -> None:
        self._ways: dict[type, Callable[[Any], Any]] = dict(_LEAVES)
        self._known: dict[int, tuple[Any, bytes]] = {}
        """By identity; the value is held, so that no other one can take its place in memory."""
        self._parts: dict[int, tuple[Any, bytes]] = {}
        self._containers: Sequence[tuple[Any, Callable[[Any], Iterable[Any]]]] = (
            (tuple | list, lambda value: map(self._told, value)),
            (set | frozenset, lambda value: sorted(map(self.of, value))),
            (Mapping, lambda value: [part for pair in value.items() for part in map(self._told, pair)]),
            (Enum, lambda value: [value.name]),
            (str, lambda value: [str(value)]),
        )

    def of(self, value: Any) -> str:
        """Raises UntoldError for a value that cannot be told."""
        return blake2b(dumps(self._told(value), _FORM), digest_size=_SIZE).hexdigest()

    def noun(self, value: Any) -> str:
        """As it is told within others."""
        told: bytes = self._told(value)
        return told.hex()

    def rows(self, rows: Sequence[Noun]) -> bytes:
        """All that is in rows of one kind, without where they were read. None of them is held."""
        kind, told = type(rows[0]), self._told
        parts: Callable[[Any], Any] = attrgetter(*(name for name in kind.model_fields if name != "origin"))
        every = [[one if type(one) in _PLAIN else told(one) for one in parts(row)] for row in rows]
        return blake2b(dumps((kind.__qualname__, every), _FORM), digest_size=_SIZE).digest()

    def trust(self, value: Any, told: str) -> None:
        """The same for a noun of which only that is known."""
        self._known[id(value)] = value, bytes.fromhex(told)

    def _told(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._way(kind)
        return way(value)

    def _way(self, kind: type) -> Callable[[Any], Any]:
        """How values of a kind are told: in order, with its name, so that a value of another kind is another."""
        name = kind.__qualname__
        if issubclass(kind, Noun) or is_dataclass(kind):
            names = kind.model_fields if issubclass(kind, Noun) else [one.name for one in fields(kind)]
            return self._parted(name, [one for one in names if one not in _UNTOLD], whole=issubclass(kind, _WHOLE))
        for of, way in self._containers:
            if issubclass(kind, of):
                return lambda value: (name, *way(value))
        raise UntoldError(kind)

    def _parted(self, name: str, names: list[str], *, whole: bool) -> Callable[[Any], bytes]:
        """A noun is told by its parts; what was told lately is not told again."""
        known, told, most = self._known if whole else self._parts, self._told, None if whole else _PARTS
        parts: Callable[[Any], Any] = attrgetter(names[0], names[-1], *names[1:])  # two at least: then it is a tuple

        def way(value: Any) -> bytes:
            found = known.get(id(value))
            if found is None:
                every = (name, [one if type(one) in _PLAIN else told(one) for one in parts(value)])
                if len(known) == most:
                    known.clear()
                known[id(value)] = found = value, blake2b(dumps(every, _FORM), digest_size=_SIZE).digest()
            return found[1]

        return way


def _where(source: Source) -> tuple[Any, ...]:
    where = source.where
    return ("Source", where.path, where.sheet, where.line)


_LEAVES: Mapping[type, Callable[[Any], Any]] = {
    Decimal: lambda value: ("Decimal", str(value)),
    Fraction: lambda value: ("Fraction", value.numerator, value.denominator),
    datetime: lambda value: ("datetime", value.isoformat(), str(value.tzinfo)),
    date: lambda value: ("date", value.isoformat()),
    time: lambda value: ("time", value.isoformat()),
    timedelta: lambda value: ("timedelta", value.days, value.seconds, value.microseconds),
    Source: _where,
}
