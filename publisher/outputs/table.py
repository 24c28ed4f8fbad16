"""Rows to CSV: the same bytes for the same rows, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from publisher.datasets import FORMULA_STARTS, guarded

Cells = Mapping[str, Any]


def csv_of(columns: tuple[str, ...], rows: Iterable[Cells]) -> bytes:
    return table_of(columns, [lines_of(columns, rows)])


def table_of(columns: tuple[str, ...], lines: Iterable[str]) -> bytes:
    """Lines that were written, under their heads: UTF-8 with a byte-order mark, which Excel needs to read Chinese."""
    return "".join([_heads(columns), *lines]).encode("utf-8-sig")


@cache
def _heads(columns: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(columns)
    return text.getvalue()


def lines_of(columns: tuple[str, ...], rows: Iterable[Cells]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    # Not a data frame: each scorecard has a table, and three in four milliseconds of it went into making frames.
    writer.writerows([map(row.get, columns) for row in map(_safe, rows)])
    return text.getvalue()


def _safe(row: Cells) -> Cells:
    """Text is kept from starting a formula; numbers keep their minus sign. The writer leaves a cell of none empty."""
    risky = [name for name, value in row.items() if isinstance(value, str) and value and value[0] in FORMULA_STARTS]
    return {**row, **{name: guarded(row[name]) for name in risky}} if risky else row


def line_of(value: str) -> str:
    """What stands in a cell of text, as the file has it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([guarded(value), ""])
    return text.getvalue().removesuffix(",\n")


def cell_of(value: Any) -> str:
    """What stands in a cell."""
    return "" if value is None else guarded(value) if isinstance(value, str) else str(value)
