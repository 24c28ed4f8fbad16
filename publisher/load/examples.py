"""Rows of a table that only show how to fill it in: every cell of one begins with `【例】`, and none is read.

A row that was begun over an example is told: nobody could know which of its cells are meant.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from publisher.load.blanks import blank, is_blank
from publisher.load.tables import Row
from publisher.problems import Report, problem
from publisher.words import LANGUAGES, words_of


@cache
def _marks() -> tuple[str, ...]:
    """What a cell of an example begins with, in every language."""
    return tuple(words_of(language)("form.example.mark") for language in LANGUAGES)


@cache
def _sign() -> str:
    """The sign that both blanks and examples have: most rows are without."""
    return _marks()[0][0]


def filled_in(rows: Iterable[Row], report: Report) -> Iterator[Row]:
    """The rows that say something; what was begun and not finished is told."""
    for row in rows:
        marked = [name for name, text in row.cells.items() if _sign() in text]
        if not marked or _is_filled(row, marked, report):
            yield row


def _is_filled(row: Row, marked: list[str], report: Report) -> bool:
    examples = [name for name in marked if row.cells[name].startswith(_marks())]
    if examples:
        if len(examples) < len(row.cells):
            report(problem("example-typed-over", row.source.place(examples[0]), row.cells[examples[0]]))
        return False
    blanks = [name for name in marked if is_blank(row.cells[name])]
    for name in blanks:
        report(blank(row.source.place(name), row.cells[name]))
    return not blanks
