"""The rows of a file that came in: of a table, of the table of a letter, or of a letter part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.importing.plan import Asked
from publisher.incoming.letters import Labels, Letter, Part, letter_of
from publisher.incoming.papers import whole_day
from publisher.incoming.tables import Tables, tables_of
from publisher.incoming.word import read_word
from publisher.load.exports import Export, Wanted, best_of, headings_in, read_export, read_grid
from publisher.load.grid import Grid, NumberedRow
from publisher.load.headings import others_of
from publisher.load.incoming import is_word
from publisher.named import folded, near
from publisher.problems import Place, Problem, PublisherError, Report, problem, warning
from publisher.words import LANGUAGES, Words, words_of

_OF_A_TABLE = 2
"""Headings by which a table in a letter is taken for the one that is meant, and not for a part of what is told."""


@dataclass(frozen=True)
class Lettered:
    """What the parts of a letter are rows of."""

    leads: Sequence[str]
    """Columns that begin a part; one of them must be there."""
    rest: str
    """The column that takes what stands below."""
    texts: frozenset[str]
    days: frozenset[str]


ITEMS = Lettered(
    ("question", "id"),
    "answer",
    frozenset({"question", "answer", "promise"}),
    frozenset({"raised_on", "answered_on", "due_on"}),
)
EVENTS = Lettered(
    ("item",),
    "reason",
    frozenset({"item", "reason", "evidence"}),
    frozenset({"date", "new_due"}),
)


@dataclass(frozen=True)
class Understood:
    """What a file says, as rows of one of our tables."""

    export: Export
    told: Sequence[Problem]
    columns: Sequence[str]
    """Those of the file, and those that have the same value in every row."""
    cells: Sequence[Sequence[str]]
    places: Sequence[Place]
    """Of the rows."""

    def named(self, aliases: Mapping[str, Mapping[str, str]]) -> list[tuple[Place, dict[str, str]]]:
        """Each row by column, with its place; names become ids where `aliases` has them."""
        rows = (dict(zip(self.columns, row, strict=True)) for row in self.cells)
        meant = [{name: aliases.get(name, {}).get(folded(text), text) for name, text in row.items()} for row in rows]
        return list(zip(self.places, meant, strict=True))


def read_rows(asked: Asked, data: bytes, wanted: Wanted, words: Words, lettered: Lettered | None = None) -> Understood:
    """Raises PublisherError if the file leaves open what is meant, or the user says something twice."""
    found: list[Problem] = []
    asked, said = _said(asked, wanted)
    required = [name for name in wanted.required if name not in asked.fields]
    others = others_of(wanted.table, wanted.headings)
    wanted = replace(wanted, required=required, others=others, said=said, sheet=asked.sheet)
    if lettered and is_word(data):
        export = _of_word(asked, data, wanted, lettered, found, words)
    else:
        export = read_export(data, asked.file.suffix.lower(), asked.file.name, wanted, found.append)
    if export is None or any(not one.warning for one in found):
        raise PublisherError(found)
    _refuse_twice(asked, export)
    columns = [*export.columns, *asked.fields]
    cells = [[*row, *asked.fields.values()] for row in export.rows]
    return Understood(export, found, columns, cells, _places(asked, export))


def _said(asked: Asked, wanted: Wanted) -> tuple[Asked, dict[str, str]]:
    """What is asked for, with our names of columns, and what the user says that headings mean.

    Raises PublisherError for a column that there is not.
    """
    fields = {wanted.headings.get(folded(name), name): value for name, value in asked.fields.items()}
    names = dict.fromkeys(wanted.headings.values())
    across = {name for axis in wanted.axes for name in axis.names}
    said = {folded(one): wanted.headings.get(folded(name), name) for one, name in asked.columns.items()}
    unknown = [name for name in said.values() if name and name not in names and folded(name) not in across]
    unknown += [name for name in fields if name not in names]
    if unknown:
        place = Place(asked.file.name)
        known = tuple(f"field.{wanted.table}.{name}" for name in names if ":" not in name)
        hints = {one: near(folded(one), wanted.headings) for one in unknown}
        raise PublisherError([problem("import-field", place, one, names=known, near=hints[one]) for one in unknown])
    return replace(asked, fields=fields), said


def _refuse_twice(asked: Asked, export: Export) -> None:
    """A value for a column that the file has: nobody can say which of the two is meant."""
    twice = [(heading, name) for heading, name in export.headings if name in asked.fields]
    if twice:
        place = Place(asked.file.name, export.sheet)
        raise PublisherError([problem("import-field-there", place, name, heading=heading) for heading, name in twice])


def _places(asked: Asked, export: Export) -> list[Place]:
    """A row of a table goes by its number, a part of a letter by what it is called there."""
    if export.parts:
        return [Place(asked.file.name, column=name) for name in export.parts]
    return [Place(asked.file.name, export.sheet, number) for number in export.numbers]


def _of_word(
    asked: Asked, data: bytes, wanted: Wanted, lettered: Lettered, found: list[Problem], words: Words
) -> Export | None:
    """The table of a letter, or its parts if no table has a heading of ours; what stands beside is told."""
    place = Place(asked.file.name)
    word = read_word(data, asked.file.name, "", words)
    found += word.told
    if word.pictures:
        found.append(warning("import-pictures-left", place, len(word.pictures)))
    held = tables_of(word.markdown)
    grid = best_of(held.tables, place, wanted) if held.tables else None
    letter = letter_of(word.markdown, _labels(wanted, lettered))
    if letter.parts and (grid is None or headings_in(grid, wanted) < _OF_A_TABLE):
        return _of_parts(letter, held, place, wanted, lettered, found, words)
    if grid is None:
        raise PublisherError([problem("import-no-table", place)])
    found += [warning("import-left-out", place, text) for text in held.beside]
    _tell_tables(len(held.tables) - 1, place, found.append)
    return read_grid(grid, wanted, found.append)


def _of_parts(
    letter: Letter,
    held: Tables,
    place: Place,
    wanted: Wanted,
    lettered: Lettered,
    found: list[Problem],
    words: Words,
) -> Export | None:
    """A row for each part; each must say what it is about, and what every row needs."""
    cells = [one.cells for one in letter.parts]
    columns = [name for name in dict.fromkeys(wanted.headings.values()) if any(name in one for one in cells)]
    for part in letter.parts:
        found += _missing(part, columns, place, wanted, lettered)
    found += [warning("import-left-out", place, text) for text in letter.beside]
    _tell_tables(len(held.tables), place, found.append)
    head = [words(f"field.{wanted.table}.{name}") for name in columns]
    rows = [[_cell(name, one.get(name, ""), lettered) for name in columns] for one in cells]
    grid = Grid(place, [NumberedRow(number, row) for number, row in enumerate([head, *rows])])
    export = read_grid(grid, wanted, found.append)
    return replace(export, parts=[one.name for one in letter.parts]) if export else None


def _missing(part: Part, columns: Sequence[str], place: Place, wanted: Wanted, lettered: Lettered) -> Iterator[Problem]:
    """What it is about, and what other parts say and every row needs; a column of none is told once for all."""
    about = [] if any(part.cells.get(name) for name in lettered.leads) else [lettered.leads[0]]
    others = (name for name in wanted.required if name in columns and name not in {*lettered.leads, *part.cells})
    for name in (*about, *others):
        heading = f"field.{wanted.table}.{name}"
        yield problem("import-part-lacks", replace(place, column=part.name), heading=heading)


def _cell(name: str, text: str, lettered: Lettered) -> str:
    """A day as the tables have it, if it is nothing but a day."""
    return whole_day(text) or text if name in lettered.days else text


def _tell_tables(number: int, place: Place, report: Report) -> None:
    if number > 0:
        report(warning("import-tables-left", place, number))


def _labels(wanted: Wanted, lettered: Lettered) -> Labels:
    """Whatever may be a heading of the table, and the words with which letters end."""
    known = {heading: column for heading, column in wanted.known.items() if column}
    closings = [one for language in LANGUAGES for one in words_of(language)("letter.closings").split()]
    return Labels(known, lettered.leads, lettered.rest, lettered.texts, closings)
