"""The sheets of an .xlsx file, from its XML (ECMA-376 part 1, section 18)."""

import re
from functools import lru_cache
from posixpath import normpath
from zipfile import ZipFile

from publisher.load.grid import UnreadableTableError
from publisher.load.workbook_cells import Reading, of_escaped, of_flag, of_iso, of_number
from publisher.load.workbook_formats import BUILT_IN, Format, format_of
from publisher.load.workbook_layout import Area, Layout
from publisher.load.workbook_package import read_xml

_TRUE = {"1", "true"}
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)
_NO_WIDTH = re.compile(r"0+(?:\.0+)?")


def xlsx_layouts(package: ZipFile) -> list[Layout]:
    """All sheets, in the order of the tabs."""
    names = package.namelist()
    texts, styles, book, targets = _Texts(), _Styles(), _Book(), _Targets()
    if "xl/sharedStrings.xml" in names:
        read_xml(package, "xl/sharedStrings.xml", texts)
    if "xl/styles.xml" in names:
        read_xml(package, "xl/styles.xml", styles)
    read_xml(package, "xl/workbook.xml", book, prefixes=True)
    read_xml(package, "xl/_rels/workbook.xml.rels", targets)
    for layout, relation in book.sheets:
        sheet = _Sheet(layout, book, texts.found, styles.formats)
        read_xml(package, targets.paths.get(relation, ""), sheet)
    return [layout for layout, _ in book.sheets]


class _Texts:
    """The part xl/sharedStrings.xml: every text once. What is read aloud above Chinese signs is no part of it."""

    def __init__(self) -> None:
        self.found: list[Reading] = []
        self.text = ""
        self.inside = False
        self.aloud = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self.text = ""
        elif name == "rPh":
            self.aloud = True
        elif name == "t":
            self.inside = not self.aloud

    def data(self, text: str) -> None:
        if self.inside:
            self.text += text

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(of_escaped(self.text))
        elif name == "rPh":
            self.aloud = False
        elif name == "t":
            self.inside = False


class _Styles:
    """The part xl/styles.xml: the number format of each style that a cell may have."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self.formats: list[Format | None] = []
        self.cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and not self.cells and "numFmtId" in attributes:
            self.codes[attributes["numFmtId"]] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.cells = True
        elif name == "xf" and self.cells:
            self.formats.append(format_of(self.codes.get(attributes.get("numFmtId", "0"), "General")))

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        self.cells = self.cells and name != "cellXfs"


class _Book:
    """The part xl/workbook.xml: the names of the sheets."""

    def __init__(self) -> None:
        self.sheets: list[tuple[Layout, str]] = []
        self.since_1904 = False
        self.calculated = True
        """False: written by a program that left the results to Excel, and not saved by Excel since."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            self.sheets.append((Layout(attributes.get("name", ""), visible), attributes.get("id", "")))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in _TRUE
        elif name == "calcPr":
            self.calculated = attributes.get("fullCalcOnLoad") not in _TRUE

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


class _Targets:
    """The part xl/_rels/workbook.xml.rels: which file of the archive holds which sheet."""

    def __init__(self) -> None:
        self.paths: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
            self.paths[attributes.get("Id", "")] = path

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


class _Sheet:
    """A part xl/worksheets/sheetN.xml: columns, then rows of cells, then merged ranges."""

    def __init__(self, layout: Layout, book: _Book, texts: list[Reading], formats: list[Format | None]) -> None:
        self.layout, self.book = layout, book
        self.texts, self.formats = texts, formats
        self.row = self.column = 0
        self.hidden = self.filled = self.formula = self.aloud = False
        self.cell: dict[str, str] | None = None
        self.value, self.inside = "", ""
        self.arrays: list[Area] = []
        """Ranges that one formula fills: only their first cell has it."""
        self.seen: set[str] = set()
        """Of `v` and `is`, what the cell has had."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.cell is not None:
            self._start_within(name, attributes)
            return
        match name:
            case "c":
                self._start_cell(attributes)
            case "row":
                self._start_row(attributes)
            case "col":
                if attributes.get("hidden") in _TRUE or _NO_WIDTH.fullmatch(attributes.get("width", "")):
                    self.layout.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
            case "mergeCell":
                self.layout.merged.append(area(attributes.get("ref", "")))

    def _start_within(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "v" | "is":
                if self.seen:  # two values: nobody knows which one counts
                    raise UnreadableTableError("table-damaged")
                self.seen.add(name)
                self.inside = name if name == "v" else ""
            case "t":
                self.inside = "" if self.aloud else name
            case "f":
                self.formula = True
                if attributes.get("t") == "array":
                    self.arrays.append(area(attributes.get("ref", "")))
            case "rPh":
                self.aloud = True

    def data(self, text: str) -> None:
        if self.inside:
            self.value += text

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self.inside = ""
            case "rPh":
                self.aloud = False
            case "c":
                if self.cell is not None:
                    self._end_cell(self.cell.get("t", "n"))
                self.cell = None
            case "row":
                if self.hidden and self.filled:
                    self.layout.hidden_rows.append(self.row)

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = int(attributes.get("r", self.row + 1))
        if row <= self.row:
            raise ValueError(row)
        self.row, self.column, self.filled = row, 0, False
        self.hidden = attributes.get("hidden") in _TRUE or bool(_NO_WIDTH.fullmatch(attributes.get("ht", "")))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """Rows and cells come in order, so that no cell stands there twice."""
        row, column = position(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
        if row != self.row or column <= self.column:
            raise ValueError(row, column)
        self.column, self.cell = column, attributes
        self.value, self.formula, self.seen = "", False, set()

    def _end_cell(self, kind: str) -> None:
        if not self.value and not self.formula:
            return
        self.filled = True
        row, column = self.row, self.column
        calculated = self.formula or bool(
            self.arrays
            and any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.arrays)
        )
        if calculated and not self._has_result(kind):
            self.layout.fill(self.row, self.column)
            self.layout.uncalculated.append((self.row, self.column))
        else:
            self.layout.put(self.row, self.column, self._reading(kind))

    def _reading(self, kind: str) -> Reading:
        match kind:
            case "s":
                return self._seen(self.texts[_index(self.value, len(self.texts))])
            case "n" if "is" not in self.seen:
                return of_number(self.value, self._format(), since_1904=self.book.since_1904)
            case "n" | "str" | "inlineStr":
                return self._seen(of_escaped(self.value))
            case "b":
                return of_flag(self.value)
            case "e":
                return Reading(self.value, "error")
            case "d":
                return of_iso(self.value)
        raise UnreadableTableError("table-damaged")

    def _format(self) -> Format | None:
        style = (self.cell or {}).get("s")
        return self.formats[_index(style, len(self.formats))] if style and self.formats else None

    def _seen(self, reading: Reading) -> Reading:
        """A text, told if the format of its cell hides it."""
        shown = self._format()
        return Reading(reading.text, "otherwise", shown.code) if shown and shown.hides_text else reading

    def _has_result(self, kind: str) -> bool:
        """An empty text is a result; a 0 is none where the program that wrote it calculates nothing."""
        if kind == "str":
            return True
        return bool(self.value) and (self.book.calculated or self.value != "0")


def _index(text: str, length: int) -> int:
    """A place in a list, counted from 0 and never from its end."""
    number = int(text)
    if not 0 <= number < length:
        raise UnreadableTableError("table-damaged")
    return number


def position(address: str) -> tuple[int, int]:
    """B12 is row 12, column 2."""
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise ValueError(address)
    return int(match[2]), _column(match[1])


@lru_cache(1024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    return *position(first), *position(last or first)
