"""What a Word file says, read a second time and in another way than for its Markdown: nothing may be missing there."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from zipfile import ZipFile

from publisher.incoming.markdown import letters_of
from publisher.load.workbook_package import read_xml
from publisher.markup import html_of

_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_TAG = re.compile(r"<[^<>]*>")
_SIGNS_ON_THEIR_OWN = {"noBreakHyphen": "-", "tab": " ", "br": "\n", "cr": "\n"}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph with the text that stands in it; `number` counts from 1 within its part."""

    part: str
    number: int
    text: str


@dataclass
class _Reader:
    """Takes in the texts of a part. A picture drawn twice, for old and new programs, counts once."""

    part: str
    found: list[Paragraph] = field(default_factory=list)
    open: list[list[str]] = field(default_factory=list)
    inside: bool = False
    older: int = 0
    """Depth of what stands there only for programs that do not know the newer form."""
    symbols: int = 0
    notes: int = 0
    number: int = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "Fallback" or self.older:
            self.older += 1
        elif name == "p":
            self.number += 1
            self.open.append([])
        elif name == "t":
            self.inside = True
        elif name == "sym":
            self.symbols += 1
        elif name in {"footnoteReference", "endnoteReference"} and self.open:
            self.notes += 1
            self.open[-1].append(f"[{self.notes}]")
        elif name in _SIGNS_ON_THEIR_OWN and self.open:
            self.open[-1].append(_SIGNS_ON_THEIR_OWN[name])

    def data(self, text: str) -> None:
        if self.inside and not self.older and self.open:
            self.open[-1].append(text)

    def end(self, name: str) -> None:
        if self.older:
            self.older -= 1
        elif name == "t":
            self.inside = False
        elif name == "p" and self.open:
            text = "".join(self.open.pop())
            if text.strip():
                self.found.append(Paragraph(self.part, self.number, text.strip()))


def paragraphs_of(package: ZipFile) -> tuple[list[Paragraph], int]:
    """All paragraphs of all parts with text, and how many signs are of fonts of their own."""
    found: list[Paragraph] = []
    symbols = 0
    for name in sorted(package.namelist(), key=lambda one: (one != "word/document.xml", one)):
        if match := _PARTS.fullmatch(name):
            reader = _Reader(match[1].rstrip("0123456789"))
            read_xml(package, name, reader, prefixes=True)
            found += reader.found
            symbols += reader.symbols
    return found, symbols


def missing(paragraphs: list[Paragraph], markdown: str) -> Iterator[Paragraph]:
    """The paragraphs that a reader of the page would not find there; each place of the page answers for one only."""
    page = letters_of(text_of(markdown))
    taken: list[tuple[int, int]] = []
    position = 0
    for one in paragraphs:
        letters = letters_of(one.text)
        start = _free(page, letters, position, taken) if letters else 0
        if start < 0:
            start = _free(page, letters, 0, taken)
        if start < 0:
            yield one
        elif letters:
            position = start + len(letters)
            taken.insert(bisect(taken, (start, position)), (start, position))


def _free(page: str, letters: str, position: int, taken: list[tuple[int, int]]) -> int:
    """Where the letters stand and answer for nothing else yet; -1 if nowhere."""
    start = page.find(letters, position)
    while start >= 0:
        at = bisect(taken, (start, len(page) + 1))
        before, after = taken[at - 1 : at], taken[at : at + 1]
        if not (before and before[0][1] > start) and not (after and after[0][0] < start + len(letters)):
            return start
        start = page.find(letters, start + 1)
    return -1


def text_of(markdown: str) -> str:
    """What a reader sees on the page."""
    return unescape(_TAG.sub("", html_of(markdown)))
