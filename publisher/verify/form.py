"""Tables of a copy in the publisher's own form: what stands in another could not be read as a fact, and would pass."""

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from publisher import addresses, datasets
from publisher.datasets import Column, Table
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, few, finding
from publisher.verify.tables import DATED, rows_of

_TABLES: Mapping[str, Table] = {f"data/{one.name}.csv": one for one in datasets.WITH_RECORDS}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_INTEGER = re.compile(r"-?[0-9]+", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", re.ASCII)


def table_of(path: str) -> Table | None:
    """The table that has this address; none: it is of no kind that is known here."""
    return datasets.RESULTS if addresses.RESULTS.fullmatch(path) else _TABLES.get(path)


def misshapen(copy: Copy) -> Iterator[Finding]:
    right: set[tuple[str, str]] = set()
    for path in copy.files():
        table = table_of(path)
        if table:
            yield from _of_table(copy, path, table, right)
    days = {row.get("as_of", "") for path in DATED for row in rows_of(copy, path)} - {""}
    if len(days) > 1:
        yield finding("table-days", next(path for path in DATED if copy.is_file(path)), days=", ".join(sorted(days)))


def _of_table(copy: Copy, path: str, table: Table, right: set[tuple[str, str]]) -> Iterator[Finding]:
    """`right` are cells by their types that were looked at: most stand in several tables."""
    try:
        text = (copy.read(path) or b"").decode("utf-8-sig")
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        yield finding("table-unreadable", path)
        return
    heading = tuple(rows[0][1]) if rows else ()
    if heading == datasets.WITHDRAWN.names:
        return
    if not _is_heading(heading, table):
        yield finding("table-columns", path, 1, seen=", ".join(heading))
        return
    found = list(_of_rows(rows[1:], heading, table, path, right))
    yield from few(found, "table-cells", path)


def _is_heading(heading: tuple[str, ...], table: Table) -> bool:
    """The columns in their order. An earlier publisher had fewer at the end, and a later one may have more."""
    known = min(len(heading), len(table.names))
    return bool(heading) and heading[:known] == table.names[:known] and len(set(heading)) == len(heading)


def _of_rows(
    rows: list[tuple[int, list[str]]],
    heading: tuple[str, ...],
    table: Table,
    path: str,
    right: set[tuple[str, str]],
) -> Iterator[Finding]:
    keys: dict[tuple[str, ...], int] = {}
    places = [heading.index(name) for name in table.key if name in heading]
    typed = [(place, one) for place, one in enumerate(table.columns[: len(heading)]) if one.type != "string"]
    for line, row in rows:
        if len(row) != len(heading):
            yield finding("table-row", path, line, seen=len(row), meant=len(heading))
            continue
        for place, column in typed:
            cell = row[place]
            if not cell or (column.type, cell) in right:
                continue
            if is_written(column, cell):
                right.add((column.type, cell))
            else:
                yield finding("table-cell", path, line, column=column.name, seen=cell)
        key = tuple([row[place] for place in places])
        first = keys.setdefault(key, line) if key else line
        if first != line:
            yield finding("table-twice", path, line, seen="/".join(key), first=first)


def is_written(column: Column, cell: str) -> bool:
    """Whether a cell is as the publisher writes its type; empty is always right."""
    if not cell or column.type == "string":
        return True
    if column.type == "boolean":
        return cell in {"yes", "no"}
    if column.type in {"date", "datetime"}:
        return _is_time(cell, _DAY if column.type == "date" else _MOMENT)
    return bool((_INTEGER if column.type == "integer" else _NUMBER).fullmatch(cell))


def _is_time(cell: str, pattern: re.Pattern[str]) -> bool:
    if not pattern.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell) if pattern is _DAY else datetime.fromisoformat(cell)
    except ValueError:
        return False
    return True
