"""How much text may be: named in one place, checked before anything parses it.

Honest texts stay far below. Above them reading could take minutes, or all of the memory: Markdown and YAML have
constructs whose cost grows with the square of their number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SETTINGS = 100_000
"""Characters of a settings file, or of the front matter of a document."""
MAX_NAME = 300
"""Characters of a name, a title and the like."""
MAX_VALUE = 10_000
"""Characters of any other value: a cell, an answer, a reply."""
SENTENCE = 30
"""Characters; longer cells of a table are counted as text."""
MAX_TABLE = 2_000_000
"""Characters of all such cells of a table: five thousand questions with their answers."""
MAX_TEXT = 100_000
"""Characters of a Markdown text."""
MAX_LEVELS = 10
"""Lists and quotations within one another."""
MAX_BLOCKS = 5_000
"""Paragraphs, and other parts between empty lines."""
MAX_ITEMS = 2_000
"""Lines that begin an item of a list, or are quoted."""
MAX_HEADINGS = 500
MAX_MARKS = 5_000
"""Signs that may begin some markup: each is looked at with the whole of its paragraph."""
MAX_CELLS = 30_000
"""Cells of the tables of a text: lines times columns."""
MAX_LOOSE = 100
"""Brackets that do not close again soon: each makes the parser look through the rest of its paragraph."""

MAX_CITATIONS = 300
"""Expressions in a text: each is looked up among all companies, rounds and scores."""

_SPACES_OF_A_LEVEL = 4
_LONGEST_START = 1000
_MARKS = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|[0-9]{1,9}\.)[ \t]))+")
_MARK = re.compile(r"[\\`*_<&\[]")
_HEADING = re.compile(r"^[ >]*(?:#|(?:=+|-+)[ ]*$)", re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n")
_CITATION = re.compile(r"\{\{")
_BRACKET = re.compile(r"\[|\]\(")
_CLOSED = re.compile(
    r"""\[[^\[\]`\\]{0,1000}\] | \]\([^()\[\]<>"'\s\\`]{0,1000}(?:\([^()\[\]<>"'\s\\`]{0,200}\))?"""
    r"""[^()\[\]<>"'\s\\`]{0,1000}(?:[ ]+"[^"\n\[\]()\\`]{0,500}")?\)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Excess:
    """A limit that a Markdown text exceeds."""

    code: str
    line: int
    """Counted from 0."""
    found: int
    limit: int


def excesses(text: str) -> Iterator[Excess]:
    """The limits that a Markdown text exceeds; in time proportional to its length."""
    if len(text) > MAX_TEXT:
        yield Excess("text-exceeds", 0, len(text), MAX_TEXT)
        return
    blocks = [match.start() for match in _BLOCK.finditer(text)]
    if len(blocks) > MAX_BLOCKS:
        yield Excess("blocks-exceed", _line(text, blocks[MAX_BLOCKS]), len(blocks), MAX_BLOCKS)
    yield from _levels(text)
    marks = [match.start() for match in _MARK.finditer(text)]
    if len(marks) > MAX_MARKS:
        yield Excess("marks-exceed", _line(text, marks[MAX_MARKS]), len(marks), MAX_MARKS)
    headings = [match.start() for match in _HEADING.finditer(text)]
    if len(headings) > MAX_HEADINGS:
        yield Excess("headings-exceed", _line(text, headings[MAX_HEADINGS]), len(headings), MAX_HEADINGS)
    loose = [match.start() for match in _BRACKET.finditer(text) if not _CLOSED.match(text, match.start())]
    if len(loose) > MAX_LOOSE:
        yield Excess("brackets-exceed", _line(text, loose[MAX_LOOSE]), len(loose), MAX_LOOSE)
    yield from _cells(text)
    cited = [match.start() for match in _CITATION.finditer(text)]
    if len(cited) > MAX_CITATIONS:
        yield Excess("citations-exceed", _line(text, cited[MAX_CITATIONS]), len(cited), MAX_CITATIONS)


def _levels(text: str) -> Iterator[Excess]:
    """The first line that begins with too many marks, or a mark too far to the right; and how many begin with one."""
    begun = [(number, match[0]) for number, line in enumerate(text.split("\n")) if (match := _begins(line))]
    if len(begun) > MAX_ITEMS:
        yield Excess("items-exceed", begun[MAX_ITEMS][0], len(begun), MAX_ITEMS)
    for number, start in begun:
        levels = len(re.findall(r"[>.*+-]", start)) + (len(start) - len(start.lstrip())) // _SPACES_OF_A_LEVEL
        if levels > MAX_LEVELS:
            yield Excess("levels-exceed", number, levels, MAX_LEVELS)
            return


def _begins(line: str) -> re.Match[str] | None:
    return _MARKS.match(f"{line[:_LONGEST_START].expandtabs(_SPACES_OF_A_LEVEL)} ")


def _cells(text: str) -> Iterator[Excess]:
    """Of all tables: each gives every one of its lines as many cells as its widest line has."""
    total = 0
    for block in _BLOCK.split(text):
        if "|" in block:
            lines = block.split("\n")
            total += len(lines) * (max(line.count("|") for line in lines) + 1)
    if total > MAX_CELLS:
        yield Excess("cells-exceed", _line(text, text.index("|")), total, MAX_CELLS)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position)
