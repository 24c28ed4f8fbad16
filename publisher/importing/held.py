"""A table of the folder as it is, and as it would be with more in it: nothing that stands there changes.

Its encoding, its line ends and the sign between its columns stay; empty cells may be filled, and rows added below.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publisher.load.delimited import decoded, separator
from publisher.load.encoding import decodes
from publisher.load.grid import letters
from publisher.named import folded
from publisher.problems import Place, Problem, PublisherError, problem

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""What Excel calls Unicode text begins so."""


@dataclass(frozen=True)
class Held:
    """A table of the folder as it is."""

    path: str
    data: bytes
    text: str
    sign: str
    """By which its columns are separated."""
    top: Sequence[str]
    columns: Sequence[str]
    """Ours, in the order of the table; empty where a heading is none of ours."""


def held_table(data: bytes, path: str, headings: Mapping[str, str]) -> Held:
    """The table as text. Raises PublisherError if not all of it can be read."""
    faults: list[Problem] = []
    text, whole = decoded(data, Place(path), faults.append)
    if not whole or faults:
        raise PublisherError(faults)
    sign = separator(text, headings)
    top = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
    return Held(path, data, text, sign, top, [headings.get(folded(one), "") for one in top])


def new_table(rows: Sequence[Sequence[str]]) -> bytes:
    """In the form that Excel understands everywhere."""
    return codecs.BOM_UTF8 + _csv(rows, ",", "\n").encode()


def with_rows(held: Held, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The table with rows below it. Raises PublisherError for a column that it does not have."""
    if faults := _lacking(held, columns):
        raise PublisherError(faults)
    ordered = [[row[columns.index(name)] if name in columns else "" for name in held.columns] for row in rows]
    ends = "\r\n" if "\r\n" in held.text else "\n"
    start = "" if held.text.endswith(("\n", "\r")) else ends
    return held.data + (start + _csv(ordered, held.sign, ends)).encode(_encoding(held.data)[1])


def filled_in(held: Held, given: Mapping[str, Mapping[str, str]]) -> bytes:
    """The table with its empty cells filled, by id and column; the lines of every other row stay as they are.

    Raises PublisherError for a cell that says something else, and for a column that the table does not have.
    """
    faults = _lacking(held, dict.fromkeys(name for more in given.values() for name in more))
    out: list[str] = []
    for number, lines, record in _records(held):
        cells = dict(zip(held.columns, record, strict=False))
        more = given.get(cells.get("id", "").strip(), {})
        faults += _conflicts(held, number, cells, more)
        out.append(_written(held, record, more, lines) if more else lines)
    if faults:
        raise PublisherError(faults)
    mark, encoding = _encoding(held.data)
    return mark + "".join(out).encode(encoding)


def _lacking(held: Held, columns: Iterable[str]) -> list[Problem]:
    place = Place(held.path, line=1)
    return [problem("import-no-column", place, name) for name in columns if name not in held.columns]


def _records(held: Held) -> Iterator[tuple[int, str, list[str]]]:
    """Number, lines and cells of each row; a cell with line breaks belongs to one row."""
    lines = list(io.StringIO(held.text, newline=""))
    reader = csv.reader(iter(lines), delimiter=held.sign)
    before = 0
    for number, record in enumerate(reader, 1):
        yield number, "".join(lines[before : reader.line_num]), record
        before = reader.line_num


def _conflicts(held: Held, row: int, cells: Mapping[str, str], more: Mapping[str, str]) -> Iterator[Problem]:
    for name, said in more.items():
        there = cells.get(name, "").strip()
        if there and folded(there) != folded(said):
            at = held.columns.index(name)
            place = Place(held.path, line=row, column=held.top[at], cell=f"{letters(at + 1)}{row}")
            yield problem("import-answer-there", place, there, said=said)


def _written(held: Held, record: Sequence[str], more: Mapping[str, str], lines: str) -> str:
    ends = lines[len(lines.rstrip("\r\n")) :]
    padded = [*record, *[""] * (len(held.columns) - len(record))]
    named = zip(held.columns, padded, strict=False)
    cells = [more[name] if name in more and not cell.strip() else cell for name, cell in named]
    return _csv([[*cells, *padded[len(cells) :]]], held.sign, ends)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The mark that the table begins with, and in what it was read."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return mark, name
    return b"", "utf-8" if decodes(data, "utf-8") else "gb18030"


def _csv(rows: Sequence[Sequence[str]], sign: str, ends: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator=ends).writerows(rows)
    return text.getvalue()
