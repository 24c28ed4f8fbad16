"""What a page reads of the site besides its own data: watched, so that the next build can ask whether it is the same.

A template may reach everything that is published. What it did reach, and not what it could have, decides whether its
page stands: a page that printed the name of one company is made again when that name changes, not when another does.
"""

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from dataclasses import is_dataclass
from typing import Any, Literal, cast

Way = Literal["some", "one", "all"]
"""Whether there is anything; what stands under one key; everything."""
Read = tuple[str, Way, str]
"""(name, way, key); the key is empty but for `one`."""
_MISSING = ("missing",)


class Reads:
    """Of one page after the other."""

    def __init__(self, sources: Mapping[str, Any]) -> None:
        self._sources = sources
        self._seen: set[Read] = set()

    def begin(self) -> None:
        self._seen.clear()

    def seen(self) -> frozenset[Read]:
        """By the page that was made since `begin`."""
        return frozenset(self._seen)

    def apart(self, make: Callable[[Any], str], noun: Any) -> tuple[str, frozenset[Read]]:
        """What is made of a noun, and what was read for it; the page read it too."""
        before, self._seen = self._seen, set()
        try:
            return make(noun), frozenset(self._seen)
        finally:
            before |= self._seen
            self._seen = before

    def again(self, reads: frozenset[Read]) -> None:
        """The page has what was made before and read this."""
        self._seen |= reads

    def note(self, name: str, way: Way, key: str = "") -> None:
        self._seen.add((name, way, key))

    def watched(self) -> dict[str, Any]:
        """The sources as templates get them."""
        return {name: self.watch(name, value) for name, value in self._sources.items()}

    def watch(self, name: str, value: Any) -> Any:
        """A container that notes what is taken from it; what has no parts is noted and given as it is."""
        if isinstance(value, Mapping):
            return _Mapping(self, name, value)
        if isinstance(value, tuple | list):
            return _Sequence(self, name, value)
        if is_dataclass(value):
            return _Parts(self, name, value)
        self.note(name, "all")
        return value

    def value(self, read: Read) -> Any:
        """What it reads now."""
        name, way, key = read
        first, *rest = name.split(".")
        value = self._sources.get(first, _MISSING)
        for part in rest:
            value = getattr(value, part, _MISSING)
        if way == "some":
            return bool(value)
        if way == "all":
            return value
        return value.get(key, _MISSING) if isinstance(value, Mapping) else _MISSING


class _Watched:
    """A value under its name; whoever takes all of it gets the value itself."""

    def __init__(self, reads: Reads, name: str, value: Any) -> None:
        self._reads, self._name, self._value = reads, name, value

    def _whole(self) -> Any:
        self._reads.note(self._name, "all")
        return self._value

    def __bool__(self) -> bool:
        self._reads.note(self._name, "some")
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return bool(self._whole() == other)

    def __hash__(self) -> int:
        return hash(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())


class _Parts(_Watched):
    """A noun: its parts are watched one by one."""

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._value, name)
        if callable(value):
            self._whole()  # what it does reads whatever it likes
            return value
        return self._reads.watch(f"{self._name}.{name}", value)


class _Sequence(_Watched, Sequence[Any]):
    def __getitem__(self, place: Any) -> Any:
        return self._whole()[place]

    def __len__(self) -> int:
        return len(self._whole())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._whole())

    def __add__(self, other: Any) -> Any:
        return self._whole() + other

    def __radd__(self, other: Any) -> Any:
        return other + self._whole()


class _Mapping(_Watched, Mapping[str, Any]):
    def __getitem__(self, key: str) -> Any:
        return self._part(key)[key]

    def __contains__(self, key: object) -> bool:
        return key in self._part(key)

    def _part(self, key: object) -> Mapping[str, Any]:
        if type(key) is not str:
            return cast("Mapping[str, Any]", self._whole())
        self._reads.note(self._name, "one", key)
        return cast("Mapping[str, Any]", self._value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def keys(self) -> KeysView[str]:
        return cast("KeysView[str]", self._whole().keys())

    def items(self) -> ItemsView[str, Any]:
        return cast("ItemsView[str, Any]", self._whole().items())

    def values(self) -> ValuesView[Any]:
        return cast("ValuesView[Any]", self._whole().values())


def plain(value: object) -> object:
    """For JSON in a template; raises TypeError for what cannot be written there."""
    if isinstance(value, _Mapping):
        return dict(value)
    if isinstance(value, _Sequence):
        return list(value)
    raise TypeError(type(value).__name__)
