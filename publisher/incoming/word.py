"""A Word file -> Markdown and its pictures. The package is looked through first, as an attachment is.

mammoth reads the document: styles, tables, links and notes of Word have more forms than are worth knowing here. What
it leaves out it leaves out in silence, so the result is held against a second reading.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile

from publisher.incoming.losses import Paragraph, missing, paragraphs_of
from publisher.incoming.markdown import Written, markdown_of
from publisher.incoming.numbering import END, MARK, label_paragraphs, numbering_of, strict_or_usual
from publisher.limits import excesses
from publisher.load.attached.docx import read_docx
from publisher.load.attached.kinds import kind_of
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.package import unpacked
from publisher.load.workbook_package import read_xml
from publisher.problems import Place, Problem, PublisherError, problem, warning
from publisher.words import Words

_BODY, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_PICTURES = "word/media/"
_STYLE_MAP = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='标题 1'] => h1:fresh
p[style-name='标题 2'] => h2:fresh
p[style-name='标题 3'] => h3:fresh
"""
_LEFT_APART = {"attachment-comments"}
"""Faults of an attachment that are none here: what they are about is left out and told."""
_MOST_DEPTH = 150
"""Elements within one another; Word needs some thirty, and each level of a table six."""
_MOST_ELEMENTS = 150_000
"""Of the whole file: a text of the greatest length has some sixty thousand, and more take more than seconds."""
_CHOKES = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, OSError, RecursionError)
"""What mammoth raises for a package whose parts do not fit together."""


@dataclass
class Picture:
    """One image of the file, under the name it will have."""

    name: str
    data: bytes


@dataclass
class Word:
    """What was understood of a Word file."""

    markdown: str
    pictures: list[Picture] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    """What was left out or looks otherwise: warnings."""


def read_word(data: bytes, shown: str, stem: str, words: Words) -> Word:
    """Raises PublisherError if nobody could say what of the file is meant.

    `stem` names its pictures; without one the text does not speak of them.
    """
    try:
        return _read(data, Look(shown), stem, words)
    except RefusedError as error:
        raise PublisherError([problem(error.code, Place(shown), error.value, **error.details)]) from None


def _read(data: bytes, look: Look, stem: str, words: Words) -> Word:
    kind = kind_of(data)
    if kind != "docx":
        raise RefusedError("import-no-docx", words(f"choice.content.{kind}"))
    read_docx(data, look)
    about_pictures = [one for one in look.faults if one.place.column.startswith(_PICTURES)]
    others = [one for one in look.faults if one not in about_pictures and one.code not in _LEFT_APART]
    if refused := [one for one in others if not one.warning]:
        raise PublisherError(refused)
    bad = {one.place.column: one for one in about_pictures if not one.warning}
    found = _converted(data, look, _Pictures(look.place, stem, words, bad))
    return Word(found.markdown, found.pictures, [*others, *found.told])


def _converted(data: bytes, look: Look, pictures: "_Pictures") -> Word:
    with unpacked(data, Look(look.path)) as package:
        paragraphs, symbols = paragraphs_of(package)
        if any(MARK in one.text or END in one.text for one in paragraphs):
            raise PublisherError([problem("import-private-sign", look.place)])
        pictures.refuse(package)
        html = _html(_labelled(package, look), pictures)
    if html is None:
        raise PublisherError([problem("attachment-damaged", look.place)])
    written = markdown_of(html)
    if over := next(excesses(written.text), None):
        raise PublisherError([problem(over.code, look.place, over.found, limit=over.limit)])
    told = [*pictures.told, *_told(written, paragraphs, symbols, look.place)]
    return Word(written.text, pictures.kept, told)


def _told(written: Written, paragraphs: list[Paragraph], symbols: int, place: Place) -> Iterator[Problem]:
    """What a reader of the Word file sees, and a reader of the Markdown does not."""
    for one in missing(paragraphs, written.text):
        part = "" if one.part == "document" else f"choice.word-part.{one.part}"
        yield warning("import-left-out", replace(place, column=part, paragraph=one.number), one.text)
    for text in written.struck:
        yield warning("import-struck", place, text)
    for target in written.links:
        yield warning("import-link", place, target)
    if written.spans:
        yield warning("import-merged", place, written.spans)
    if symbols:
        yield warning("import-symbols", place, symbols)


def _labelled(package: ZipFile, look: Look) -> bytes:
    """The package with the numbers of its paragraphs as text, and nothing in it but what mammoth needs."""
    parts = {name: package.read(name) for name in package.namelist() if _is_needed(name)}
    depth = _Depth()
    for name in (one for one in parts if one.endswith((".xml", ".rels"))):
        read_xml(package, name, depth)  # which refuses declarations of entities, too
        if depth.most > _MOST_DEPTH or depth.elements > _MOST_ELEMENTS:
            raise PublisherError([problem("attachment-too-complex", Place(look.path, column=name))])
        parts[name] = strict_or_usual(parts[name])
    wanted = (name for name in (_BODY, _STYLES, _NUMBERING) if name in parts)
    trees = {name: ET.fromstring(parts[name]) for name in wanted}  # noqa: S314  (looked through above)
    if _BODY not in trees:
        raise PublisherError([problem("attachment-damaged", look.place)])
    label_paragraphs(trees[_BODY], numbering_of(trees.get(_NUMBERING), trees.get(_STYLES)))
    parts[_BODY] = ET.tostring(trees[_BODY])
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name, part in parts.items():
            copy.writestr(name, part)
    return out.getvalue()


def _is_needed(name: str) -> bool:
    return name.endswith(".rels") or name.startswith(("[", "word/"))


@dataclass
class _Depth:
    """How deep a part goes: what is read next calls itself for every level."""

    now: int = 0
    most: int = 0
    elements: int = 0
    """Of all parts."""

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        self.now += 1
        self.elements += 1
        self.most = max(self.most, self.now)

    def data(self, text: str) -> None:
        pass

    def end(self, _name: str) -> None:
        self.now -= 1


def _html(data: bytes, pictures: "_Pictures") -> str | None:
    """The document as HTML; None if its parts do not fit together."""
    import mammoth  # noqa: PLC0415  (start-up time)

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLE_MAP,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=pictures.taken,
        )
    except _CHOKES:
        return None
    return str(result.value)


class _Pictures:
    """Takes each image as it comes, and says what stands in its place."""

    def __init__(self, place: Place, stem: str, words: Words, bad: Mapping[str, Problem]) -> None:
        self.place = place
        self.stem = stem
        self.words = words
        self.bad = bad
        self.refused: dict[bytes, Problem] = {}
        self.kept: list[Picture] = []
        self.told: list[Problem] = []

    def refuse(self, package: ZipFile) -> None:
        """Those of the package of which a fault is known already."""
        self.refused = {package.read(name): fault for name, fault in self.bad.items()}

    def taken(self, image: Any) -> list[Any]:
        """What mammoth calls for each image: an element with what is to be read in its place."""
        from mammoth.html import element  # noqa: PLC0415  (start-up time)

        with image.open() as file:
            number = self._number(file.read())
        return [element("img", {"alt": self.words("import.picture", n=number)})] if number and self.stem else []

    def _number(self, data: bytes) -> int:
        """Under which number it is kept; 0 if it is not. One that is there twice is kept once."""
        for number, one in enumerate(self.kept, 1):
            if one.data == data:
                return number
        fault = self.refused.get(data)
        if fault:
            self.told.append(replace(fault, warning=True))
            return 0
        self.kept.append(Picture(f"{self.stem}-{len(self.kept) + 1}.{kind_of(data)}", data))
        return len(self.kept)
