"""JSON a person can read, as `json.dumps(told, ensure_ascii=False, indent=1)` writes it, in a fifth of the time.

Told to indent, the library writes every sign by a loop in Python; without, in C. So rows are written without, all at
once, and their separators carry the indentation. No text has a line break in it by then, so that what stands between
two rows is found by one. Half of the time of a scorecard's JSON was spent in that loop.
"""

from collections.abc import Iterable, Mapping, Sequence
from json import dumps
from typing import Any

_ROWS = "rows"
_BETWEEN = "},\n   {"


_ROW = "\n  },\n  {\n   "


def text_of(head: Mapping[str, Any], lines: Iterable[str]) -> bytes:
    """`head` has plain values and lists of plain values; behind it the rows, as `lines_of` writes some of them each."""
    text = dumps({**head, _ROWS: []}, ensure_ascii=False, indent=1)
    if rows := _ROW.join(filter(None, lines)):
        text = text.removesuffix("[]\n}") + f"[\n  {{\n   {rows}\n  }}\n ]\n}}"
    return f"{text}\n".encode()


def lines_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows are flat, and none of them is empty."""
    flat = dumps(rows, ensure_ascii=False, separators=(",\n   ", ": "))
    return flat[2:-2].replace(_BETWEEN, _ROW)
