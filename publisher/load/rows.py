"""Rows of a table as a model wants them: the columns of grades go together in one field."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from publisher.load.examples import filled_in
from publisher.load.grid import Opened, Wanted
from publisher.load.kept import Kept
from publisher.load.lean import Sets, share
from publisher.load.names import Aliases
from publisher.load.tables import Row, read_table
from publisher.load.validate import read_as
from publisher.model.fields import Record
from publisher.model.scheme import Grade
from publisher.named import folded
from publisher.problems import Place, Report, Source

R = TypeVar("R", bound=Record)
_GRADE = "grade:"
Loc = tuple[str | int, ...]


def names_of(grade: Grade) -> list[tuple[str, str]]:
    """(heading, field) of a grade's column: its id, or its name in either language."""
    return [(text, f"{_GRADE}{grade.id}") for text in (grade.id, grade.name, grade.name_en) if text]


def points_of(indicator: str) -> str:
    """Under what the names of an indicator's points stand among the aliases."""
    return f"point of {indicator}"


def cells_of(row: Row, aliases: Aliases) -> dict[str, Any]:
    """The cells by field, names turned into ids; columns of grades go together under `grades`.

    What a point of a checklist is called says which one it is among those of the row's indicator.
    """
    plain = {
        name: aliases[name].get(folded(text), text) if name in aliases else text
        for name, text in row.cells.items()
        if not name.startswith(_GRADE)
    }
    if "point" in plain and "point" in aliases:
        own = aliases.get(points_of(str(plain.get("indicator"))), {})
        plain["point"] = own.get(folded(row.cells["point"]), row.cells["point"])
    grades = {name.removeprefix(_GRADE): text for name, text in row.cells.items() if name.startswith(_GRADE)}
    return {**plain, "grades": grades} if grades else plain


def source_of(row: Row) -> Source:
    """The places of the cells; those of grades also by the name that the model reports."""
    return Source(row.source.where, _WithGrades(row.source.fields))


@dataclass(frozen=True, slots=True)
class _WithGrades(Mapping[Loc, Place]):
    """Worked out when a place is asked for: most rows have no fault."""

    fields: Mapping[Loc, Place]

    def __getitem__(self, loc: Loc) -> Place:
        match loc:
            case ("grades", grade):
                return self.fields[(f"{_GRADE}{grade}",)]
        return self.fields[loc]

    def __iter__(self) -> Iterator[Loc]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)


@dataclass(frozen=True)
class Table:
    """One table in one file, and how it is to be read."""

    path: Path
    shown: str
    headings: Mapping[str, str]
    required: Collection[str]
    wanted: Wanted

    def rows(self, report: Report, opened: Opened, data: bytes | None = None) -> Iterator[Row]:
        """Those that say something; `data` is what was read of the file already."""
        found = read_table(
            self.path,
            self.shown,
            self.headings,
            report,
            required=self.required,
            wanted=self.wanted,
            opened=opened,
            data=data,
        )
        return filled_in(found, report)

    def kept(
        self, kept: Kept, model: type[R], aliases: Aliases, zone: ZoneInfo | None, opened: Opened
    ) -> tuple[R, ...] | None:
        """Its records, if the table had no fault when it was read before."""

        def read(data: bytes, report: Report) -> tuple[R, ...]:
            rows = self.rows(report, opened, data)
            sets: Sets = {}
            found = [read_as(model, cells_of(row, aliases), source_of(row), report, zone) for row in rows]
            return tuple(share(one, sets) for one in found if one)

        return kept.of(self.path, read, model, self.headings, self.required, self.wanted, aliases, zone)
