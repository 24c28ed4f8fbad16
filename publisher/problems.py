"""What a person can mend: a problem has a code, a place, the value seen, and words elsewhere.

The words for a code stand in `locales/*/problems.po`: `problem.<code>` says what is wrong,
`cure.<code>` what to do. Everything that is not a problem is a bug and keeps its traceback.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where in the inputs something stands, in the terms of the program staff opened the file with."""

    path: str
    """Relative to the bureau's folder, with forward slashes."""
    sheet: str = ""
    line: int = 0
    """Line of a text file or row of a table, counted from 1; 0 means the file as a whole."""
    column: str = ""
    """Heading of the table as it stands in the file, or the key of a setting."""
    cell: str = ""
    """As Excel shows it: B12. Of a workbook, or of a CSV opened there."""
    page: int = 0
    """Of a PDF, counted from 1."""
    paragraph: int = 0
    """Of a Word file, counted from 1."""


@dataclass(frozen=True, order=True)
class Labelled:
    """A detail with a heading of its own, which is a key of the catalogue."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was read; remembers the place of each of its fields.

    A field is found by the path that pydantic reports: `("indicators", 3, "weight")`.
    """

    where: Place
    fields: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)

    def place(self, *loc: str | int) -> Place:
        """The place of the field, or of the nearest one around it."""
        for end in range(len(loc), 0, -1):
            if found := self.fields.get(loc[:end]):
                return found
        return self.where


@dataclass(frozen=True)
class Problem:
    """One fault of the inputs. `value` is what was seen; `details` fill the sentence of the code."""

    code: str
    place: Place
    value: str = ""
    details: tuple[tuple[str, Any], ...] = ()
    warning: bool = False
    """A warning is shown and does not stop the build."""


def problem(code: str, place: Place, value: object = "", **details: Any) -> Problem:
    return Problem(code, place, str(value), tuple(sorted(details.items())))


def warning(code: str, place: Place, value: object = "", **details: Any) -> Problem:
    return Problem(code, place, str(value), tuple(sorted(details.items())), warning=True)


ANY = "*"
"""Stands for the id in (kind, id) of records that could not be read at all."""

Report = Callable[[Problem], None]
"""Takes a problem as it is found, so that reading goes on and all faults are told at once."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, then by line and column; each problem once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (*_order(p.place), p.code, p.value))


def _order(place: Place) -> tuple[str, str, int, str, str]:
    return place.path, place.sheet, place.line, place.column, place.cell


class PublisherError(Exception):
    """The inputs need mending; nothing was written.

    PublisherError
    `-- nothing else: what is no problem of the inputs is a bug.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("; ".join(f"{p.place.path}:{p.place.line}: {p.code}" for p in self.problems))

    def __reduce__(self) -> tuple[type["PublisherError"], tuple[list[Problem]]]:
        """As a worker sends it to the build."""
        return type(self), (self.problems,)
