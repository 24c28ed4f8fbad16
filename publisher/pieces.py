"""Long texts into bytes, a part at a time."""

from collections.abc import Iterable
from io import BytesIO
from itertools import islice

_PIECES = 5_000
"""That are put together at a time; most pages have fewer."""


def in_pieces(text: Iterable[str]) -> bytes:
    """A page, without white space at its end: one of twenty megabytes is not in memory as text and as bytes at once."""
    pieces, found = iter(text), BytesIO()
    while some := list(islice(pieces, _PIECES)):
        found.write("".join(some).encode())
    while (last := found.tell()) and found.getbuffer()[last - 1] in b" \t\r\n":
        found.seek(last - 1)
    found.write(b"\n")
    found.truncate()
    return found.getvalue()
