"""Results as plain lists for JSON, and back: each value once, and nothing of the inputs, which are only pointed at.

What is read back is made of the kinds of values that are named here, and of no others: it can do nothing, whoever wrote
it. It has the same identities as before: what was one object is one again, and what was taken from the inputs is the
very object of the inputs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from publisher.model import figures, results
from publisher.model.fields import Noun

_PLAIN = frozenset({str, int, bool, type(None)})
_NOUNS: Mapping[str, type] = {
    one.__name__: one
    for module in (figures, results)
    for one in vars(module).values()
    if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.__name__
}
_NAMES = {kind: tuple(one.name for one in fields(kind)) for kind in _NOUNS.values()}
_STATES = {one.value: one for one in figures.State}
_WAYS: Mapping[str, Callable[..., Any]] = {
    **_NOUNS,
    "decimal": Decimal,
    "fraction": Fraction,
    "set": lambda *parts: frozenset(parts),
    "state": _STATES.__getitem__,
    "map": lambda *parts: dict(zip(parts[::2], parts[1::2], strict=True)),
    "row": lambda *parts: parts,
}
"""How each kind is made of its parts."""


_PARTS: Mapping[type, tuple[str, Callable[[Any], list[Any]]]] = {
    Decimal: ("decimal", lambda value: [str(value)]),
    Fraction: ("fraction", lambda value: [value.numerator, value.denominator]),
    frozenset: ("set", sorted),
    figures.State: ("state", lambda value: [value.value]),
    dict: ("map", lambda value: [part for pair in value.items() for part in pair]),
    tuple: ("row", list),
}
"""What each kind is called, and its parts."""


class UnpooledError(TypeError):
    """A value of another kind, or a noun that is not one of the inputs."""


Pooled = tuple[list[str], list[list[Any]]]
"""The kinds of values; and the values, each with the number of its kind and its parts. A part that is a list is the
place of another value."""


def pooled(value: Any, given: Any) -> Pooled:
    """The value as `unpooled` reads it; `given` are the inputs that it points into."""
    return _Pool(given).told(value)


def unpooled(told: Any, given: Any) -> Any:
    """What was told; raises ValueError, KeyError, TypeError or IndexError for what nobody told."""
    nouns, (kinds, pool) = [*_nouns_in(given)], told
    ways = [_WAYS[name] for name in kinds]
    made: list[Any] = []
    add = made.append
    for kind, *parts in pool:
        if kind < 0:
            add(nouns[parts[0]])
        else:
            add(ways[kind](*[made[one[0]] if type(one) is list else one for one in parts]))
    return made[-1]


def _nouns_in(value: Any) -> Iterator[Noun]:
    """Every noun, in an order that is the same for the same inputs."""
    if isinstance(value, Noun):
        yield value
        value = [getattr(value, name) for name in type(value).model_fields if name != "origin"]
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, tuple | list):
        for one in value:
            yield from _nouns_in(one)


class _Pool:
    def __init__(self, given: Any) -> None:
        self._nouns: dict[int, int] = {}
        for number, one in enumerate(_nouns_in(given)):
            self._nouns.setdefault(id(one), number)
        self._kinds: dict[str, int] = {}
        self._entries: list[list[Any]] = []
        self._places: dict[Any, list[int]] = {}
        """By identity, of numbers by value."""

    def told(self, value: Any) -> Pooled:
        self._part(value)
        return list(self._kinds), self._entries

    def _part(self, value: Any) -> Any:
        if type(value) in _PLAIN:
            return value
        number = type(value) in {Decimal, Fraction}
        key = (type(value), str(value)) if number else id(value)
        place = self._places.get(key)
        if place is None:
            entry = self._entry(value)
            place = self._places[key] = [len(self._entries)]
            self._entries.append(entry)
        return place

    def _entry(self, value: Any) -> list[Any]:
        if isinstance(value, Noun):
            if id(value) not in self._nouns:
                raise UnpooledError(type(value))
            return [-1, self._nouns[id(value)]]
        name, parts = _taken_apart(value)
        entry = [0, *map(self._part, parts)]
        entry[0] = self._kinds.setdefault(name, len(self._kinds))
        return entry


def _taken_apart(value: Any) -> tuple[str, list[Any]]:
    kind = type(value)
    if kind in _NAMES:
        return kind.__name__, [getattr(value, name) for name in _NAMES[kind]]
    if kind not in _PARTS:
        raise UnpooledError(kind)
    name, parts = _PARTS[kind]
    return name, parts(value)
