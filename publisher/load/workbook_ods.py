"""The looks of the sheets of an .ods file, from its XML (OASIS OpenDocument 1.3 part 3, section 9)."""

import re
from zipfile import ZipFile

from publisher.load.grid import MAX_ROWS, UnreadableTableError
from publisher.load.workbook_layout import Layout
from publisher.load.workbook_package import read_xml

_ERROR = re.compile(r"#\S+[!?]|#N/A|Err:\d{3}")


def ods_layouts(package: ZipFile) -> list[Layout]:
    """All sheets, in the order of the tabs."""
    manifest = _Manifest()
    read_xml(package, "META-INF/manifest.xml", manifest)
    if manifest.encrypted:
        raise UnreadableTableError("table-encrypted")
    content = _Content()
    read_xml(package, "content.xml", content)
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
        self.notes = 0
        """Depth of comments and drawings inside a cell, whose text is not the cell's."""

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
                self.cell, self.text = attributes, ""
            case "annotation" | "frame":
                self.notes += 1

    def data(self, text: str) -> None:
        if self.cell is not None and not self.notes:
            self.text += text.strip("\r\n")

    def end(self, name: str) -> None:
        match name:
            case "annotation" | "frame":
                self.notes -= 1
            case "table-cell" | "covered-table-cell":
                self._end_cell(self.cell or {})
                self.cell = None
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
        self.layouts[-1].fill(row, column, self.rows, count)
        self.filled = True
        # LibreOffice writes its own type, "error", in a second attribute of the same local name.
        if cell.get("value-type") == "error" or ("formula" in cell and _ERROR.fullmatch(self.text)):
            self.layouts[-1].errors.append((row, column, self.text))
        elif "formula" in cell and "value-type" not in cell:
            self.layouts[-1].uncalculated.append((row, column))
