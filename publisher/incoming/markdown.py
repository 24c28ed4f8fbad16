"""HTML of a Word file (as mammoth writes it) -> the Markdown that texts of the folder are written in.

Every sign that would be markup is marked as text, so that the page shows what the Word file shows.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from unicodedata import normalize

from publisher.incoming.numbering import BULLET, END, MARK

_MARKED = re.compile(f"{MARK}([0-8])([^{END}]*){END}")
_SIGNS = re.compile(r"[\\`*_\[\]|]")
_ENTITY = re.compile(r"&(?=[#\w])")
_BEGINNING = re.compile(r"(#{1,6}|[-+>]|=+$|(?<![0-9])[0-9]{1,9}(?=\.))")
"""What would begin a heading, a list or a quotation."""
_ORDERED = re.compile(r"[0-9]{1,9}\.")
_ITEM = re.compile(r"( *)(-|[0-9]{1,9}\.) ")
_RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_HASH = "\\#"
"""At the end of a heading a plain one would be taken for its end mark."""
_LEVEL = "    "
_MOST_COLUMNS = 100
"""Of a cell that spans columns; more is no table anybody made."""
_SAFE_LINK = re.compile(r"(?i)(?:https?|mailto|tel):[^\s<>\[\]\"\\]+")
_NOTE = re.compile(r"#(?:foot|end)note-")
_OF_NOTE = re.compile(r"(?:foot|end)note-(?!ref-)")
_BACK = re.compile(r"#(?:foot|end)note-ref-")


@dataclass
class Written:
    """The Markdown, and what could not be kept as it was; each with the text it is about."""

    text: str = ""
    struck: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    """Targets that are left out; their text is kept."""
    spans: int = 0
    """Merged cells of tables, whose text now stands in the first."""


@dataclass
class _Block:
    """One paragraph or heading while it is open."""

    tag: str = "p"
    parts: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """What is to be read in the place of its images; it stands behind the text."""
    links: list[tuple[str, int]] = field(default_factory=list)
    """Targets of open links, and where their text begins."""
    marks: list[tuple[str, int]] = field(default_factory=list)
    """Open emphasis, raised or struck text, and where it begins."""


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    covered: set[tuple[int, int]] = field(default_factory=set)
    """Places that a cell from above covers."""


def markdown_of(html: str) -> Written:
    writer = _Writer()
    writer.feed(html)
    writer.close()
    writer.written.text = _joined(writer.blocks)
    return writer.written


def _joined(blocks: list[str]) -> str:
    """Lines of one list stand together, everything else apart."""
    text = ""
    for before, one in zip(["", *blocks], blocks, strict=False):
        text += ("" if not text else "\n" if _is_one_list(before, one) else "\n\n") + one
    return f"{text}\n"


def _is_one_list(before: str, after: str) -> bool:
    one, other = _ITEM.match(before), _ITEM.match(after)
    return bool(one and other and (one[1] != other[1] or (one[2] == BULLET) is (other[2] == BULLET)))


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written = Written()
        self.blocks: list[str] = []
        self.block = _Block()
        self.notes = 0
        self.note = ""
        """What the next paragraph begins with: the mark of the note that it is."""
        self.tables: list[_Table] = []
        self.cells: list[tuple[list[str], int, int]] = []
        """The cells that are open, the innermost last: their texts, and how many columns and rows they span."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt"}:
            self._end_block()
            self.block = _Block(tag)
            if _OF_NOTE.match(given.get("id", "")):
                self.notes += 1
                self.note = f"\\[{self.notes}\\] "
        elif tag in {"strong", "em", "sup", "sub", "s"}:
            self.block.marks.append((tag, len(self.block.parts)))
        elif tag == "a":
            self.block.links.append((given.get("href", ""), len(self.block.parts)))
        elif tag == "br":
            self.block.parts.append("\n")
        elif tag == "img":
            self.block.pictures.append(_escaped(given.get("alt", "")))
        elif tag == "input":
            self.block.parts.append("☑" if "checked" in given else "☐")
        else:
            self._start_table(tag, given)

    def _start_table(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self._end_block()
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in {"td", "th"} and self.tables:
            self._end_block()
            self.cells.append(([], _span(given.get("colspan")), _span(given.get("rowspan"))))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dd", "dt"}:
            self._end_block()
        elif tag in {"strong", "em", "sup", "sub", "s"}:
            self._end_mark(tag)
        elif tag == "a" and self.block.links:
            self._end_link(*self.block.links.pop())
        elif tag in {"td", "th"} and self.cells:
            self._end_block()
            self._end_cell(*self.cells.pop())
        elif tag == "table" and self.tables:
            self._end_table(self.tables.pop())

    def handle_data(self, data: str) -> None:
        self.block.parts.append(_escaped(data))

    def _end_mark(self, tag: str) -> None:
        if not self.block.marks or self.block.marks[-1][0] != tag:
            return
        _, start = self.block.marks.pop()
        text = "".join(self.block.parts[start:])
        if tag == "s":
            self.written.struck.append(_plain(text))
        elif tag in {"sup", "sub"}:
            text = _shifted(text, _RAISED if tag == "sup" else _LOWERED)
        elif not self.block.tag.startswith("h"):
            text = _emphasised(text, "**" if tag == "strong" else "*")
        self.block.parts[start:] = [text]

    def _end_link(self, target: str, start: int) -> None:
        text = "".join(self.block.parts[start:])
        if _BACK.match(target):
            text = ""  # the arrow back from a note
        elif target and not _NOTE.match(target) and text.strip():
            if _SAFE_LINK.fullmatch(target):
                text = f"[{text.strip()}]({target.replace('(', '%28').replace(')', '%29')})"
            elif not target.startswith("#"):
                self.written.links.append(target)
        self.block.parts[start:] = [text]

    def _end_block(self) -> None:
        block, self.block = self.block, _Block()
        text = "".join(block.parts).replace("****", "")
        if text.strip():
            self._put(block.tag, f"{self.note}{text}")
            self.note = ""
        for one in block.pictures:
            self._put("p", one)

    def _put(self, tag: str, text: str) -> None:
        if self.cells:
            self.cells[-1][0].append(" ".join(_unlabelled(text).split()))
            return
        level, label, text = _labelled(text)
        before = _ITEM.match(self.blocks[-1]) if self.blocks else None
        level = min(level, len(before[1]) // len(_LEVEL) + 1 if before else 0)
        if tag.startswith("h"):
            self.blocks.append(f"{'#' * (min(int(tag[1]), 5) + 1)} {label}{' '.join(text.replace('#', _HASH).split())}")
        elif not text.strip() and label == BULLET:
            return  # a dot with nothing behind it
        elif text.strip() and (label == BULLET or self._goes_on(level, label)):
            self.blocks.append(f"{_LEVEL * level}{label} {_begun(' '.join(text.split()))}")
        else:
            text = f"{label}{' ' if label[-1:].isalnum() else ''}{text.lstrip()}"
            lines = [_begun(line.strip()) for line in text.split("\n") if line.strip()]
            self.blocks.append("  \n".join(lines))

    def _goes_on(self, level: int, label: str) -> bool:
        """Whether the number is the one that a list would have here: Markdown counts on by itself."""
        if not _ORDERED.fullmatch(label):
            return False
        for one in reversed(self.blocks):
            found = _ITEM.match(one)
            if not found or len(found[1]) < level * len(_LEVEL):
                break
            if len(found[1]) == level * len(_LEVEL):
                return found[2] == BULLET or int(found[2][:-1]) + 1 == int(label[:-1])
        return True

    def _end_cell(self, texts: list[str], wide: int, high: int) -> None:
        table = self.tables[-1] if self.tables else _Table()
        if not table.rows:
            return
        row, number = table.rows[-1], len(table.rows) - 1
        self._fill(table)
        self.written.spans += wide * high > 1
        for column in range(len(row), len(row) + wide):
            table.covered.update((number + below, column) for below in range(1, high))
        row += [" ".join(texts), *[""] * (wide - 1)]

    def _fill(self, table: _Table) -> None:
        row, number = table.rows[-1], len(table.rows) - 1
        while (number, len(row)) in table.covered:
            row.append("")

    def _end_table(self, table: _Table) -> None:
        width = max((len(row) for row in table.rows), default=0)
        if not width:
            return
        rows = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in table.rows]
        text = "\n".join([rows[0], f"|{'---|' * width}", *rows[1:]])
        if self.cells:  # a table in a cell: its rows become text of that cell
            self.cells[-1][0].extend(" ".join(one for one in row if one) for row in table.rows)
        else:
            self.blocks.append(text)


def _span(text: str | None) -> int:
    return min(int(text), _MOST_COLUMNS) if text and re.fullmatch("[1-9][0-9]{0,5}", text) else 1


def _escaped(text: str) -> str:
    """As text and not as markup. A paragraph is one line, so its line ends are blanks."""
    plain = _SIGNS.sub(lambda found: f"\\{found[0]}", text.replace("\n", " ").replace("\xa0", " "))
    return _ENTITY.sub("&amp;", plain).replace("<", "&lt;")


def _plain(text: str) -> str:
    return re.sub(r"\\([\\`*_\[\]|])", r"\1", text).replace("&lt;", "<").replace("&amp;", "&").replace("*", "").strip()


def _emphasised(text: str, mark: str) -> str:
    """Blanks and labels stand outside; emphasis does not reach over line ends."""
    return "\n".join(_emphasised_line(line, mark) for line in text.split("\n"))


def _emphasised_line(text: str, mark: str) -> str:
    level = _MARKED.match(text)
    head = level[0] if level else ""
    inner = text[len(head) :]
    core = inner.strip()
    return head + inner.replace(core, f"{mark}{core}{mark}", 1) if core else text


def _shifted(text: str, signs: dict[str, str]) -> str:
    """m² stays m²; marks of notes and words stay as they are."""
    return "".join(signs[sign] for sign in text) if text and all(sign in signs for sign in text) else text


def _labelled(text: str) -> tuple[int, str, str]:
    """(level, label, text) of a paragraph that Word numbers."""
    found = _MARKED.match(text.lstrip("* "))
    if not found:
        return 0, "", text
    return int(found[1]), found[2], text.replace(found[0], "", 1)


def _unlabelled(text: str) -> str:
    """In a cell the label is text like the rest; a bullet is a dot."""
    return _MARKED.sub(lambda found: "• " if found[2] == BULLET else f"{found[2]} ", text)


def _begun(line: str) -> str:
    """A line whose first signs would be a list or a heading begins with text."""
    found = _BEGINNING.match(line)
    if not found:
        return line
    if found[0].isdigit():
        return f"{found[0]}\\{line[found.end() :]}"
    if found[0].startswith("="):
        return f"&#61;{line[1:]}"
    return f"\\{line}"


def letters_of(text: str) -> str:
    """What of a text is compared: letters and digits, in whatever width or height they stand."""
    return "".join(sign for sign in normalize("NFKC", text) if sign.isalnum())
