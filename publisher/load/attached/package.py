"""The package that a docx or xlsx file is (ECMA-376 part 2): only parts that are known, nothing between them.

What a package may hold is listed; a part of any other kind is a fault, for it could be anything.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from zipfile import ZipFile

from publisher.load.attached.exif import any_text
from publisher.load.attached.jpeg import read_jpeg
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.png import read_png
from publisher.load.grid import UnreadableTableError
from publisher.load.limits import MAX_ATTACHED_TAGS, MAX_ATTACHED_UNPACKED, MAX_ATTACHED_XML, MEGABYTE
from publisher.load.workbook_package import opened, read_xml
from publisher.problems import Place

_CODES = {
    "table-damaged": "attachment-damaged",
    "table-encrypted": "attachment-encrypted",
    "table-too-large": "attachment-swollen",
    "table-swollen": "attachment-swollen",
    "table-too-many-cells": "attachment-too-complex",
}
_END = 22
"""Bytes of the last record of an archive."""
_BETWEEN = 24
"""Bytes that may stand behind a part: its size and sum, where they were not known before."""
_PROGRAMS = re.compile(r"(?i)vba(?:project|data)|macrosheets/|activex/|\.(?:exe|dll|js|vbs|hta|scr|bat|cmd|ps1|jar)$")
_EMBEDDED = re.compile(r"(?i)/(?:embeddings|oleobjects)/|/oleObject|\.(?:ole|docx?|xlsx?|pptx?|pdf|zip|html?|mht|rtf)$")
_KNOWN = re.compile(
    r"""\[Content_Types\]\.xml
    | (?:[\w-]+/)*_rels/[^/]*\.rels | (?:[\w-]+/)+
    | docProps/(?:core|app|custom)\.xml | docProps/thumbnail\.(?:jpe?g|png)
    | customXml/item(?:Props)?\d*\.xml
    | (?:word|xl)/(?:media|charts/media)/[^/]+\.(?:png|jpe?g)
    | (?:word|xl)/theme/theme\d*\.xml
    | (?:word|xl)/charts/(?:chart|chartEx|style|colors)\d*\.xml
    | (?:word|xl)/diagrams/(?:data|layout|quickStyle|colors|drawing)\d*\.xml
    | (?:word|xl)/drawings/(?:drawing|vmlDrawing|commentsDrawing|chartDrawing)\d*\.(?:xml|vml)
    | word/(?:document|styles|stylesWithEffects|settings|webSettings|fontTable|numbering|footnotes|endnotes)\.xml
    | word/(?:comments(?:Extended|Ids|Extensible)?\d*|people|header\d*|footer\d*|bibliography)\.xml
    | word/glossary/(?:document|styles|settings|webSettings|fontTable|numbering)\.xml
    | xl/(?:workbook|styles|sharedStrings|calcChain|metadata|connections|cellimages|customProperty\d*)\.xml
    | xl/(?:worksheets|chartsheets|dialogsheets)/sheet\d*\.xml
    | xl/(?:comments\d*|comments/comment\d*|threadedComments/threadedComment\d*|persons/person\d*)\.xml
    | xl/(?:tables/table|queryTables/queryTable|pivotTables/pivotTable|slicers/slicer|slicerCaches/slicerCache)\d*\.xml
    | xl/pivotCache/pivotCache(?:Definition|Records)\d*\.xml | xl/externalLinks/externalLink\d*\.xml
    | xl/richData/\w+\.xml | xl/customData/[^/]+\.xml | xl/model/[^/]+
    | (?:word|xl)/printerSettings(?:/printerSettings)?\d*\.bin""",
    re.VERBOSE,
)
"""Every part by the name that office programs give it: what is read, and how, goes by these names."""
_PICTURE = re.compile(r"(?i)\.(?:png|jpe?g)$")
_OF_LINKS = re.compile(r"xl/externalLinks/_rels/externalLink\d*\.xml\.rels")
"""Their workbook is a fault already."""
_LINKS = frozenset({"http", "https", "mailto", "tel", ""})


@contextmanager
def unpacked(data: bytes, look: Look) -> Iterator[ZipFile]:
    """The package, once it is known to be whole, of sane size, and of known parts only."""
    try:
        with opened(data) as package:
            _refuse_gaps(package, data)
            _refuse_parts(package)
            _refuse_sizes(package)
            _tell_relations(package, look)
            _tell_pictures(package, look)
            _tell_makers(package, look)
            yield package
    except UnreadableTableError as error:
        raise RefusedError(_CODES[error.code]) from None


def _refuse_gaps(package: ZipFile, data: bytes) -> None:
    """From the first byte to the last everything belongs to a part."""
    if package.comment:
        raise RefusedError("attachment-trailing", len(package.comment))
    entries = sorted(package.infolist(), key=lambda one: one.header_offset)
    at = 0
    for one in entries:
        if not 0 <= one.header_offset - at <= (_BETWEEN if at else 0):
            raise RefusedError("attachment-trailing", abs(one.header_offset - at))
        lengths = data[one.header_offset + 26 : one.header_offset + 30]
        names = int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        at = one.header_offset + 30 + names + one.compress_size
    if not 0 <= package.start_dir - at <= _BETWEEN:
        raise RefusedError("attachment-trailing", abs(package.start_dir - at))
    behind = len(data) - data.rfind(b"PK\x05\x06") - _END
    if behind:
        raise RefusedError("attachment-trailing", behind)


def _refuse_parts(package: ZipFile) -> None:
    for name in package.namelist():
        if _PROGRAMS.search(name):
            raise RefusedError("attachment-macros", name)
        if _EMBEDDED.search(name):
            raise RefusedError("attachment-embedded", name)
        if not _KNOWN.fullmatch(name):
            raise RefusedError("attachment-foreign-part", name)


def _refuse_sizes(package: ZipFile) -> None:
    """Before any of it is parsed. Sizes were checked against what really comes out."""
    if sum(one.file_size for one in package.infolist()) > MAX_ATTACHED_UNPACKED:
        raise RefusedError("attachment-swollen")
    marked = [one for one in package.infolist() if is_xml(one.filename)]
    if sum(one.file_size for one in marked) > MAX_ATTACHED_XML:
        raise RefusedError("attachment-swollen")
    tags = 0
    for one in marked:
        with package.open(one) as stream:
            while chunk := stream.read(MEGABYTE):
                tags += chunk.count(b"<") + chunk.count(b"=") // 4
    if tags > MAX_ATTACHED_TAGS:
        raise RefusedError("attachment-too-complex")


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


class Texts:
    """Every text of a part, by the name of the element around it; of custom properties by their own name."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.name = ""
        self.property = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        if name == "property":
            self.property = attributes.get("name", "")

    def data(self, text: str) -> None:
        if text.strip():
            self.found.append((self.property or self.name, text))

    def end(self, _: str) -> None:
        self.name = ""


class _Relations:
    """A part *.rels: what its owner leads to outside the package."""

    def __init__(self) -> None:
        self.outside: list[tuple[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
            self.outside.append((attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")))

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        pass


def _tell_relations(package: ZipFile, look: Look) -> None:
    """A link that a reader may follow is fine; whatever opening the file would fetch is not."""
    for name in package.namelist():
        if name.lower().endswith(".rels") and not _OF_LINKS.fullmatch(name):
            relations = _Relations()
            read_xml(package, name, relations)
            for kind, target in relations.outside:
                if kind != "hyperlink" or not _is_link(target):
                    look.fault("attachment-outside", target or kind)
                else:
                    look.say(target)


def _is_link(target: str) -> bool:
    try:
        scheme = urlsplit(target).scheme.lower()
    except ValueError:
        return False
    return scheme in _LINKS and not target.startswith(("\\", "//")) and (bool(scheme) or target.startswith("#"))


def _tell_pictures(package: ZipFile, look: Look) -> None:
    for name in package.namelist():
        if "thumbnail" in name.lower():
            look.note("thumbnail", name.rpartition(".")[2])
        elif _PICTURE.search(name):
            data = package.read(name)
            inner = Look(look.path)
            try:
                _read_picture(data, inner)
            except RefusedError as error:
                inner.fault(error.code, error.value, **error.details)
            for one in inner.faults:
                look.fault(one.code, one.value, Place(look.path, column=name), **dict(one.details))
            look.passages += inner.passages
            look.metadata |= inner.metadata


def _read_picture(data: bytes, look: Look) -> None:
    """By content; a picture that its name belies, or with something behind it, is as bad within as without."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        read_png(data, look)
    elif data.startswith(b"\xff\xd8\xff"):
        read_jpeg(data, look)
    else:
        raise RefusedError("attachment-foreign-part", any_text(data[:8]))


_PROPERTIES = {
    "creator": "author",
    "lastModifiedBy": "last-modified-by",
    "title": "title",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "category": "subject",
    "contentStatus": "subject",
    "Company": "company",
    "Manager": "manager",
    "Application": "software",
    "created": "created",
    "modified": "changed",
    "lastPrinted": "changed",
    "KSOProductBuildVer": "software",
    "ICV": "software",
}
"""Those of ECMA-376 part 2, section 11, and what a common office program adds to every file."""


def _tell_makers(package: ZipFile, look: Look) -> None:
    """The properties of the document; those that somebody added by hand, too."""
    for name in sorted(package.namelist()):
        if name.startswith("docProps/") and name.endswith(".xml"):
            texts = Texts()
            read_xml(package, name, texts)
            custom = name.startswith("docProps/custom")
            for element, text in texts.found:
                if element in _PROPERTIES:
                    look.note(_PROPERTIES[element], text)
                elif custom:
                    look.note("custom", f"{element}: {text}")
        elif name.startswith("customXml/") and name.endswith(".xml"):
            texts = Texts()
            read_xml(package, name, texts)
            look.say("\n".join(text for _, text in texts.found), Place(look.path, column=name))
