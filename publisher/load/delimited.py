"""CSV bytes -> numbered rows of text. Does not know what the headings mean."""

import csv
import io
import re
from collections.abc import Iterator

from publisher.load.encoding import decodes, is_mostly_utf8
from publisher.load.grid import MAX_ROWS, Grid, NumberedRow, UnreadableTableError, clean
from publisher.problems import Place, Report, problem

_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_HEAD = 100_000
"""Characters in which the heading line is looked for."""


def read_delimited(data: bytes, place: Place, report: Report) -> Grid:
    """The rows that are not wholly empty.

    A row's number is the one Excel shows: a quoted cell with line breaks belongs to one row, a blank line is
    a row too. So below such a cell it is less than the line number of a text editor.
    """
    text = decoded(data, place, report)
    rows = (
        NumberedRow(number, cells)
        for number, record in _records(text, place, report)
        if any(cells := [clean(cell) for cell in record])
    )
    return Grid(place, list(rows))


def _records(text: str, place: Place, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number; after a wrong quotation mark reading goes on at the next line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            code = "table-field-exceeds" if "field limit" in str(error) else "table-quotes"
            report(problem(code, Place(place.path, line=number)))
            continue
        if record is None:
            return
        if number > MAX_ROWS:
            raise UnreadableTableError("table-too-many-rows", limit=MAX_ROWS)
        yield number, record


def separator(text: str) -> str:
    """Comma, semicolon or tab: what the heading line has most of outside quotes; comma where it has none."""
    bare = _QUOTED.sub("", text[:_HEAD]).strip("\r\n ")
    heading = re.split(r"[\r\n]", bare, maxsplit=1)[0]
    return max(",;\t", key=heading.count)


def decoded(data: bytes, place: Place, report: Report) -> str:
    """UTF-8, UTF-16 with a byte order mark, or GB18030, whole and without guessing; else the fault is told.

    What cannot be decoded stands as U+FFFD, so that the rest of the table is still checked.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, place, report)
    if decodes(data, "utf-8"):
        return data.decode("utf-8")
    if b"\0" in data and not decodes(data, "gb18030"):
        raise UnreadableTableError("table-not-a-table")
    return _strictly(data, "utf-8" if is_mostly_utf8(data) else "gb18030", place, report)


def _strictly(data: bytes, encoding: str, place: Place, report: Report) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        seen = data[error.start : error.end].hex(" ").upper()
        report(problem("table-undecodable", Place(place.path, line=line), seen, encoding=encoding.upper()))
        return data.decode(encoding, "replace")
