"""What a table file is before its headings are understood: numbered rows of text.

Knows nothing of CSV, Excel or fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from publisher.named import folded
from publisher.problems import Place

TITLE_ROWS = 10
"""So many rows are looked through for headings that a title pushed down."""


HEADING_ROWS = 30
"""The same of tables that other offices send."""


@dataclass(frozen=True, slots=True)
class NumberedRow:
    number: int
    """As Excel counts rows, from 1."""
    cells: Sequence[str]
    """Stripped; an empty cell is an empty text."""
    spoiled: bool = False
    """A cell of it could not be read, and that has been reported."""

    def cell(self, place: int) -> str:
        """Counted from 0; empty behind the last one."""
        return self.cells[place] if 0 <= place < len(self.cells) else ""

    @property
    def text(self) -> str:
        """All it says, each thing once."""
        return " ".join(dict.fromkeys(cell for cell in self.cells if cell))


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that are not wholly empty, in order; the first one holds the headings."""

    place: Place
    rows: Sequence[NumberedRow]
    workbook: bool = False

    def at(self, row: int, column: int, heading: str = "") -> Place:
        """The place of a cell, which has a name in a CSV too: staff open it in Excel; `column` counts from 1."""
        cell = f"{letters(column)}{row}" if column else ""
        return Place(self.place.path, self.place.sheet, row, heading, cell)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sheet of a workbook is the table. Names are compared without regard to case and white space."""

    names: frozenset[str]
    beside: frozenset[str] = frozenset()
    """Sheets that belong to the same workbook and are read, or known, by others."""
    optional: bool = False
    """The workbook may be without it."""
    ours: bool = False
    """The workbook is a form of ours: a sheet that is none of it was renamed, or does not belong there."""

    @classmethod
    def only(cls, stem: str) -> Self:
        """A workbook with one table, named like its file."""
        return cls(frozenset({stem}))

    def is_wanted(self, name: str) -> bool:
        return _plain(name) in {_plain(one) for one in self.names}

    def is_known(self, name: str) -> bool:
        return self.is_wanted(name) or _plain(name) in {_plain(one) for one in self.beside}


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


Opened = dict[str, list[Any]]
"""By path: the sheets of a workbook that holds two tables, which is read through once."""


class UnreadableTableError(Exception):
    """A person can mend it, but nothing more can be read from this file."""

    def __init__(self, code: str, value: object = "", **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.details = details


def column_of(heading: str, headings: Mapping[str, str]) -> str | None:
    """What a heading means, by folded headings; None if nobody has explained it."""
    return headings.get(folded(heading)) if heading else None


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def clean(text: str) -> str:
    """Without blanks at the ends; a line break within is one line feed, whatever program wrote it."""
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).strip()
