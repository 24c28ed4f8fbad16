"""Workbooks against the tables beside them: the same figures row for row, and nothing that a reader would not see.

Only the form in which the publisher writes workbooks is read, by the plainest means: any other is told as altered.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from html import unescape

from publisher.archives import BROKEN, archive
from publisher.datasets import unguarded
from publisher.verify.copy import Copy
from publisher.verify.findings import Finding, few, finding
from publisher.verify.tables import rows_of

MOST_BYTES = 30 * 1024**2
"""Of all parts, unpacked."""
_SHEET = "xl/worksheets/sheet{}.xml"
_SHEETS = 3
_STRINGS, _BOOK, _STYLES = "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"
_TARGETS = "xl/_rels/workbook.xml.rels"
_PARTS = frozenset(
    {
        *{"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml"},
        *{_BOOK, _TARGETS, _STYLES, "xl/theme/theme1.xml", _STRINGS},
        *(_SHEET.format(number) for number in range(1, _SHEETS + 1)),
    }
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART = re.compile(r"(?:[^<>]++|</?[A-Za-z][\w:]*+(?: [A-Za-z][\w:]*+=\"[^\"<>]*+\")*+/?>)*+")
"""Text and tags in one way of writing: no comment, no other quotes, one blank. Nothing is read otherwise."""
_CELL = re.compile(r'<c r="([A-Z])([0-9]{1,7})" s="[0-9]{1,5}"( t="s")?><v>([-+.0-9E]+)</v></c>')
_ROW = re.compile(
    r'<row r="([0-9]{1,7})" spans="[0-9]{1,5}:[0-9]{1,5}">'
    r'((?:<c r="[A-Z][0-9]{1,7}" s="[0-9]{1,5}"(?: t="s")?><v>[-+.0-9E]+</v></c>)*+)</row>'
)
_BEFORE = re.compile(
    r'<worksheet(?: xmlns(?::r)?="[^"]*")*><dimension ref="[A-Z0-9:]+"/>'
    r'<sheetViews><sheetView (?:tabSelected="1" )?workbookViewId="0">'
    r'<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>'
    r'(?:<selection pane="\w+"(?: activeCell="\w+" sqref="\w+")?/>)*</sheetView></sheetViews>'
    r'<sheetFormatPr defaultRowHeight="15"/>'
    r'<cols>(?:<col min="[0-9]+" max="[0-9]+" width="[1-9][0-9.]+" customWidth="1"/>)*</cols>'
)
_AFTER = re.compile(r'<pageMargins(?: [a-z]+="[0-9.]+")*/></worksheet>')
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_TEXTS = re.compile(rf'<sst xmlns="[^"]*" count="[0-9]+" uniqueCount="[0-9]+">(?:{_STRING.pattern})*+</sst>')
_BOOK_FORM = re.compile(
    r'<workbook(?: xmlns(?::r)?="[^"]*")*><fileVersion[^<>]*/><workbookPr defaultThemeVersion="[0-9]+"/>'
    r"<bookViews><workbookView(?: (?:xWindow|yWindow|windowWidth|windowHeight)=\"[0-9]+\")*/></bookViews><sheets>"
    + "".join(rf'<sheet name="[^"]*" sheetId="{one}" r:id="rId{one}"/>' for one in range(1, _SHEETS + 1))
    + r'</sheets><calcPr calcId="[0-9]+" fullCalcOnLoad="1"/></workbook>'
)
_TARGET = re.compile(r'Id="rId([0-9]+)" Type="[^"]*/worksheet" Target="worksheets/sheet\1\.xml"/>')
_LOOK = re.compile(r'formatCode="([^"]*)"')
_PLAIN_LOOK = re.compile(r"@|0(\.0+)?")
_NUMBERED = re.compile(r'<xf numFmtId="([0-9]+)"')
_BUILT_IN, _OWN = frozenset({0, 1, 2}), 164
"""Numbers of looks that every program knows and that show a number as it is; those from `_OWN` on are in the file."""
_STYLE_TAGS = frozenset(
    {
        *{"styleSheet xmlns", "numFmts count", "numFmt numFmtId formatCode", "fonts count", "font", "sz val", "b"},
        *{"color theme", "name val", "family val", "scheme val", "fills count", "fill", "patternFill patternType"},
        *{"fgColor rgb", "bgColor indexed", "borders count", "border", "left", "right", "top", "bottom", "diagonal"},
        *{"cellStyleXfs count", "cellXfs count", "xf numFmtId fontId fillId borderId"},
        "xf numFmtId fontId fillId borderId xfId",
        "xf numFmtId fontId fillId borderId xfId applyFont applyFill applyAlignment",
        "xf numFmtId fontId fillId borderId xfId applyNumberFormat applyAlignment",
        *{"alignment vertical", "alignment vertical wrapText", "cellStyles count", "cellStyle name xfId builtinId"},
        *{"dxfs count", "tableStyles count defaultTableStyle defaultPivotStyle"},
    }
)
"""Tags with the names of what they say."""
_TAG = re.compile(r"<([A-Za-z][^<>]*?)/?>")
_SAID = re.compile(r'="[^"]*"')
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
        with archive(data) as package:
            members = package.infolist()
            if len(members) > 2 * len(_PARTS) or sum(one.file_size for one in members) > MOST_BYTES:
                return None
            found = {one.filename: package.read(one).decode() for one in members}
    except (RuntimeError, *BROKEN):
        return None
    return found if len(found) == len(members) else None


def _unseen(parts: Mapping[str, str]) -> str:
    """The first part that is not in the form of ours, so that a reader might see something else; empty if none is."""
    written = {name: text.removeprefix(_HEAD) for name, text in parts.items()}
    forms = (
        *((name, len(text) < len(parts[name]) and _PART.fullmatch(text)) for name, text in written.items()),
        (_BOOK, _BOOK_FORM.fullmatch(written[_BOOK])),
        (_TARGETS, written[_TARGETS].count('/worksheet"') == len(_TARGET.findall(written[_TARGETS])) == _SHEETS),
        (_STYLES, _is_plain(written[_STYLES])),
        (_STRINGS, _TEXTS.fullmatch(written[_STRINGS])),
        *((name, _is_sheet(text)) for name, text in written.items() if name.startswith("xl/worksheets/")),
    )
    return next((name for name, is_ours in forms if not is_ours), "")


def _is_plain(styles: str) -> bool:
    tags = {_SAID.sub("", one) for one in _TAG.findall(styles)}
    numbers = {int(one) for one in _NUMBERED.findall(styles)}
    looks = all(_PLAIN_LOOK.fullmatch(one) for one in _LOOK.findall(styles))
    return looks and tags <= _STYLE_TAGS and all(one in _BUILT_IN or one >= _OWN for one in numbers)


def _is_sheet(sheet: str) -> bool:
    """Rows and cells in order, each once: programs do not agree on what counts otherwise."""
    before, _, rest = sheet.partition("<sheetData>")
    rows, _, after = rest.partition("</sheetData>")
    if not (_BEFORE.fullmatch(before) and _AFTER.fullmatch(after)) or _ROW.sub("", rows):
        return False
    return all(number == f"{n}" and _in_order(number, cells) for n, (number, cells) in enumerate(_ROW.findall(rows), 1))


def _in_order(row: str, cells: str) -> bool:
    found = [(column, number) for column, number, _, _ in _CELL.findall(cells)]
    return found == sorted(set(found)) and {number for _, number in found} <= {row}


def _cells(sheet: str, strings: Sequence[str]) -> Iterator[Cells]:
    for _, cells in _ROW.findall(sheet):
        yield {
            column: _text(value, strings) if text else _number(value) for column, _, text, value in _CELL.findall(cells)
        }


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
        there = {column: value for column, value in cells.items() if isinstance(value, float) or column in texts}
        wrong = [one for one in sorted({*there, *texts, *numbers}) if there.get(one) != (texts | numbers).get(one)]
        if wrong:
            seen, right = (str(one.get(wrong[0], "—")) for one in (there, texts | numbers))
            yield finding("book-cell", path, cell=f"{wrong[0]}{number}", seen=seen, meant=right, table=table)
