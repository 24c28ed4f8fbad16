"""Rows of results as they stand in tables and in JSON, both written at once.

A scorecard has fifty rows of up to twenty cells, and most cells are names and numbers that thousands of rows have. So
each is written once (quoted, guarded, as the shortest decimal) and put into the gaps of its kind of row: the library
of tables and that of JSON would look at every cell again. It takes half as long. What comes out is what they write:
`tests/test_quicker.py` holds it against them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from json import dumps
from typing import Any

from publisher import datasets
from publisher.outputs.plainly import BETWEEN_CELLS, BETWEEN_ROWS
from publisher.outputs.table import Cells, line_of

Parted = tuple[Cells, Cells]
"""Of a row the cells that many have alike, and its own, of which one is filled at least, in this order."""
_KIND = "record"
"""The first column; a word of ours."""
_NAMES = ("round", "sector", "company", "company_name", "indicator", "indicator_name")
"""The columns behind it, which are among the cells of others."""
_OWN = datasets.RESULTS.names[1 + len(_NAMES) :]
_MANY = 50_000
_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Lines:
    """Some rows, in the table and in JSON."""

    table: str
    json: str


def lines_of(rows: Iterable[Parted]) -> Lines:
    """Values are texts, printed numbers, whole numbers or none; those of other rows are the same object again."""
    table, json = [], []
    known: Cells | None = None
    for names, own in rows:
        if names is not known:
            known = names
            found = _filled(names)
            before = ",".join([found[name][0] if name in found else "" for name in _NAMES])
            started = "".join([f'"{name}": {told}{BETWEEN_CELLS}' for name, (_, told) in found.items()])
        cells = _filled(own)
        kind, order, gaps, told = _gaps(tuple(cells))
        values = [*cells.values()]
        first = values[kind][0] if kind is not None else found[_KIND][0]
        table.append(f"{first},{before},{gaps % tuple([values[place][0] for place in order])}\n")
        json.append(started + told % tuple([value[1] for value in values]))
    return Lines("".join(table), BETWEEN_ROWS.join(json))


def _filled(cells: Cells) -> dict[str, tuple[str, str]]:
    """Of each cell that is not empty what stands in the table, and what in JSON."""
    found = {}
    for name, value in cells.items():
        kind = type(value)
        if kind is str:
            if value:
                found[name] = _text(value)
        elif value is not None:
            found[name] = _number(str(value)) if kind is Decimal else (str(value), str(value))
    return found


@lru_cache(_MANY)
def _text(text: str) -> tuple[str, str]:
    return line_of(text), dumps(text, ensure_ascii=False)


@lru_cache(_MANY)
def _number(digits: str) -> tuple[str, str]:
    """Printed numbers have few enough digits for the shortest decimal of a float to be them."""
    return digits, repr(float(digits))


@lru_cache(_ROWS)
def _gaps(names: tuple[str, ...]) -> tuple[int | None, tuple[int, ...], str, str]:
    """Where the kind of row stands, in which order the cells stand in a table, and the row in both with its gaps."""
    places: Mapping[str, Any] = {name: place for place, name in enumerate(names)}
    order = tuple(places[name] for name in _OWN if name in places)
    gaps = ",".join("%s" if name in places else "" for name in _OWN)
    return places.get(_KIND), order, gaps, BETWEEN_CELLS.join(f'"{name}": %s' for name in names)
