"""Data files cell by cell: old bytes against new bytes. What moves with the date alone is left out."""

import csv
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publisher import datasets
from publisher.addresses import data, round_of_data

Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """Which rows of a data file are the same row, and which columns are no news."""

    dataset: datasets.Table
    key: tuple[str, ...]
    silent: frozenset[str] = frozenset()
    told: bool = True
    """Its cells are news; else they only repeat what another file tells."""

    def is_at(self, path: str) -> bool:
        if self.dataset is datasets.RESULTS:
            return round_of_data(path) is not None
        return path == data(self.dataset.name)


TABLES = (
    Table(
        datasets.RESULTS,
        datasets.RESULT_ROW,
        frozenset({"round", "company_name", "indicator_name", "unit"}),
    ),
    Table(
        datasets.ITEMS,
        datasets.ITEMS.key,
        frozenset({"as_of", "days_overdue", "days_to_answer", "company", "company_name", "meeting"}),
    ),
    Table(
        datasets.STATEMENTS,
        ("record", "round", "company", "indicator"),
        frozenset({"as_of", "company_name"}),
    ),
    Table(datasets.ROUNDS, ("record", "round", "channel", "company")),
    Table(datasets.EVENTS, ("item", "date", "event", "by", "text"), frozenset({"as_of"}), told=False),
)


@dataclass(frozen=True)
class Cell:
    """One value that is another one now. `column` is empty where the whole row came or went."""

    path: str
    row: Row
    column: str
    old: str
    new: str


def table_of(path: str) -> Table | None:
    """How a data file is compared by cells; none for another file."""
    return next((one for one in TABLES if one.is_at(path)), None)


def cells(path: str, table: Table, old: bytes, new: bytes) -> Iterator[Cell]:
    """Every change in a data file."""
    before, after = _rows(old, table), _rows(new, table)
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            row = now or was or {}
            yield Cell(path, row, "", _value(was), _value(now))
        else:
            yield from _changed(path, table, was, now)


def _changed(path: str, table: Table, was: Row, now: Row) -> Iterator[Cell]:
    for column in dict.fromkeys([*now, *was]):
        old, new = was.get(column, ""), now.get(column, "")
        if old != new and column not in table.silent:
            yield Cell(path, now, column, old, new)


def _value(row: Row | None) -> str:
    """What stands for a whole row."""
    names = ("value", "state", "count", "question", "text", "reply", "title")
    return next((row[name] for name in names if row.get(name)), "") if row else ""


def _rows(data: bytes, table: Table) -> dict[tuple[str, ...], Row]:
    """By key; rows with the same key are told from each other by their order. Empty if it is no table at all."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows_of(data):
        key = tuple(row.get(name, "") for name in table.key)
        number = 1
        while (*key, str(number)) in found:
            number += 1
        found[(*key, str(number))] = row
    return found


def rows_of(data: bytes) -> Sequence[Row]:
    """The rows of a data file as it was published; an old one may be damaged."""
    lines = (f"{line}\n" for line in data.decode("utf-8-sig", "replace").split("\n"))
    try:
        rows = [row for row in csv.reader(lines, strict=False) if row]
    except csv.Error:
        return []
    return [dict(zip(rows[0], row, strict=False)) for row in rows[1:]] if rows else []


def same_package(old: bytes, new: bytes, moved: Collection[str]) -> bool:
    """Whether two descriptions of the data (Data Package) differ in nothing but sizes and hashes of their tables.

    Of the tables in `moved`, by address, these count too: there is news in them.
    """
    before, after = (_described(data, moved) for data in (old, new))
    return before is not None and before == after


def _described(data: bytes, moved: Collection[str]) -> Any:
    try:
        found = json.loads(data)
        for one in found["resources"]:
            if f"data/{one['path']}" not in moved:
                one.pop("bytes", None)
                one.pop("hash", None)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return found
