"""Excel files: every cell, and what Excel keeps without showing it or fetches from elsewhere (ECMA-376, section 18)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZipFile

from publisher.load.attached.faint_cells import Faint, faint_styles
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.package import Texts, unpacked
from publisher.load.attached.rows import Row, say_rows
from publisher.load.grid import letters
from publisher.load.workbook_layout import Layout, runs
from publisher.load.workbook_package import read_xml
from publisher.load.workbook_xlsx import xlsx_layouts
from publisher.problems import Place

_COMMENTS = re.compile(r"xl/(?:comments\d*|threadedComments/[^/]+|comments/[^/]+)\.xml")
_OUTSIDE = re.compile(r"xl/(?:externalLinks/externalLink\d*|connections|queryTables/[^/]+|customData/[^/]+)\.xml")
_COPIES = re.compile(r"xl/pivotCache/pivotCacheRecords\d*\.xml|xl/model/.*")
_SHEETS = re.compile(r"xl/(?:worksheets|chartsheets|dialogsheets)/[^/]+\.xml")
_READ = re.compile(r"xl/(?:sharedStrings|styles|workbook|theme/[^/]+)\.xml")
_TABLES = re.compile(r"xl/tables/[^/]+\.xml")
_NO_PART = re.compile(r"(?:\s*;)+\s*(?:\"\"\s*)?")
"""A number format that shows neither numbers nor texts."""
_FETCHING = re.compile(
    r"(?i)\b(?:WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|DDE|HYPERLINK|IMAGE|IMPORTDATA|SQL\.REQUEST|EXEC)\s*\("
    r"|\|\s*'|\|[^|!]+!|\[[^\[\]]+\.xl\w+\]|^\s*\[\d+\]"
)


def read_xlsx(data: bytes, look: Look) -> None:
    with unpacked(data, look) as package:
        faint = faint_styles(package)
        for name in sorted(package.namelist()):
            _read_part(package, name, look, faint)
        for layout in xlsx_layouts(package):
            _read_sheet(layout, look)


def _read_part(package: ZipFile, name: str, look: Look, faint: Faint) -> None:
    if _OUTSIDE.fullmatch(name):
        look.fault("attachment-outside", name)
    elif _COPIES.fullmatch(name):
        look.fault("attachment-hidden", name, what="choice.hidden.pivot")
    elif _SHEETS.fullmatch(name):
        formulas = _Formulas(faint)
        read_xml(package, name, formulas)
        _doubt(formulas.faint, look)
        for cell, text in formulas.fetching[:1]:
            look.fault("attachment-formula", text, Place(look.path, cell=cell))
        look.say("\n".join(formulas.texts))
    elif name.startswith("xl/") and name.endswith(".xml") and not _READ.fullmatch(name):
        texts, tables = Texts(), _Tables(faint)
        read_xml(package, name, texts)
        if _TABLES.fullmatch(name):
            read_xml(package, name, tables)
        _doubt(tables.faint, look)
        said = "\n".join(text for _, text in texts.found)
        if _COMMENTS.fullmatch(name) and said.strip():
            look.fault("attachment-comments", len(texts.found))
        look.say(said, Place(look.path, column=name.removeprefix("xl/")))


def _doubt(faint: dict[str, list[str]], look: Look) -> None:
    for kind, cells in faint.items():
        look.doubt("attachment-hidden", len(cells), Place(look.path, cell=cells[0]), what=f"choice.hidden.{kind}")


class _Tables:
    """The part of a table within a sheet: where it lies, and how its style makes text look."""

    def __init__(self, known: Faint) -> None:
        self.known = known
        self.range = ""
        self.faint: dict[str, list[str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self.range = attributes.get("ref", "")
        found = self.known.tables.get(attributes.get("name", "")) if name == "tableStyleInfo" else None
        if found:
            self.faint[found] = [self.range]

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


class _Formulas:
    """A sheet: formulas that fetch something from outside, texts at head and foot of the page, cells nobody sees."""

    def __init__(self, known: Faint) -> None:
        self.known = known
        self.style = ""
        self.range = ""
        self.faint: dict[str, list[str]] = {}
        self.fetching: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.cell = ""
        self.inside = ""
        self.text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.cell, self.style = attributes.get("r", ""), attributes.get("s", "")
        elif name in {"v", "is"} and self.style in self.known.styles:
            self.faint.setdefault(self.known.styles[self.style], []).append(self.cell)
        elif name == "conditionalFormatting":
            self.range = attributes.get("sqref", "")
        elif name == "cfRule" and (kind := self.known.changes.get(attributes.get("dxfId", ""))):
            self.faint.setdefault(kind, []).append(self.range)
        elif name in {"f", "formula1", "formula2", "formula"} or name.endswith(("Header", "Footer")):
            self.inside, self.text = name, ""
        elif name == "dataValidation":
            self.texts += [attributes.get(one, "") for one in ("promptTitle", "prompt", "errorTitle", "error")]

    def data(self, text: str) -> None:
        if self.inside:
            self.text += text

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""
            if name.endswith(("Header", "Footer")):
                self.texts.append(self.text)
            elif _FETCHING.search(self.text):
                self.fetching.append((self.cell, self.text))


def _read_sheet(layout: Layout, look: Look) -> None:
    if not layout.sane:
        raise RefusedError("attachment-too-complex")
    if not layout.visible and layout.bottom:
        look.fault("attachment-hidden", layout.name, what="choice.hidden.sheet")
    place = Place(look.path, layout.name)
    if layout.hidden_rows:
        rows = ", ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in runs(layout.hidden_rows)[:5])
        look.fault("attachment-hidden", rows, place, what="choice.hidden.rows")
    hidden = {one for first, last in layout.hidden_columns for one in layout.columns if first <= one <= last}
    unseen = [(row, column) for row, column, one in layout.doubtful if _NO_PART.fullmatch(one.format)]
    if unseen:
        cell = f"{letters(unseen[0][1])}{unseen[0][0]}"
        look.fault("attachment-hidden", len(unseen), replace(place, cell=cell), what="choice.hidden.unseen")
    if hidden:
        columns = ", ".join(letters(one) for one in sorted(hidden)[:5])
        look.fault("attachment-hidden", columns, place, what="choice.hidden.columns")
    look.say(layout.name, place)
    say_rows(look, _rows(layout), sheet=layout.name)


def _rows(layout: Layout) -> Iterator[Row]:
    for row in layout.rows():
        yield row.number, row.cells
