"""Rows to CSV: the same bytes for the same rows, and no cell that a spreadsheet would run."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from publisher.datasets import guarded

Cells = Mapping[str, Any]


def csv_of(columns: tuple[str, ...], rows: Iterable[Cells]) -> bytes:
    """UTF-8 with a byte-order mark, which Excel needs to read Chinese."""
    import pandas as pd  # noqa: PLC0415  (start-up time)

    table = pd.DataFrame([{name: _cell(value) for name, value in row.items()} for row in rows], columns=list(columns))
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\n", na_rep="")
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    """Text is kept from starting a formula; numbers keep their minus sign."""
    return "" if value is None else guarded(value) if isinstance(value, str) else str(value)
