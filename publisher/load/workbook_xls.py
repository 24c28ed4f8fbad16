"""The sheets of an .xls file (BIFF, Excel 2003 and older)."""

import struct
from collections.abc import Callable
from io import StringIO
from typing import Any, TypeVar

from publisher.load.grid import UnreadableTableError
from publisher.load.limits import MAX_CELLS, MAX_XLS_BYTES, MEGABYTE
from publisher.load.workbook_cells import Reading, of_flag, of_number, of_text
from publisher.load.workbook_formats import format_of
from publisher.load.workbook_layout import Layout

T = TypeVar("T")
# What xlrd runs into in a damaged file: it trusts every length and offset in it.
_BROKEN = (
    struct.error, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError,
    NotImplementedError, RecursionError, TypeError, ValueError,
)  # fmt: skip


def xls_layouts(data: bytes) -> list[Layout]:
    """All sheets, in the order of the tabs.

    Whether a formula was ever calculated cannot be seen: BIFF always holds a result.
    """
    if len(data) > MAX_XLS_BYTES:
        raise UnreadableTableError("table-too-large-xls", limit=MAX_XLS_BYTES // MEGABYTE)
    return _asked(data, lambda book: [_layout(book, sheet) for sheet in book.sheets()])


def _asked(data: bytes, question: Callable[[Any], T]) -> T:
    """The answer of the workbook, if it can be opened."""
    import xlrd  # noqa: PLC0415  (start-up time)
    from xlrd.compdoc import CompDocError  # noqa: PLC0415
    from xlrd.formula import FormulaError  # noqa: PLC0415

    options = {"formatting_info": True, "ragged_rows": True, "logfile": StringIO()}
    try:
        return question(xlrd.open_workbook(file_contents=data, **options))
    except (xlrd.XLRDError, CompDocError, FormulaError, *_BROKEN) as error:
        locked = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise UnreadableTableError("table-encrypted" if locked else "table-damaged") from None


def _layout(book: Any, sheet: Any) -> Layout:
    from xlrd import XL_CELL_BLANK, XL_CELL_EMPTY  # noqa: PLC0415  (start-up time)

    layout = Layout(sheet.name, sheet.visibility == 0)
    for row in range(sheet.nrows):
        filled = False
        if len(layout.texts) >= MAX_CELLS:
            raise UnreadableTableError("table-too-many-cells", limit=MAX_CELLS)
        for column, cell in enumerate(sheet.row(row), 1):
            if cell.ctype in {XL_CELL_BLANK, XL_CELL_EMPTY} or cell.value == "":
                continue
            filled = True
            layout.put(row + 1, column, _reading(book, cell))
        if filled and row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
            layout.hidden_rows.append(row + 1)
    layout.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    layout.hidden_columns = [(column + 1, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden]
    return layout


def _reading(book: Any, cell: Any) -> Reading:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_ERROR, XL_CELL_TEXT, error_text_from_code  # noqa: PLC0415

    if cell.ctype == XL_CELL_ERROR:
        return Reading(error_text_from_code.get(cell.value, "#?"), "error")
    if cell.ctype == XL_CELL_BOOLEAN:
        return of_flag(str(int(cell.value)))
    if cell.ctype == XL_CELL_TEXT:
        if book.codepage is None and not cell.value.isascii():  # nobody knows in which encoding
            raise UnreadableTableError("table-damaged")
        return of_text(cell.value)
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    return of_number(repr(cell.value), format_of(code), since_1904=bool(book.datemode))
