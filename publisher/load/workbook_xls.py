"""The looks and the values of the sheets of an .xls file (BIFF, Excel 2003 and older)."""

import re
import struct
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any, TypeVar

from publisher.load.grid import UnreadableTableError
from publisher.load.workbook_layout import Layout

T = TypeVar("T")
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
"""Counts on beyond 24 hours: [h]:mm."""
# What xlrd runs into in a damaged file: it trusts every length and offset in it.
_BROKEN = (
    struct.error, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError,
    NotImplementedError, TypeError, ValueError,
)  # fmt: skip


def xls_layouts(data: bytes) -> list[Layout]:
    """All sheets, in the order of the tabs.

    Whether a formula was ever calculated cannot be seen: BIFF always holds a result.
    """
    return _asked(data, lambda book: [_layout(sheet) for sheet in book.sheets()])


def xls_values(data: bytes, sheet: str) -> list[list[object]]:
    """The values of a sheet from cell A1 on.

    Not left to calamine as for the other formats: a damaged .xls makes it ask for more memory than there is,
    which ends the program.
    """

    def values(book: Any) -> list[list[object]]:
        rows = book.sheet_by_name(sheet).get_rows()
        return [[_value(book, cell) for cell in row] for row in rows]

    return _asked(data, values)


def _asked(data: bytes, question: Callable[[Any], T]) -> T:
    """The answer of the workbook, if it can be opened."""
    import xlrd  # noqa: PLC0415  (start-up time)
    from xlrd.compdoc import CompDocError  # noqa: PLC0415

    options = {"formatting_info": True, "ragged_rows": True, "logfile": StringIO()}
    try:
        return question(xlrd.open_workbook(file_contents=data, **options))
    except (xlrd.XLRDError, CompDocError, *_BROKEN) as error:
        locked = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise UnreadableTableError("table-encrypted" if locked else "table-damaged") from None


def _value(book: Any, cell: Any) -> object:
    """A date is a number of days whose format makes it one; below one day it is a time of day."""
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, xldate_as_datetime  # noqa: PLC0415

    if cell.ctype == XL_CELL_ERROR:
        return ""
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype != XL_CELL_DATE:
        return cell.value
    pattern = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if "[" in pattern and _ELAPSED.search(pattern):
        return timedelta(days=cell.value)
    moment = xldate_as_datetime(cell.value, book.datemode)
    return moment if cell.value >= 1 else moment.time()


def _layout(sheet: Any) -> Layout:
    from xlrd import XL_CELL_BLANK, XL_CELL_EMPTY, XL_CELL_ERROR, error_text_from_code  # noqa: PLC0415

    layout = Layout(sheet.name, sheet.visibility == 0)
    for row in range(sheet.nrows):
        filled = False
        for column, cell in enumerate(sheet.row(row), 1):
            if cell.ctype in {XL_CELL_BLANK, XL_CELL_EMPTY} or cell.value == "":
                continue
            filled = True
            layout.fill(row + 1, column)
            if cell.ctype == XL_CELL_ERROR:
                layout.errors.append((row + 1, column, error_text_from_code.get(cell.value, "#?")))
        if filled and row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
            layout.hidden_rows.append(row + 1)
    layout.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    layout.hidden_columns = [(column + 1, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden]
    return layout
