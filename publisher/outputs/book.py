"""A new workbook: equal contents give equal bytes, and nothing in it becomes a formula or a link by itself."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (a fixed mark)


@contextmanager
def open_book(title: str = "") -> Iterator[tuple[io.BytesIO, Any]]:
    """A workbook that is finished when the block ends."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (start-up time)

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _CREATED} | ({"title": title} if title else {}))
        yield file, book
