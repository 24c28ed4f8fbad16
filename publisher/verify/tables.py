"""Tables and dates of a copy, read without trust."""

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from publisher import addresses, datasets
from publisher.model.fields import read_day, read_moment
from publisher.verify.copy import Copy

DATED = tuple(addresses.data(one.name) for one in (datasets.ITEMS, datasets.EVENTS, datasets.STATEMENTS))
"""Tables whose column `as_of` says which day the site speaks of."""
_DATA = "data/"
_SHARE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")


def rows_of(copy: Copy, path: str) -> list[dict[str, str]]:
    """A table by its headings; empty if it is none, and without rows of another number of cells."""
    if not path.startswith(_DATA):
        return _rows(copy, path)
    if path not in copy.tables:
        copy.tables[path] = _rows(copy, path)
    return copy.tables[path]


def _rows(copy: Copy, path: str) -> list[dict[str, str]]:
    text = (copy.read(path) or b"").decode("utf-8-sig", "replace")
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error:
        return []
    if not rows or len(set(rows[0])) != len(rows[0]):
        return []
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if len(row) == len(rows[0])]


def as_of(copy: Copy) -> date | None:
    """The day the copy speaks of, by the tables that say it; none if they do not."""
    days = (day_of(row.get("as_of")) for path in DATED for row in rows_of(copy, path))
    return next((day for day in days if day), None)


def percent_of(share: str) -> str:
    """As a page prints a share of one, such as a weight, without its sign; empty if it is no plain decimal."""
    return f"{(Decimal(share) * 100).normalize():f}" if _SHARE.fullmatch(share) else ""


def day_of(value: object) -> date | None:
    """None if it is no date: the program that sealed it would not have taken it either."""
    found = _read(read_day, value)
    return found if isinstance(found, date) else None


def moment_of(value: object) -> datetime | None:
    """In the bureau's own time, as editions have it."""
    found = _read(read_moment, value)
    return found.replace(tzinfo=None) if isinstance(found, datetime) else None


def _read(reader: Any, value: object) -> Any:
    try:
        return reader(value) if isinstance(value, str) else None
    except PydanticCustomError:
        return None
