"""Rows of text and printed numbers as the sheets of a workbook, in the looks that all of ours have."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from publisher.outputs.book import open_book

Row = Sequence[Any]
Sheet = tuple[str, Sequence[Row]]
"""Its name and its rows, the headings first; no row begins with an empty cell."""


def decimals_of(value: Decimal | int) -> int:
    """As many as were printed."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(-int(exponent), 0)


def plainly(title: str, sheets: Sequence[Sheet]) -> bytes:
    """All cells by the library."""
    with open_book(title) as (file, book):
        looks = _Looks(book)
        for name, rows in sheets:
            page = book.add_worksheet(name)
            page.freeze_panes(1, 2)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    looks.cell(page, number, column, value)
            page.set_column(0, 0, 24)
            page.set_column(1, 1, 36)
            page.set_column(2, 12, 14)
    return file.getvalue()


class _Looks:
    """The formats of one open workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.numbers: dict[int, Any] = {}

    def cell(self, page: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, Decimal | int):
            page.write_number(row, column, value, self._number(decimals_of(value)))
        elif value not in (None, ""):
            page.write_string(row, column, str(value), self.head if row == 0 else self.text)

    def _number(self, decimals: int) -> Any:
        if decimals not in self.numbers:
            pattern = "0." + "0" * decimals if decimals else "0"
            self.numbers[decimals] = self.book.add_format({"num_format": pattern, "valign": "top"})
        return self.numbers[decimals]
