"""What pure functions found, kept while they are asked it again: a round that did not change is computed once.

Whoever computes more than once holds a `Recall` and passes it down; there is none of the whole program. What is asked
must be the same in every part that could be printed: 80 and 80.00 are equal numbers and different texts.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import chain
from typing import Any, TypeVar, TypeVarTuple

from publisher.model.fields import Noun, Record

R = TypeVar("R")
Given = TypeVarTuple("Given")
Calls = dict[Hashable, list[tuple[tuple[Any, ...], Any]]]
_PLAIN = (str, int, Fraction, bytes, date, timedelta, Enum, type(None))
"""Equal ones are printed alike."""
_PRINTED = (Decimal, float, datetime, time)
"""Equal ones may have more or fewer zeros, another sign of nought, or another zone."""


class Recall:
    """Keeps what was asked since the last publication that was completed began, and in the last that was not."""

    def __init__(self) -> None:
        self._now: Calls = {}
        self._before: Calls = {}
        self._broken_off: Calls = {}

    def turn(self, *, complete: bool = True) -> None:
        """A publication is complete: what neither it nor the next one asks is forgotten.

        Not `complete`: inputs with faults. What the last complete one asked is kept until they are mended.
        """
        if complete:
            self._before, self._broken_off = self._now, {}
        else:
            self._broken_off = self._now
        self._now = {}

    def of(self, key: Hashable, function: Callable[[*Given], R], *given: *Given) -> R:
        """`function(*given)`, which must be pure; `key` names the function and tells its calls roughly apart."""
        calls = self._now.setdefault(key, [])
        kept = chain(calls, self._broken_off.get(key, ()), self._before.get(key, ()))
        found = next((call for call in kept if same(call[0], given)), None)
        result: R = found[1] if found else function(*given)
        if not any(call is found for call in calls):
            # With what was given now: next time it is the same, and need not be looked through part for part.
            calls.append((given, result))
        return result


def same(one: Any, other: Any) -> bool:
    """Whether two values are alike to the last sign; of where a record was read, only its row or file counts.

    A value of another kind than those known here is the same as itself alone: it is rather computed once more.
    """
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, set | frozenset):
        return one == other and all(map(same, one, map({part: part for part in other}.__getitem__, one)))
    parts = _parts_of(one)
    if parts is None:
        if isinstance(one, _PRINTED):
            return repr(one) == repr(other)
        return isinstance(one, _PLAIN) and one == other
    others = _parts_of(other) or ()
    return len(parts) == len(others) and all(map(same, parts, others))


def _parts_of(value: Any) -> Sequence[Any] | None:
    """What a value is made of, in order; none for one that has no parts."""
    if isinstance(value, tuple | list):
        return value
    if isinstance(value, Mapping):
        return [*value, *value.values()]
    if isinstance(value, Noun):
        own = {name: part for name, part in vars(value).items() if name != "origin"}
        return [*([value.origin.where] if isinstance(value, Record) else ()), *own, *own.values()]
    return [getattr(value, field.name) for field in fields(value)] if is_dataclass(value) else None
