"""Frozen nouns, made and changed in a third of the time. What they are, and that they are frozen, stays the same.

A frozen dataclass fills in its own parts one by one by a call that asks whether it may, and `dataclasses.replace` looks
at every part before it makes the noun anew. Of figures and results there are a hundred for each scorecard, each made
two or three times: so their parts are filled in while they are not frozen yet.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

N = TypeVar("N")

_CODE = """
def __init__(self, {given}):
    _kind = type(self)
    _set(self, "__class__", _thawed)
    {lines}
    self.__class__ = _kind
"""


def quick(kind: type[N]) -> type[N]:
    """For a frozen dataclass with slots and many parts, all of which may be given in order when it is made."""
    parts = _fields(kind)
    if hasattr(kind, "__post_init__") or any(one.kw_only or not one.init or one.name[0] == "_" for one in parts):
        raise TypeError(kind)
    thawed = type(kind.__name__, (), {"__slots__": [one.name for one in parts]})
    known = {"_set": object.__setattr__, "_thawed": thawed, "_missing": MISSING}
    known |= {f"_default_{one.name}": one.default for one in parts}
    known |= {f"_make_{one.name}": one.default_factory for one in parts}
    code = _CODE.format(given=", ".join(map(_given, parts)), lines="\n    ".join(map(_filled_in, parts)))
    made: dict[str, Any] = {}
    exec(code, known, made)  # noqa: S102  (as `dataclass` itself writes it, of names that are parts of our own nouns)
    made["__init__"].__qualname__ = f"{kind.__qualname__}.__init__"
    setattr(kind, "__init__", made["__init__"])  # noqa: B010  (a type checker allows no other way)
    return kind


def changed(noun: N, **changes: Any) -> N:
    """`dataclasses.replace` for a noun whose parts are all given when it is made."""
    kind: Any = type(noun)
    parts_of, places = _parts(kind)
    parts = [*parts_of(noun)]
    for name, value in changes.items():
        parts[places[name]] = value
    return type(noun)(*parts)


def _given(one: Field[Any]) -> str:
    if one.default is not MISSING:
        return f"{one.name}=_default_{one.name}"
    return one.name if one.default_factory is MISSING else f"{one.name}=_missing"


def _filled_in(one: Field[Any]) -> str:
    made = f"_make_{one.name}() if {one.name} is _missing else " if one.default_factory is not MISSING else ""
    return f"self.{one.name} = {made}{one.name}"


def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return fields(kind)


@cache
def _parts(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]:
    """All parts of a noun at once (it has two at least), and the place of each."""
    names = [one.name for one in fields(kind)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}
