"""The looks of the sheets of an .xlsx file, from its XML (ECMA-376 part 1, section 18), not its values."""

import re
from posixpath import normpath
from zipfile import ZipFile

from publisher.load.grid import UnreadableTableError
from publisher.load.workbook_layout import Area, Layout
from publisher.load.workbook_package import read_xml

_TRUE = {"1", "true"}
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def xlsx_layouts(package: ZipFile) -> list[Layout]:
    """All sheets, in the order of the tabs."""
    for name in {"xl/sharedStrings.xml", "xl/styles.xml"}.intersection(package.namelist()):
        read_xml(package, name, _Counts(package.getinfo(name).file_size))
    book = _Book()
    read_xml(package, "xl/workbook.xml", book)
    targets = _Targets()
    read_xml(package, "xl/_rels/workbook.xml.rels", targets)
    for layout, relation in book.sheets:
        sheet = _Sheet(layout, calculated=book.calculated)
        read_xml(package, targets.paths.get(relation, ""), sheet)
    return [layout for layout, _ in book.sheets]


class _Counts:
    """Parts that say how many entries they have: room is made for that number, so it must not be a lie."""

    def __init__(self, size: int) -> None:
        self.size = size
        """Bytes of the part; every entry takes more than one."""

    def start(self, _: str, attributes: dict[str, str]) -> None:
        for key in ("count", "uniqueCount"):
            if int(attributes.get(key, 0)) > self.size:
                raise UnreadableTableError("table-damaged")

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


class _Book:
    """The part xl/workbook.xml: the names of the sheets."""

    def __init__(self) -> None:
        self.sheets: list[tuple[Layout, str]] = []
        self.calculated = True
        """False: written by a program that left the results to Excel, and not saved by Excel since."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            self.sheets.append((Layout(attributes.get("name", ""), visible), attributes.get("id", "")))
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

    def __init__(self, layout: Layout, *, calculated: bool) -> None:
        self.layout = layout
        self.calculated = calculated
        self.row = self.column = 0
        self.hidden = self.filled = self.formula = False
        self.type = self.value = self.inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self.inside = name
            case "f":
                self.formula = True
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column = 0
                self.hidden, self.filled = attributes.get("hidden") in _TRUE, False
            case "col":
                if attributes.get("hidden") in _TRUE:
                    self.layout.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
            case "mergeCell":
                self.layout.merged.append(area(attributes.get("ref", "")))

    def data(self, text: str) -> None:
        if self.inside:
            self.value += text

    def end(self, name: str) -> None:
        match name:
            case "v" | "t":
                self.inside = ""
            case "c":
                self._end_cell()
            case "row":
                if self.hidden and self.filled:
                    self.layout.hidden_rows.append(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self.row, self.column = position(attributes["r"])
        else:
            self.column += 1
        self.type, self.value, self.formula = attributes.get("t", "n"), "", False

    def _end_cell(self) -> None:
        if not self.value and not self.formula:
            return
        self.layout.fill(self.row, self.column)
        self.filled = True
        if self.type == "e":
            self.layout.errors.append((self.row, self.column, self.value))
        elif self.formula and not self._has_result():
            self.layout.uncalculated.append((self.row, self.column))

    def _has_result(self) -> bool:
        """An empty text is a result; a 0 is none where the program that wrote it calculates nothing."""
        if self.type == "str":
            return True
        return bool(self.value) and (self.calculated or self.value != "0")


def position(address: str) -> tuple[int, int]:
    """B12 is row 12, column 2."""
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    return *position(first), *position(last or first)
