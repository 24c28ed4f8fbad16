"""The looks of the sheets of an .xls file (BIFF, Excel 97 and older). Values are read elsewhere."""

import struct
from io import StringIO
from typing import Any

from publisher.load.grid import UnreadableTableError
from publisher.load.workbook_layout import Layout

# What xlrd runs into in a damaged file: it trusts every length and offset in it.
_BROKEN = (
    struct.error, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError,
    NotImplementedError, TypeError, ValueError,
)  # fmt: skip


def xls_layouts(data: bytes) -> list[Layout]:
    """All sheets, in the order of the tabs.

    Whether a formula was ever calculated cannot be seen: BIFF always holds a result.
    """
    import xlrd  # noqa: PLC0415  (start-up time)
    from xlrd.compdoc import CompDocError  # noqa: PLC0415

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO())
        return [_layout(sheet, xlrd.error_text_from_code) for sheet in book.sheets()]
    except (xlrd.XLRDError, CompDocError, *_BROKEN) as error:
        locked = isinstance(error, xlrd.XLRDError) and "encrypted" in str(error)
        raise UnreadableTableError("table-encrypted" if locked else "table-damaged") from None


def _layout(sheet: Any, error_texts: dict[int, str]) -> Layout:
    from xlrd import XL_CELL_BLANK, XL_CELL_EMPTY, XL_CELL_ERROR  # noqa: PLC0415

    layout = Layout(sheet.name, sheet.visibility == 0)
    for row in range(sheet.nrows):
        filled = False
        for column, cell in enumerate(sheet.row(row), 1):
            if cell.ctype in {XL_CELL_BLANK, XL_CELL_EMPTY} or cell.value == "":
                continue
            filled = True
            layout.fill(row + 1, column)
            if cell.ctype == XL_CELL_ERROR:
                layout.errors.append((row + 1, column, error_texts.get(cell.value, "#?")))
        if filled and row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
            layout.hidden_rows.append(row + 1)
    layout.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    layout.hidden_columns = [(column + 1, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden]
    return layout
