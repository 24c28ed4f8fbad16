"""The sheets of an .ods file, from its XML (OASIS OpenDocument 1.3 part 3, section 9)."""

import re
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from zipfile import ZipFile

from publisher.load.grid import UnreadableTableError
from publisher.load.limits import MAX_ROWS
from publisher.load.workbook_cells import Reading, duration, of_flag, of_iso, of_number, of_text
from publisher.load.workbook_layout import Layout
from publisher.load.workbook_package import read_xml

_SILENT = {"annotation", "frame", "ruby-text"}
"""Comments, drawings and what is read aloud above a sign stand within a cell and are not its text."""
_SPACE = {"tab": " ", "line-break": "\n"}
_PERIOD = re.compile(r"(-?)PT?(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,9})(?:[.,]\d*)?S)?", re.ASCII)
_SHOWN = re.compile(r"[-−(]?[^0-9.,]*(\.?[0-9][0-9.,]*)[^0-9]*")
_SCALES = re.compile(r"[a-z十百千万亿兆‰]", re.IGNORECASE)
_ERROR = re.compile(r"#\S+[!?]|#N/A|Err:\d{3}")


def ods_layouts(package: ZipFile) -> list[Layout]:
    """All sheets, in the order of the tabs."""
    manifest = _Manifest()
    read_xml(package, "META-INF/manifest.xml", manifest, prefixes=True)
    if manifest.encrypted:
        raise UnreadableTableError("table-encrypted")
    content = _Content()
    read_xml(package, "content.xml", content, prefixes=True)
    return content.layouts


class _Manifest:
    def __init__(self) -> None:
        self.encrypted = False

    def start(self, name: str, _: dict[str, str]) -> None:
        self.encrypted = self.encrypted or name == "encryption-data"

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


class _Content:
    """content.xml: styles, then tables of rows of cells, each possibly repeated."""

    def __init__(self) -> None:
        self.layouts: list[Layout] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = self.rows = 0
        self.hidden = self.filled = False
        self.cell: dict[str, str] | None = None
        self.text = ""
        self.paragraphs = 0
        self.silent = 0
        """Depth of what stands inside a cell and is not its text."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "style":
                self.style = attributes.get("name", "")
            case "table-properties":
                if attributes.get("display") == "false":
                    self.hidden_styles.add(self.style)
            case "table":
                visible = attributes.get("style-name") not in self.hidden_styles
                self.layouts.append(Layout(attributes.get("name", ""), visible))
                self.row = self.column = 0
            case "table-column":
                self._column(attributes)
            case "table-row":
                self.rows = int(attributes.get("number-rows-repeated", 1))
                self.column, self.filled = 0, False
                self.hidden = attributes.get("visibility", "visible") != "visible"
            case "table-cell" | "covered-table-cell":
                self.cell, self.text, self.paragraphs = attributes, "", 0
            case _ if self.cell is not None:
                self._start_within(name, attributes)

    def _start_within(self, name: str, attributes: dict[str, str]) -> None:
        if name in _SILENT:
            self.silent += 1
        elif self.silent:
            return
        elif name == "p":
            self.text += "\n" if self.paragraphs else ""
            self.paragraphs += 1
        elif name == "s":
            self.text += " " * min(int(attributes.get("c", 1)), 99)
        else:
            self.text += _SPACE.get(name, "")

    def data(self, text: str) -> None:
        if self.paragraphs and not self.silent:
            self.text += text if text.isalnum() else re.sub("[ \t\r\n]+", " ", text)

    def end(self, name: str) -> None:
        match name:
            case _ if name in _SILENT and self.cell is not None:
                self.silent -= 1
            case "table-cell" | "covered-table-cell":
                self._end_cell(self.cell or {})
                self.cell, self.paragraphs = None, 0
            case "table-row":
                if self.hidden and self.filled:
                    self.layouts[-1].hidden_rows.extend(self._repeated_rows())
                self.row += self.rows

    def _repeated_rows(self) -> range:
        return range(self.row + 1, self.row + min(self.rows, MAX_ROWS) + 1)

    def _column(self, attributes: dict[str, str]) -> None:
        count = int(attributes.get("number-columns-repeated", 1))
        if attributes.get("visibility", "visible") != "visible":
            self.layouts[-1].hidden_columns.append((self.column + 1, self.column + count))
        self.column += count

    def _end_cell(self, cell: dict[str, str]) -> None:
        row, column = self.row + 1, self.column + 1
        count = int(cell.get("number-columns-repeated", 1))
        self.column += count
        wide, high = int(cell.get("number-columns-spanned", 1)), int(cell.get("number-rows-spanned", 1))
        if wide > 1 or high > 1:
            self.layouts[-1].merged.append((row, column, row + high - 1, column + wide - 1))
        if not (self.text or "value-type" in cell or "formula" in cell):
            return
        self.filled = True
        if "formula" in cell and "value-type" not in cell and not _ERROR.fullmatch(self.text):
            self.layouts[-1].fill(row, column, self.rows, count)
            self.layouts[-1].uncalculated.append((row, column))
        else:
            self.layouts[-1].put(row, column, self._reading(cell), self.rows, count)

    def _reading(self, cell: dict[str, str]) -> Reading:
        # LibreOffice writes its own type, "error", in a second attribute of the same local name.
        kind = cell.get("value-type", "string")
        if kind == "error" or ("formula" in cell and _ERROR.fullmatch(self.text)):
            return Reading(self.text, "error")
        match kind:
            case "float" | "currency" | "percentage":
                reading = of_number(cell.get("value", ""))
                shown = self.text.strip() if self.paragraphs else None
                return reading if reading.fault or shown is None else _as_shown(reading.text, shown, kind)
            case "date":
                return _dated(of_iso(cell.get("date-value", "")), self.text)
            case "time":
                return _timed(cell.get("time-value", ""))
            case "boolean":
                return of_flag(cell.get("boolean-value", ""))
        return of_text(self.text or cell.get("string-value", ""))


def _as_shown(plain: str, shown: str, kind: str) -> Reading:
    """A number compared with the text that the file says is shown for it; that one may be rounded."""
    if shown == plain and kind != "percentage":
        return Reading(plain)
    value = Decimal(plain) * (100 if kind == "percentage" else 1)
    text = f"{format(value.normalize(), 'f')}%" if kind == "percentage" else plain
    found = _SHOWN.fullmatch(shown)
    if not found or (kind != "currency" and _SCALES.search(shown)):
        empty = value == 0 and re.fullmatch("[-−—]+", shown)
        return Reading(text) if empty else Reading(text, "otherwise", shown)
    numbers = {number for number in (_number(found[1], "."), _number(found[1], ",")) if number is not None}
    if shown.isdigit() and shown[0] == "0" and Decimal(shown) == value:
        return Reading(shown)
    if abs(value) in numbers:
        return Reading(text)
    rounded = any(abs(value).quantize(number, ROUND_HALF_UP) == number for number in numbers)
    return Reading(text, "rounded" if rounded else "otherwise", shown)


def _number(text: str, point: str) -> Decimal | None:
    """With a point or a comma before the decimals, whichever the language of the file has."""
    whole, _, decimals = text.partition(point)
    thousands = "," if point == "." else "."
    digits = whole.replace(thousands, "") + ("." + decimals if decimals else "")
    return Decimal(digits) if re.fullmatch(r"[0-9]*(\.[0-9]+)?", digits) and digits else None


def _dated(reading: Reading, shown: str) -> Reading:
    """A date of which year or day is not shown is told."""
    numbers = [int(one) for one in re.findall("[0-9]{1,9}", shown)]
    if reading.fault or not numbers:
        return reading
    year, _, day = reading.text.partition(" ")[0].split("-")
    whole = {int(year), int(year) % 100} & set(numbers) and int(day) in numbers
    return reading if whole else Reading(reading.text, "otherwise", shown)


def _timed(raw: str) -> Reading:
    found = _PERIOD.fullmatch(raw)
    if not found:
        return Reading(raw, "error")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return Reading(duration(-span if found[1] else span))
