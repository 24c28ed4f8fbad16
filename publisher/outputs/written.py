"""Rows of results as they stand in files, written once for all files of a round that have them.

The rows of a company stand in the files of its scorecard and in those of its round, the rows of a sector also in the
files of each of its companies: they are half of a scorecard's. Rows stand behind each other in a table and in JSON, so
that a file is its head with what was written before.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from publisher.model.results import RoundResult
from publisher.outputs.lines import Lines, Parted, lines_of
from publisher.outputs.results import has_composite, rows_of_company, rows_of_sector
from publisher.outputs.table import Cells
from publisher.outputs.workbook import Books
from publisher.words import Words


class Written:
    """Of the round that was asked for last: all others would fill the memory."""

    def __init__(self) -> None:
        self.books = Books()
        self._of: tuple[Words, RoundResult] | None = None
        self._known: dict[Hashable, Lines] = {}

    def of(self, words: Words, whole: RoundResult, shown: RoundResult) -> Iterator[Lines]:
        """The rows of `shown`, in order: a round, or the part of it that a scorecard has."""
        if self._of is None or self._of[0] is not words or self._of[1] is not whole:
            self._of, self._known = (words, whole), {}
        for sector in shown.sectors:
            for one in sector.companies:
                yield self._once((sector.name, one.company.id), rows_of_company, words, sector, one)
            yield self._once((sector.name, has_composite(sector)), rows_of_sector, words, shown, sector)

    def _once(self, key: Hashable, rows: Callable[..., Iterable[Parted]], *given: Any) -> Lines:
        if key not in self._known:
            self._known[key] = lines_of(rows(*given))
        return self._known[key]


def filled(row: Cells) -> dict[str, Any]:
    """Without empty cells. Printed numbers have few enough digits for the shortest decimal of a float to be them."""
    return {
        name: float(value) if type(value) is Decimal else value
        for name, value in row.items()
        if type(value) is Decimal or value not in (None, "")  # asking a Decimal whether it is "" takes longest
    }
