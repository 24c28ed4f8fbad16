"""Titles over several lines: balanced, narrower towards one end, and cut between words (GB/T 9704-2012, 7.3.1)."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from unicodedata import category, east_asian_width

MOST = 19
"""Characters of a line: 22 pt letters over 156 mm, and a little room."""
_NARROW = 0.56
"""Of a wide letter: a digit of the faces that come along."""
_MANY = 4
_NEVER_FIRST = frozenset({"Pe", "Pf", "Po"})
_NEVER_LAST = frozenset({"Ps", "Pi"})
"""Categories of signs: what closes begins no line, what opens ends none."""


def title_lines(title: str, whole: Collection[str] = (), ends: Collection[str] = (), most: int = MOST) -> list[str]:
    """The fewest lines that hold it. `whole` are names never cut, `ends` the words behind which a cut reads best."""
    cuts = {place for place in range(1, len(title)) if _may_cut(title, place)} - _within(title, whole)
    good = {place for place in cuts if any(title.endswith(end, 0, place) for end in ends) or title[place - 1] == " "}
    for number in range(1, _MANY + 1):
        found = list(_ways(title, sorted(cuts), number, most))
        if found:
            return min(found, key=lambda lines: _cost(title, lines, good))
    return [title]


def _ways(title: str, cuts: list[int], number: int, most: int, start: int = 0) -> Iterator[list[str]]:
    """Every way to cut what begins at `start` into so many lines that are not too long."""
    if _width(title[start:].strip()) > number * most:
        return
    if number == 1:
        yield [title[start:].strip()]
        return
    for cut in cuts:
        if cut > start:
            line = title[start:cut].strip()
            if _width(line) > most:
                return
            yield from ([line, *rest] for rest in _ways(title, cuts, number - 1, most, cut))


def _cost(title: str, lines: list[str], good: Collection[int]) -> float:
    """Cutting a word is worst, then lines of one length or an hourglass, then lengths far apart."""
    widths = [_width(line) for line in lines]
    steps = [later - earlier for earlier, later in pairwise(widths)]
    hourglass = any(first < 0 < second for first, second in pairwise(steps))
    even = any(not step for step in steps)
    ends = _ends(title, lines)
    return 30 * sum(end not in good for end in ends) + 20 * hourglass + 10 * even + 4 * (max(widths) - min(widths))


def _ends(title: str, lines: list[str]) -> Iterator[int]:
    """Where each line but the last ends in the title."""
    place = 0
    for line in lines[:-1]:
        place = title.index(line, place) + len(line)
        yield place + (title[place : place + 1] == " ")


def _may_cut(title: str, place: int) -> bool:
    before, after = title[place - 1], title[place]
    if category(after) in _NEVER_FIRST or category(before) in _NEVER_LAST or after == " ":
        return False
    return before == " " or not (_narrow(before) and _narrow(after))


def _within(title: str, whole: Collection[str]) -> set[int]:
    """Places inside a name, or between a number and what it counts."""
    spans = [match.span() for name in whole if name for match in re.finditer(re.escape(name), title)]
    spans += [match.span() for match in re.finditer(r"[0-9]+\S", title)]
    return {place for start, stop in spans for place in range(start + 1, stop)}


def _narrow(letter: str) -> bool:
    return east_asian_width(letter) not in "WF"


def _width(line: str) -> float:
    return sum(_NARROW if _narrow(letter) else 1 for letter in line)
