"""Tables in Markdown: what a cell holds is often said by the heading of its column alone."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from publisher.privacy.finding import Finding

Finder = Callable[[str], Iterator[Finding]]
_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$", re.MULTILINE)
_CELL = re.compile(r"[^|\n]+")


def under_headings(text: str, finders: Iterable[Finder]) -> Iterator[Finding]:
    """What is found in the cells of the tables when each is read as `heading: cell`."""
    for rule in _RULE.finditer(text):
        headings = _cells(text, text.rfind("\n", 0, max(0, rule.start() - 1)) + 1, rule.start() - 1)
        start = rule.end() + 1
        while headings and start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            cells = _cells(text, start, end)
            if "|" not in text[start:end]:
                break
            for (_, heading), (place, cell) in zip(headings, cells, strict=False):
                yield from _read(heading, place, cell, finders)
            start = end + 1


def _cells(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """(place, text) of the cells of one line; the strokes at its ends make none."""
    line = text[start:end]
    return [(start + match.start(), match[0]) for match in _CELL.finditer(line) if match[0].strip() or match.start()]


def _read(heading: str, place: int, cell: str, finders: Iterable[Finder]) -> Iterator[Finding]:
    before = f"{heading.strip()}:"
    shift = place - len(before) + len(cell) - len(cell.lstrip())
    for finder in finders:
        for one in finder(before + cell.strip()):
            if one.start >= len(before):
                yield replace(one, start=one.start + shift, end=one.end + shift)
