"""Workbooks against the tables beside them: the same figures row for row, and nothing that a reader would not see.

Only the form in which the publisher writes workbooks is read, by the plainest means: any other is told as altered.
"""

import io
import re
import zlib
from collections.abc import Container, Iterator, Mapping, Sequence
from html import unescape
from zipfile import BadZipFile, ZipFile

from publisher.datasets import unguarded
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, few, finding
from publisher.verify.tables import rows_of

MOST_BYTES = 30 * 1024**2
"""Of all parts, unpacked."""
_SHEET = "xl/worksheets/sheet{}.xml"
_SHEETS = 3
_STRINGS, _BOOK, _STYLES = "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"
_PARTS = frozenset(
    {
        *{"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml"},
        *{_BOOK, "xl/_rels/workbook.xml.rels", _STYLES, "xl/theme/theme1.xml", _STRINGS},
        *(_SHEET.format(number) for number in range(1, _SHEETS + 1)),
    }
)
_TAGS = frozenset(
    {
        *{"worksheet", "dimension", "sheetViews", "sheetView", "pane", "selection", "sheetFormatPr", "cols", "col"},
        *{"sheetData", "row", "c", "v", "pageMargins", "ignoredErrors", "ignoredError"},
    }
)
_TAG = re.compile(r"<([A-Za-z][\w:]*)")
_CELL = re.compile(r'<c r="([A-Z])[0-9]{1,7}"(?: s="[0-9]{1,5}")?( t="s")?><v>([^<]*)</v></c>')
_STRING = re.compile(r"<si><t[^<>]*>([^<]*)</t></si>")
_LOOK = re.compile(r'formatCode="([^"]*)"')
_PLAIN_LOOK = re.compile(r"@|0(\.0+)?")
_HIDDEN = re.compile(r'hidden="1"|state="(?:hidden|veryHidden)"|<definedName')
_COMPANY = {"C": "place", "D": "value", "F": "base", "G": "low", "H": "high", "I": "change"}
_INDICATOR = {"D": "value", "F": "base", "G": "low", "H": "high", "I": "change"}
"""Columns of the sheets, and what they are called in the table; a figure that is none is told in words."""

Row = Mapping[str, str]
Cells = Mapping[str, str | float]


def books(copy: Copy, listed: Container[str], gone: Container[str]) -> Iterator[Finding]:
    """Every workbook that has a table of its name beside it."""
    for path in copy.files():
        table = f"{path.removesuffix('.xlsx')}.csv"
        if path.endswith(".xlsx") and path in listed and path not in gone and copy.is_file(table):
            rows = rows_of(copy, table)
            if rows and "record" in rows[0]:
                yield from few(list(_of_book(copy, path, rows, table)), "book-cells", path, 3)


def _of_book(copy: Copy, path: str, rows: Sequence[Row], table: str) -> Iterator[Finding]:
    parts = _parts(copy.read(path) or b"")
    if parts is None:
        yield finding("book-unread", path)
        return
    strange = next(iter(parts.keys() ^ _PARTS), "") or _unseen(parts)
    if strange:
        yield finding("book-part", path, part=strange)
        return
    strings = [unescape(one) for one in _STRING.findall(parts[_STRINGS])]
    found = [list(_cells(parts[_SHEET.format(number)], strings)) for number in (1, 2)]
    yield from _compared(path, table, found[0], _companies(rows), _COMPANY)
    yield from _compared(path, table, found[1], [row for row in rows if row["record"] == "indicator"], _INDICATOR)


def _parts(data: bytes) -> dict[str, str] | None:
    """None if it is no package, or more than a workbook of ours would be."""
    try:
        with ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > 2 * len(_PARTS) or sum(one.file_size for one in members) > MOST_BYTES:
                return None
            found = {one.filename: package.read(one).decode() for one in members}
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return None
    return found if len(found) == len(members) else None


def _unseen(parts: Mapping[str, str]) -> str:
    """The first part that holds what would not be seen, or would be seen otherwise; empty if none does."""
    looks = all(_PLAIN_LOOK.fullmatch(one) for one in _LOOK.findall(parts[_STYLES]))
    if not looks:
        return _STYLES
    if parts[_BOOK].count("<sheet ") != _SHEETS or _HIDDEN.search(parts[_BOOK]):
        return _BOOK
    sheets = [name for name in sorted(parts) if name.startswith("xl/worksheets/")]
    return next((one for one in sheets if _HIDDEN.search(parts[one]) or set(_TAG.findall(parts[one])) - _TAGS), "")


def _cells(sheet: str, strings: Sequence[str]) -> Iterator[Cells]:
    for row in sheet.split("<row ")[1:]:
        found = _CELL.findall(row)
        cells = {column: _text(value, strings) if text else _number(value) for column, text, value in found}
        yield cells if len(found) == row.count("<c ") else {**cells, "?": ""}


def _text(place: str, strings: Sequence[str]) -> str:
    return strings[int(place)] if place.isascii() and place.isdigit() and int(place) < len(strings) else ""


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _companies(rows: Sequence[Row]) -> list[Row]:
    """The total of each company, in their order; what makes no total has a row all the same."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.get("company") and (row["record"] == "composite" or row["company"] not in found):
            named = {name: row.get(name, "") for name in ("company", "company_name", "sector")}
            found[row["company"]] = row if row["record"] == "composite" else named
    return list(found.values())


def _compared(
    path: str, table: str, found: Sequence[Cells], meant: Sequence[Row], columns: Mapping[str, str]
) -> Iterator[Finding]:
    """Behind the headings a row for each; a number where the table has one, and nowhere else."""
    if len(found) != len(meant) + 1:
        yield finding("book-rows", path, seen=max(len(found) - 1, 0), meant=len(meant), table=table)
        return
    for number, (cells, row) in enumerate(zip(found[1:], meant, strict=True), 2):
        names = {"B": row.get("company_name", "")} | ({"C": row["indicator_name"]} if columns is _INDICATOR else {})
        texts = {column: unguarded(name) for column, name in names.items()}
        numbers = {column: _number(row.get(name, "")) for column, name in columns.items() if row.get(name)}
        there = {
            column: value for column, value in cells.items() if isinstance(value, float) or column in {*texts, "?"}
        }
        wrong = [one for one in sorted({*there, *texts, *numbers}) if there.get(one) != (texts | numbers).get(one)]
        if wrong:
            seen, right = (str(one.get(wrong[0], "—")) for one in (there, texts | numbers))
            yield finding("book-cell", path, cell=f"{wrong[0]}{number}", seen=seen, meant=right, table=table)
