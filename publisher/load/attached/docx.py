"""Word files: every text of every part, and what Word keeps without showing it (ECMA-376 part 1, section 17)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZipFile

from publisher.load.attached.faint import Looks, Styles, styles_of
from publisher.load.attached.look import Look
from publisher.load.attached.package import Texts, unpacked
from publisher.load.attached.rows import say_rows
from publisher.load.workbook_package import read_xml
from publisher.problems import Place

_BODIES = re.compile(r"word/(?:document|header|footer|footnotes|endnotes|glossary/document)\d*\.xml")
_COMMENTS = re.compile(r"word/comments\d*\.xml")
_NAMES_OF_PEOPLE = "word/people.xml"
_TRACKED = {
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "tblPrChange"),
    *("sectPrChange", "trPrChange", "tcPrChange", "numberingChange", "tblGridChange", "tblPrExChange"),
}
_TEXTS = {"t", "delText", "instrText", "delInstrText"}
_FOREIGN = {"object", "altChunk", "control", "OLEObject"}
_FETCHING = re.compile(
    r"(?i)\s*(DDE(?:AUTO)?|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|QUOTE\s+\d)"
)


def read_docx(data: bytes, look: Look) -> None:
    with unpacked(data, look) as package:
        names = package.namelist()
        read, styles = set(), styles_of(package)
        for name in sorted(names):
            if _BODIES.fullmatch(name):
                read.add(name)
                _read_body(package, name, look, styles)
            elif _COMMENTS.fullmatch(name):
                read.add(name)
                _tell_comments(package, name, look)
        for name in sorted(names):
            if name.startswith("word/") and name.endswith(".xml") and name not in read:
                _say_rest(package, name, look)
        if _NAMES_OF_PEOPLE in names:
            people = _People()
            read_xml(package, _NAMES_OF_PEOPLE, people, prefixes=True)
            for one in people.found:
                look.note("author", one)


def _read_body(package: ZipFile, name: str, look: Look, styles: Styles) -> None:
    body = Body(look, "" if name == "word/document.xml" else name.rpartition("/")[2], styles)
    read_xml(package, name, body, prefixes=True)
    if body.tracked:
        look.fault("attachment-tracked", body.tracked)
    for kind, places in body.hidden.items():
        tell = look.fault if kind == "text" else look.doubt
        tell("attachment-hidden", len(places), places[0], what=f"choice.hidden.{kind}")
    for one in dict.fromkeys(body.fetching):
        look.fault("attachment-outside", one)
    if body.foreign:
        look.fault("attachment-embedded", body.foreign)


class _People:
    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "person" and "author" in attributes:
            self.found.append(attributes["author"])

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


class Body:
    """A part with running text: paragraphs, and tables whose cells hold paragraphs."""

    def __init__(self, look: Look, part: str, styles: Styles) -> None:
        self.look, self.part, self.styles = look, part, styles
        self.paragraph = 0
        self.text: list[str] = []
        self.inside = ""
        self.properties = ""
        """Whose are told just now."""
        self.looks = {"rPr": Looks(), "pPr": Looks(), "tcPr": Looks(), "tblPr": Looks()}
        """Of the run, its paragraph, its cell and its table."""
        self.hidden: dict[str, list[Place]] = {}
        self.tracked = 0
        self.field: list[str] = []
        self.fetching: list[str] = []
        self.foreign = ""
        self.tables: list[list[list[str]]] = []
        """Tables within one another, the innermost last: rows of cells."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _TRACKED:
            self.tracked += 1
        elif name in _TEXTS:
            self.inside = name
        elif name in _FOREIGN:
            self.foreign = name
        elif name in {"tbl", "tr", "tc"}:
            self._start_table(name)
        else:
            self._start_run(name, attributes)

    def _start_run(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "tab" | "br" | "cr":
                self.text.append("\n" if name != "tab" else " ")
            case "r" | "p":
                self.looks["rPr" if name == "r" else "pPr"] = Looks()
            case "rPr" | "pPr" | "tcPr" | "tblPr":
                self.properties = name
                self.looks[name] = Looks()
            case "fldChar":
                self._end_field()
            case "fldSimple":
                self.field.append(attributes.get("instr", ""))
                self._end_field()
            case "docPr" | "cNvPr":
                self.look.say("\n".join(attributes.get(one, "") for one in ("title", "descr")), self._place())
            case _ if self.properties:
                self.looks[self.properties] = self.looks[self.properties].with_(name, attributes)

    def _start_table(self, name: str) -> None:
        if name == "tbl":
            self.tables.append([])
        elif self.tables and name == "tr":
            self.tables[-1].append([])
        elif self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
            self.looks["tcPr"] = Looks()

    def data(self, text: str) -> None:
        if self.inside in {"instrText", "delInstrText"}:
            self.field.append(text)
        elif self.inside:
            self.text.append(text)
            for kind in self._kinds() if text.strip() else ():
                self.hidden.setdefault(kind, []).append(self._place())

    def end(self, name: str) -> None:
        match name:
            case "t" | "delText" | "instrText" | "delInstrText":
                self.inside = ""
            case "p":
                self._end_paragraph()
            case "rPr" | "pPr" | "tcPr" | "tblPr":
                self.properties = ""
            case "document" | "hdr" | "ftr" | "footnotes" | "endnotes" | "glossaryDocument":
                self._end_field()
            case "tbl":
                if self.tables:
                    self._end_table(self.tables.pop())
                    self.looks["tcPr"] = self.looks["tblPr"] = Looks()

    def _kinds(self) -> Iterator[str]:
        """What hides the run: its own looks and those of its styles, its paragraph's and its table's, on its ground."""
        run, paragraph, cell, table = (self.looks[name] for name in ("rPr", "pPr", "tcPr", "tblPr"))
        own = run.on(self.styles.of(run.style)).on(self.styles.of_paragraph(paragraph.style))
        around = any(one.ground for one in (own, paragraph, cell, table))
        row = len(self.tables[-1]) if self.tables else 0
        found: dict[str, None] = {}
        for below in self.styles.of_table(table.style, row):
            looks = own.on(below).on(self.styles.of_all)
            ground = around or (below.ground and cell.ground is None)
            found |= dict.fromkeys(replace(looks, ground=ground).kinds())
        return iter(found)

    def _place(self) -> Place:
        return Place(self.look.path, column=self.part, paragraph=self.paragraph + 1)

    def _end_field(self) -> None:
        """What a field does stands in one or several runs, up to the next mark of a field."""
        text, self.field = "".join(self.field), []
        found = _FETCHING.match(text)
        if found:
            self.fetching.append(text.strip())
        self.look.say(text, self._place())

    def _end_paragraph(self) -> None:
        text, self.text = "".join(self.text), []
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += f"{text}\n"
        self.look.say(text, self._place())
        self.paragraph += 1

    def _end_table(self, rows: list[list[str]]) -> None:
        """Its cells were said as paragraphs; here they are said with the headings of their columns."""
        say_rows(self.look, enumerate(rows, 1), sheet=self.part, named=False)


def _tell_comments(package: ZipFile, name: str, look: Look) -> None:
    texts = Texts()
    read_xml(package, name, texts)
    if texts.found:
        look.fault("attachment-comments", len(texts.found))


def _say_rest(package: ZipFile, name: str, look: Look) -> None:
    """Diagrams, charts, settings: whatever text their elements hold."""
    texts = Texts()
    read_xml(package, name, texts)
    look.say("\n".join(text for _, text in texts.found), Place(look.path, column=name.removeprefix("word/")))
