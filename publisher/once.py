"""What is worded of one noun, worded once: pages print the same figures, places and names over and over.

A noun is known by what it is and not by its values: 80 and 80.00 are equal and read differently, and asking whether two
figures are equal takes longer than to word one. Of 1,000 scorecards four in five of such words were worded before.
"""

from collections.abc import Callable
from typing import Any

MOST = 5_000
"""Nouns of which a filter remembers the words: of four times as many there is a little less to word, for 8 MiB more."""


def once(words: Callable[..., str]) -> Callable[..., str]:
    """The same function, for nouns that never change. What it is given besides is empty where it is left out."""
    known: dict[int, tuple[Any, str]] = {}
    """By identity; the noun is held, so that no other one can take its place in memory."""
    numbers: dict[int, str] = {}
    """Whole numbers: equal ones read alike."""

    def found(noun: Any, /, *more: Any, **named: Any) -> str:
        if named or (more and any(more)):
            return words(noun, *more, **named)
        if type(noun) is int:
            text = numbers.get(noun)
            if text is None:
                _make_room(numbers)
                text = numbers[noun] = words(noun)
            return text
        pair = known.get(id(noun))
        if pair is None:
            _make_room(known)
            pair = known[id(noun)] = noun, words(noun)
        return pair[1]

    return found


def worded(words: Callable[..., str], printed: Callable[[str], str]) -> Callable[..., str]:
    """The same, and as it is `printed`: nothing is asked of it besides, and it is no detour."""
    known: dict[int, tuple[Any, str]] = {}
    numbers: dict[int, str] = {}

    def found(noun: Any, more: Any = None, /) -> str:
        if more:
            return printed(words(noun, more))
        if type(noun) is int:
            text = numbers.get(noun)
            if text is None:
                _make_room(numbers)
                text = numbers[noun] = printed(words(noun))
            return text
        pair = known.get(id(noun))
        if pair is None:
            _make_room(known)
            pair = known[id(noun)] = noun, printed(words(noun))
        return pair[1]

    return found


def _make_room(known: dict[int, Any]) -> None:
    if len(known) >= MOST:
        known.clear()
