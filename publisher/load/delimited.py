"""CSV bytes -> numbered rows of text. Knows of headings only by what the columns are separated."""

import csv
import io
from collections.abc import Container, Iterator
from itertools import islice

from publisher.load.encoding import decodes, is_mostly_utf8, is_wide, utf8_within
from publisher.load.grid import TITLE_ROWS, Grid, NumberedRow, UnreadableTableError, clean
from publisher.load.limits import MAX_CELLS, MAX_ROWS
from publisher.named import folded
from publisher.problems import Place, Report, problem

_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SEPARATORS = ",;\t|"
_HEAD = 100_000
"""Characters in which the heading line is looked for."""
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LOST = "\N{REPLACEMENT CHARACTER}"


def read_delimited(data: bytes, place: Place, report: Report, headings: Container[str] = ()) -> Grid:
    """The rows that are not wholly empty; those with a sign that could not be decoded are spoiled.

    A row's number is the one Excel shows: a quoted cell with line breaks belongs to one row, a blank line is
    a row too. So below such a cell it is less than the line number of a text editor.
    """
    text, whole = decoded(data, place, report)
    rows = (
        NumberedRow(number, cells, not whole and any(_LOST in cell for cell in cells))
        for number, record in _records(text, place, report, headings)
        if any(cells := [clean(cell) for cell in record])
    )
    return Grid(place, list(rows))


def _records(text: str, place: Place, report: Report, headings: Container[str]) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number; after a wrong quotation mark reading goes on at the next line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text, headings), strict=True)
    number = cells = 0
    while True:
        number += 1
        before = reader.line_num
        try:
            record = next(reader, None)
        except csv.Error:
            if number > MAX_ROWS:
                raise UnreadableTableError("table-too-many-rows", limit=MAX_ROWS) from None
            # Without a quotation mark only a cell of senseless length is an error.
            code = "table-quotes" if '"' in text else "table-cell-too-long"
            report(problem(code, Place(place.path, line=number)))
            number += max(reader.line_num - before - 1, 0)  # the lines it ran through to find the other mark
            continue
        if record is None:
            return
        cells += len(record)
        if number > MAX_ROWS:
            raise UnreadableTableError("table-too-many-rows", limit=MAX_ROWS)
        if cells > MAX_CELLS:
            raise UnreadableTableError("table-too-many-cells", limit=MAX_CELLS)
        yield number, record


def separator(text: str, headings: Container[str] = ()) -> str:
    """Comma, semicolon, tab or bar: by which most headings are found in one of the first lines.

    Where none is found, what the first line has most of outside quotes; comma where it has none.
    """
    return max(_SEPARATORS, key=lambda sign: _columns(text[:_HEAD].lstrip("\r\n "), sign, headings))


def _columns(text: str, sign: str, headings: Container[str]) -> tuple[int, int]:
    """The most headings in a line, and the columns of the first line, if that sign separates them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        lines = list(islice(reader, TITLE_ROWS))
    except csv.Error:  # more than a cell can hold
        return 0, 0
    return max(sum(folded(cell) in headings for cell in line) for line in lines or [[]]), len(lines[0]) if lines else 0


def decoded(data: bytes, place: Place, report: Report) -> tuple[str, bool]:
    """UTF-8, UTF-16 with a byte order mark, or GB18030, and whether all of it is; what is not has been told.

    It stands as U+FFFD then, so that the rest of the table is still checked. Programs that join files or add a mark
    to one that has it leave several marks in front: they mean nothing.
    """
    if data.startswith(_UTF32):
        raise UnreadableTableError("table-without-mark")
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, place, report)
    if is_wide(data):
        raise UnreadableTableError("table-without-mark")
    if decodes(data, "utf-8"):
        return data.decode("utf-8"), True
    if b"\0" in data and not decodes(data, "gb18030"):
        raise UnreadableTableError("table-not-a-table")
    if is_mostly_utf8(data):
        return _strictly(data, "utf-8", place, report)
    mixed = [problem("table-two-encodings", Place(place.path, line=line)) for line in utf8_within(data)]
    for fault in mixed:
        report(fault)
    return (data.decode("gb18030", "replace"), False) if mixed else _strictly(data, "gb18030", place, report)


def _strictly(data: bytes, encoding: str, place: Place, report: Report) -> tuple[str, bool]:
    try:
        return data.decode(encoding).lstrip(_MARK), True
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
        seen = data[error.start : error.end].hex(" ").upper()
        where = Place(place.path, line=before.count("\n") + 1)
        report(problem("table-undecodable", where, seen, encoding=encoding.upper()))
        return data.decode(encoding, "replace"), False
