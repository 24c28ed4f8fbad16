"""What pure functions found, kept while they are asked it again: a round that did not change is computed once.

Whoever computes more than once holds a `Recall` and passes it down; there is none of the whole program. What is asked
must be the same in every part that could be printed: 80 and 80.00 are equal numbers and different texts.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any, TypeVar, TypeVarTuple

from publisher.model.fields import Noun, Record

R = TypeVar("R")
Given = TypeVarTuple("Given")
Calls = dict[Hashable, list[tuple[tuple[Any, ...], Any]]]


class Recall:
    """Keeps what was asked since the turn before the last."""

    def __init__(self) -> None:
        self._now: Calls = {}
        self._before: Calls = {}

    def turn(self) -> None:
        """A publication is complete: what neither it nor the next one asks is forgotten."""
        self._before, self._now = self._now, {}

    def of(self, key: Hashable, function: Callable[[*Given], R], *given: *Given) -> R:
        """`function(*given)`, which must be pure; `key` names the function and tells its calls roughly apart."""
        kept = chain(self._now.get(key, ()), self._before.get(key, ()))
        found = next((call for call in kept if same(call[0], given)), None) or (given, function(*given))
        calls = self._now.setdefault(key, [])
        if not any(call is found for call in calls):
            calls.append(found)
        result: R = found[1]
        return result


def same(one: Any, other: Any) -> bool:
    """Whether two values are alike to the last sign; of where a record was read, only its row or file counts."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    parts = _parts_of(one)
    if parts is None:
        # Equal decimals may have more or fewer zeros, equal moments another zone.
        return bool(one == other) and (not isinstance(one, Decimal | datetime) or str(one) == str(other))
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
