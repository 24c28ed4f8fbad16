"""JSON a person can read, as `json.dumps(told, ensure_ascii=False, indent=1)` writes it, in a fifth of the time.

Told to indent, the library writes every sign by a loop in Python. So rows are written without it (`lines.py`), and what
stands between their cells carries the indentation. Half of the time of a scorecard's JSON was spent in that loop.
"""

from collections.abc import Iterable, Mapping
from json import dumps
from typing import Any

_ROWS = "rows"
BETWEEN_CELLS = ",\n   "
BETWEEN_ROWS = "\n  },\n  {\n   "


def text_of(head: Mapping[str, Any], lines: Iterable[str]) -> bytes:
    """`head` has plain values and lists of plain values; behind it come rows that were written, some in each."""
    text = dumps({**head, _ROWS: []}, ensure_ascii=False, indent=1)
    if rows := BETWEEN_ROWS.join(filter(None, lines)):
        text = text.removesuffix("[]\n}") + f"[\n  {{\n   {rows}\n  }}\n ]\n}}"
    return f"{text}\n".encode()
