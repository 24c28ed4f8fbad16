"""Records as plain lists for JSON, and back: what was read without a fault need not be looked through again.

What is read back is made of the kinds of values that are named here, and of no others: it can do nothing, whoever wrote
it. `tests/test_known_records.py` holds that it is what was told, to the last sign.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, TypeVar

from publisher.model.fields import Noun, Record
from publisher.problems import Source

N = TypeVar("N", bound=Noun)
R = TypeVar("R", bound=Record)


def _called(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


@cache
def _kinds() -> Mapping[str, type[Noun]]:
    """Nouns that stand in records."""
    return {_called(one): one for one in Noun.__subclasses__() if not issubclass(one, Record)}


@cache
def _names(kind: type[Noun]) -> tuple[str, ...]:
    return tuple(name for name in kind.model_fields if name != "origin")


_PLAIN = frozenset({str, int, bool, type(None)})
_PARTS: Mapping[type, tuple[str, Callable[[Any], list[Any]]]] = {
    date: ("day", lambda value: [value.isoformat()]),
    datetime: ("moment", lambda value: [value.isoformat()]),
    Fraction: ("fraction", lambda value: [value.numerator, value.denominator]),
    tuple: ("row", lambda value: [*map(_plain, value)]),
    dict: ("map", lambda value: [_plain(part) for pair in value.items() for part in pair]),
}
"""What each kind is called, and its parts."""
_day = lru_cache(10_000)(date.fromisoformat)
_WAYS: Mapping[str, Callable[..., Any]] = {
    "day": _day,
    "moment": datetime.fromisoformat,
    "fraction": Fraction,
    "row": lambda *parts: tuple(map(_value, parts)),
    "map": lambda *parts: dict(zip(map(_value, parts[::2]), map(_value, parts[1::2]), strict=True)),
    "noun": lambda kind, given, *parts: _filled(_kinds()[kind], set(given), {}, map(_value, parts)),
}
"""How each kind is made of its parts."""


class UnplainError(TypeError):
    """A value of another kind."""


def told(records: Sequence[Record], columns: Any, signs: Sequence[str]) -> bytes:
    """One line, as `read_back` reads it, with a sign for each record.

    Raises UnplainError or UnicodeEncodeError for what cannot be told.
    """
    given: dict[frozenset[str], int] = {}
    rows = [
        [one.origin.where.line, given.setdefault(frozenset(one.model_fields_set), len(given)), *_parts_of(one)]
        for one in records
    ]
    sets = [sorted(names - {"origin"}) for names in given]
    return json.dumps([columns, sets, rows, signs], ensure_ascii=False, separators=(",", ":")).encode()


def read_back(line: bytes, model: type[R], source: Callable[[Any, int], Source]) -> tuple[tuple[R, ...], Sequence[str]]:
    """The records of one model, and their signs; `source` is where one stands, by the columns and its line.

    Raises ValueError, KeyError, TypeError or IndexError for what nobody told.
    """
    columns, given, rows, signs = json.loads(line)
    sets = [{"origin", *names} for names in given]
    found = tuple(
        _filled(
            model,
            sets[place],
            {"origin": source(columns, number)},
            [_value(part) if type(part) is list else part for part in parts],
        )
        for number, place, *parts in rows
    )
    return found, signs


def _parts_of(noun: Noun) -> list[Any]:
    held = vars(noun)
    return [_plain(held[name]) for name in _names(type(noun))]


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in _PARTS:
        name, parts = _PARTS[kind]
        return [name, *parts(value)]
    if isinstance(value, Noun) and not isinstance(value, Record):
        return ["noun", _called(kind), sorted(value.model_fields_set), *_parts_of(value)]
    raise UnplainError(kind)


def _value(told: Any) -> Any:
    return _WAYS[told[0]](*told[1:]) if type(told) is list else told


def _filled(kind: type[N], given: set[str], first: Mapping[str, Any], parts: Iterable[Any]) -> N:
    """As pydantic itself makes what it wrote for another process."""
    noun = kind.__new__(kind)
    noun.__setstate__(
        {
            "__dict__": {**first, **dict(zip(_names(kind), parts, strict=True))},
            "__pydantic_fields_set__": given,
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return noun
