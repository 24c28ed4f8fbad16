"""A survey export as the scores of a round, or as rows of the table of questions."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from publisher.importing.answers import Answers, Held, answered, filled_in
from publisher.importing.plan import Asked, Plan
from publisher.incoming.tables import tables_of
from publisher.incoming.word import read_word
from publisher.load.across import Axis
from publisher.load.delimited import decoded, separator
from publisher.load.encoding import decodes
from publisher.load.exports import Export, Wanted, best_of, read_export, read_grid
from publisher.load.headings import headings_of, required_of
from publisher.load.incoming import is_word, rows_table
from publisher.load.rows import names_of as grade_names
from publisher.load.tables import find_table
from publisher.model.asked import Item
from publisher.model.bureau import Bureau
from publisher.model.fields import Record
from publisher.model.records import Score
from publisher.model.scheme import Indicator
from publisher.named import folded, known_by, names_of, near
from publisher.problems import Place, Problem, PublisherError, problem, warning
from publisher.words import Words

_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""What Excel calls Unicode text begins so."""

_ALONE = {"count": "value"}
"""Measure -> the column of a single number; of every other it is a score."""
_BOM = b"\xef\xbb\xbf"


def table_plan(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    if asked.scores:
        return _scores(root, asked, data, bureau, words)
    return _answers(root, asked, data, bureau, words) if asked.answers else _items(root, asked, data, bureau, words)


def _scores(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    """A new table of scores; one that is there is not touched."""
    round_ = bureau.rounds.get(asked.scores)
    scheme = bureau.schemes.get(round_.scheme) if round_ else None
    if scheme is None:
        meant = near(asked.scores, bureau.rounds)
        raise PublisherError([problem("unknown-round", Place(asked.file.name), asked.scores, near=meant)])
    folder = f"results/{asked.scores}"
    if there := find_table(root / folder, "scores"):
        raise PublisherError([problem("import-exists", Place(f"{folder}/{there[0].name}"))])
    grades = [pair for grade in scheme.grades for pair in grade_names(grade)]
    axes = [Axis("company", known_by(bureau.companies.values())), Axis("indicator", known_by(scheme.indicators))]
    alone = {name: _ALONE.get(measure, "score") for one in scheme.indicators for name, measure in _measures(one)}
    across = Wanted(headings_of("scores", Score, grades), (), axes=axes, alone=alone)
    export, told = _read(asked, data, "scores", Score, across, words)
    columns, rows = _with_constants(export, asked.fields)
    titles = {f"grade:{one.id}": one.name for one in scheme.grades}
    top = [titles.get(name) or words(f"field.scores.{name}") for name in columns]
    path = f"{folder}/scores.csv"
    return Plan(path, {path: _BOM + _csv([top, *rows])}, table=export, told=told)


def _items(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    """Rows below those that the table of questions has, in its columns, its encoding and its line ends."""
    headings = headings_of("items", Item)
    export, told = _read(asked, data, "items", Item, Wanted(headings, ()), words)
    columns, rows = _with_constants(export, asked.fields)
    if "id" not in columns:
        ids = _ids(columns, rows, bureau)
        columns, rows = ["id", *columns], [[id_, *row] for id_, row in zip(ids, rows, strict=False)]
    there = rows_table(root, "content/items")
    if there is None:
        path = "content/items.csv"
        return Plan(path, {path: _BOM + _csv([columns, *rows])}, table=export, told=told)
    path, held = f"content/{there[0].name}", there[1]
    return Plan(path, {path: held + _below(held, path, headings, columns, rows)}, table=export, told=told)


def _answers(root: Path, asked: Asked, data: bytes, bureau: Bureau, words: Words) -> Plan:
    """The empty cells of questions that are there."""
    headings = headings_of("items", Item)
    export, told = _read(asked, data, "items", Item, Wanted(headings, ()), words)
    if not {"id", "question"} & {*export.columns}:
        known = " / ".join(heading for heading, of in headings.items() if of == "question")
        raise PublisherError([problem("table-missing-column", Place(asked.file.name), "question", wanted=known)])
    there = rows_table(root, "content/items")
    if there is None:
        raise PublisherError([problem("import-no-items", Place("content/items.csv"))])
    path, held = f"content/{there[0].name}", there[1]
    columns, rows = _with_constants(export, asked.fields)
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    aliases = {"company": known_by(bureau.companies.values()), "meeting": known_by(bureau.meetings.values())}
    meant = [{name: aliases.get(name, {}).get(folded(text), text) for name, text in row.items()} for row in named]
    answers = Answers(Place(asked.file.name, export.sheet), list(zip(export.numbers, meant, strict=True)))
    given = answered(answers, bureau.items)
    table = _held(held, path, headings)
    text = filled_in(table, given)
    mark = next((one for one in (_BOM, *_MARKS) if held.startswith(one)), b"")
    return Plan(path, {path: mark + text.encode(_encoding_of(held))}, read={path: held}, table=export, told=told)


def _measures(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Each name of an indicator with its measure."""
    yield from ((folded(name), indicator.measure) for name in (indicator.id, *names_of(indicator)))


def _read(
    asked: Asked, data: bytes, table: str, model: type[Record], wanted: Wanted, words: Words
) -> tuple[Export, list[Problem]]:
    found: list[Problem] = []
    names = dict.fromkeys(wanted.headings.values())
    across = {name for axis in wanted.axes for name in axis.names}
    said = {folded(one): wanted.headings.get(folded(name), name) for one, name in asked.columns.items()}
    unknown = [name for name in said.values() if name and name not in names and folded(name) not in across]
    unknown += [name for name in asked.fields if name not in names]
    if unknown:
        known = tuple(name.removeprefix("grade:") for name in names)
        raise PublisherError(
            [
                problem("import-field", Place(asked.file.name), one, names=known, near=near(one, known))
                for one in unknown
            ]
        )
    required = [name for name in _required(asked, table, model) if name not in asked.fields]
    wanted = replace(wanted, required=required, said=said, sheet=asked.sheet)
    if is_word(data):
        export = _of_word(asked, data, wanted, found, words)
    else:
        export = read_export(data, asked.file.suffix.lower(), asked.file.name, wanted, found.append)
    if export is None or any(not one.warning for one in found):
        raise PublisherError(found)
    _refuse_twice(asked, export)
    return export, found


def _required(asked: Asked, table: str, model: type[Record]) -> tuple[str, ...]:
    """Answers name their question by its id or by its words; new questions get their ids here."""
    if asked.answers:
        return ("answer",)
    return tuple(name for name in required_of(model) if (table, name) != ("items", "id"))


def _of_word(asked: Asked, data: bytes, wanted: Wanted, found: list[Problem], words: Words) -> Export | None:
    """The table of a letter; what stands beside it is told."""
    place = Place(asked.file.name)
    word = read_word(data, asked.file.name, "", words)
    held = tables_of(word.markdown)
    if not held.tables:
        raise PublisherError([problem("import-no-table", place)])
    found += word.told
    found += [warning("import-left-out", place, text) for text in held.beside]
    grid = best_of(held.tables, place, wanted)
    if len(held.tables) > 1:
        found.append(warning("import-tables-left", place, len(held.tables) - 1))
    return read_grid(grid, wanted, found.append)


def _refuse_twice(asked: Asked, export: Export) -> None:
    """A value for a column that the file has: nobody can say which of the two is meant."""
    twice = [(heading, name) for heading, name in export.headings if name in asked.fields]
    if twice:
        place = Place(asked.file.name, export.sheet)
        raise PublisherError([problem("import-field-there", place, name, heading=heading) for heading, name in twice])


def _with_constants(export: Export, fields: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Columns of the file, and those that have the same value in every row."""
    return [*export.columns, *fields], [[*row, *fields.values()] for row in export.rows]


def _ids(columns: Sequence[str], rows: Sequence[Sequence[str]], bureau: Bureau) -> Iterator[str]:
    """`<meeting>-1` and on, for questions that nobody numbered; a meeting may be written by its title."""
    taken = {one.id for one in bureau.items}
    meetings = known_by(bureau.meetings.values())
    at = columns.index("meeting") if "meeting" in columns else -1
    for row in rows:
        stem, number = meetings.get(folded(row[at]), "q") if at >= 0 else "q", 1
        while f"{stem}-{number}" in taken:
            number += 1
        taken.add(f"{stem}-{number}")
        yield f"{stem}-{number}"


def _held(data: bytes, path: str, headings: Mapping[str, str]) -> Held:
    """The table that is there, as text. Raises PublisherError if not all of it can be read."""
    faults: list[Problem] = []
    text, whole = decoded(data, Place(path), faults.append)
    if not whole or faults:
        raise PublisherError(faults)
    sign = separator(text, headings)
    top = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
    return Held(path, text, sign, top, [headings.get(folded(one), "") for one in top])


def _below(
    held: bytes, path: str, headings: Mapping[str, str], columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> bytes:
    """What is to be added behind the bytes that are there."""
    there = _held(held, path, headings)
    if lacking := [name for name in columns if name not in there.columns]:
        raise PublisherError([problem("import-no-column", Place(path, line=1), name) for name in lacking])
    ordered = [[row[columns.index(name)] if name in columns else "" for name in there.columns] for row in rows]
    ends = "\r\n" if "\r\n" in there.text else "\n"
    more = _csv(ordered, there.sign, ends)
    start = "" if there.text.endswith(("\n", "\r")) else ends
    return (start + more.decode()).encode(_encoding_of(held))


def _encoding_of(held: bytes) -> str:
    """In which it was read."""
    marked = next((name for mark, name in _MARKS.items() if held.startswith(mark)), "")
    return marked or ("utf-8" if decodes(held, "utf-8") else "gb18030")


def _csv(rows: Sequence[Sequence[str]], sign: str = ",", ends: str = "\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator=ends).writerows(rows)
    return text.getvalue().encode()
