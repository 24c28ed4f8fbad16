"""Rows of a table as a model wants them: the columns of grades go together in one field."""

from collections.abc import Mapping
from typing import Any

from publisher.load.grid import folded
from publisher.load.names import Aliases
from publisher.load.tables import Row
from publisher.model.scheme import Grade
from publisher.problems import Place, Source

_GRADE = "grade:"


def names_of(grade: Grade) -> list[tuple[str, str]]:
    """(heading, field) of a grade's column: its id, or its name in either language."""
    return [(text, f"{_GRADE}{grade.id}") for text in (grade.id, grade.name, grade.name_en) if text]


def cells_of(row: Row, aliases: Aliases) -> dict[str, Any]:
    """The cells by field, names turned into ids; columns of grades go together under `grades`."""
    none: Mapping[str, str] = {}
    plain = {
        name: aliases.get(name, none).get(folded(text), text)
        for name, text in row.cells.items()
        if not name.startswith(_GRADE)
    }
    grades = {name.removeprefix(_GRADE): text for name, text in row.cells.items() if name.startswith(_GRADE)}
    return {**plain, "grades": grades} if grades else plain


def source_of(row: Row) -> Source:
    """The places of the cells; those of grades also by the name that the model reports."""
    fields: dict[tuple[str | int, ...], Place] = dict(row.source.fields)
    for loc, place in row.source.fields.items():
        if str(loc[0]).startswith(_GRADE):
            fields["grades", str(loc[0]).removeprefix(_GRADE)] = place
    return Source(row.source.where, fields)
