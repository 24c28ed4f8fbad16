"""Rows to CSV: the same bytes for the same rows, and no cell that a spreadsheet would run."""

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""Spreadsheets for East Asian languages take the full-width signs for the plain ones."""

Cells = Mapping[str, Any]


def csv_of(columns: tuple[str, ...], rows: Iterable[Cells]) -> bytes:
    """UTF-8 with a byte-order mark, which Excel needs to read Chinese."""
    import pandas as pd  # noqa: PLC0415  (start-up time)

    table = pd.DataFrame([{name: _cell(value) for name, value in row.items()} for row in rows], columns=list(columns))
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\n", na_rep="")
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    """Text that would start a formula gets an apostrophe; numbers keep their minus sign."""
    if value is None:
        return ""
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return str(value)
