"""Looks through one PDF in a process of its own: bytes come in, an answer in JSON goes out, nothing else.

A PDF can be made to keep any reader busy for hours or eat all memory, so this process has limits on both and may be
killed at any moment. It knows nothing of the publisher: the words and rules stay with who asked.
"""

import json
import re
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from publisher.load.attached.pdf_pages import Faint, is_readable, refuse_circles

BROKEN = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError),
    *(OSError, RecursionError, TypeError, ValueError, UnboundLocalError, zlib.error),
)
"""What reading nonsense raises."""
_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/GoToR": "other-file",
    "/GoToE": "other-file",
    "/Rendition": "film",
    "/Movie": "film",
    "/Sound": "film",
    "/RichMediaExecute": "film",
}
_KEYS = {
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/XFA": "xfa",
    "/RichMediaContent": "film",
    "/EF": "embedded",
    "/EmbeddedFiles": "embedded",
    "/Collection": "embedded",
}
_NOTES = {
    *("/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Ink", "/Stamp", "/Caret"),
    *("/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Redact"),
}
_FILMS = {"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"}
_TEXTS = {
    *("/Contents", "/T", "/TU", "/V", "/DV", "/RC", "/Alt", "/ActualText", "/E", "/Title", "/Subj", "/URI"),
    *("/Name", "/Reason", "/Location", "/ContactInfo", "/UF", "/Desc"),
}
_RAW = re.compile(rb"/(?:JavaScript|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])|/S\s*/(?:Launch|SubmitForm|ImportData)\b")
_HASHED = re.compile(rb"#([0-9A-Fa-f]{2})")
_FIRST_PASS = 1024
_MARKS = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)|<x:xmpmeta")
_MOST_MARKS = 4
"""Of a picture: its own, and those of its thumbnail."""
_LARGEST = 10_000_000
_MOST_PICTURES = 500
_PIECE = 65_536


@dataclass
class Answer:
    """What was found; texts and values only."""

    refused: str = ""
    limit: int = 0
    active: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    """Pages, counted from 1, that show something and hold no text."""
    faint: list[tuple[int, str]] = field(default_factory=list)
    """(page, counted from 1, and what hides text of it)."""
    strings: list[str] = field(default_factory=list)
    information: list[tuple[str, str]] = field(default_factory=list)
    packets: list[str] = field(default_factory=list)
    """XMP."""
    exif: list[str] = field(default_factory=list)
    """Beginnings of the pictures' EXIF, in base64."""
    layers: bool = False
    """There are layers that are switched off."""
    earlier: bool = False
    """Earlier versions of the document are in the file."""


def look_through(data: bytes, limits: dict[str, int]) -> Answer:
    answer = Answer()
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted or "/Encrypt" in reader.trailer:
            answer.refused = "attachment-encrypted"
            return answer
        _walk(reader, answer, limits)
        if not answer.refused:
            _read_pages(reader, answer, limits)
    except BROKEN:
        answer.refused = answer.refused or "attachment-damaged"
        return answer
    plain = _HASHED.sub(lambda found: bytes([int(found[1], 16)]), data)
    if not answer.active and _RAW.search(plain):
        answer.active.append("javascript" if b"/JavaScript" in plain else "other")
    beginnings = 2 if b"/Linearized" in data[:_FIRST_PASS] else 1
    answer.earlier = data.count(b"startxref") > beginnings
    return answer


def _walk(reader: PdfReader, answer: Answer, limits: dict[str, int]) -> None:
    """Every object of the file, whether a page uses it or not."""
    most, left = limits["objects"], limits["unpacked"]
    ids = {(number, generation) for generation, found in reader.xref.items() for number in found if number}
    ids |= {(number, 0) for number in reader.xref_objStm}
    if len(ids) > most:
        answer.refused, answer.limit = "attachment-too-complex", most
        return
    root = reader.trailer["/Root"].get_object()
    if not isinstance(root, DictionaryObject):
        raise TypeError
    _tell_opening(root, answer)
    properties = root.get("/OCProperties", DictionaryObject()).get_object()
    answer.layers = bool(properties.get("/D", DictionaryObject()).get_object().get("/OFF"))
    for number, generation in sorted(ids):
        found = reader.get_object(IndirectObject(number, generation, reader))
        left -= _unpacked(found, left) if isinstance(found, StreamObject) else 0
        if left < 0:
            answer.refused = "attachment-swollen"
            return
        for one in _dictionaries(found, most):
            _tell(one, answer)
    information = reader.trailer.get("/Info", DictionaryObject()).get_object()
    for key, value in information.items() if isinstance(information, DictionaryObject) else ():
        text = value.get_object()
        if isinstance(text, str) and not key.startswith("/Trapped"):
            answer.information.append((str(key)[1:], str(text)))


def _dictionaries(thing: Any, most: int) -> Iterator[DictionaryObject]:
    """Those within an object that are not objects of their own."""
    waiting, seen = [thing], 0
    while waiting:
        one = waiting.pop()
        seen += 1
        if seen > most:
            raise ValueError
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [value for value in one.values() if isinstance(value, DictionaryObject | ArrayObject)]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in one if isinstance(value, DictionaryObject | ArrayObject)]


def _tell_opening(root: DictionaryObject, answer: Answer) -> None:
    """Opening the file may show a page, and do nothing else."""
    opening = root.get("/OpenAction")
    action = opening.get_object() if opening is not None else None
    if isinstance(action, DictionaryObject) and action.get("/S") not in {"/GoTo", "/Named", None}:
        answer.active.append(_ACTIONS.get(str(action["/S"]), "opening"))


def _tell(one: DictionaryObject, answer: Answer) -> None:
    answer.active += [name for key, name in _KEYS.items() if key in one]
    action = _ACTIONS.get(str(one.get("/S", "")))
    if action:
        answer.active.append(action)
    _tell_chains(one, answer)
    kind = str(one.get("/Subtype", ""))
    if "/Rect" in one and kind in _NOTES:
        answer.notes.append(str(one.get("/Contents", "")) or kind[1:])
    if "/Rect" in one and kind in _FILMS:
        answer.active.append("film")
    if kind == "/FileAttachment" or str(one.get("/Type", "")) == "/EmbeddedFile":
        answer.active.append("embedded")
    for key in _TEXTS & one.keys():
        value = one[key].get_object()
        if isinstance(value, str) and not str(value).startswith("/"):
            answer.strings.append(str(value))
    if isinstance(one, StreamObject):
        _tell_stream(one, answer)


def _tell_chains(one: DictionaryObject, answer: Answer) -> None:
    """What an action leads on to, where a link goes, and what happens by itself."""
    if "/S" in one and ("/Next" in one or (str(one["/S"]) == "/Thread" and "/F" in one)):
        answer.active.append("opening")
    if str(one.get("/S", "")) == "/URI" and not _is_link(str(one.get("/URI", ""))):
        answer.active.append("opening")
    for moved in _dictionaries(one.get("/AA", ArrayObject()).get_object(), 1000):
        values = [value.get_object() for value in moved.values()]
        if any(isinstance(value, DictionaryObject) and value.get("/S") == "/URI" for value in values):
            answer.active.append("opening")


def _is_link(target: str) -> bool:
    """What a reader may follow; nothing that runs, and no file of another machine."""
    return target.lower().lstrip().startswith(("http://", "https://", "mailto:", "tel:"))


def _unpacked(stream: StreamObject, most: int) -> int:
    """Bytes that come out of a stream's first filters, those that multiply; one more than `most` if it is more."""
    filters = stream.get("/Filter", ArrayObject()).get_object()
    data, total = bytes(stream._data), 0  # noqa: SLF001  (as it stands in the file)
    for name in filters if isinstance(filters, ArrayObject) else [filters]:
        if name.get_object() not in {"/FlateDecode", "/Fl"}:
            break
        unpacking = zlib.decompressobj()
        try:
            data = unpacking.decompress(data, most + 1)
        except zlib.error:
            break
        total += len(data)
    return total


def _tell_stream(stream: StreamObject, answer: Answer) -> None:
    if "/F" in stream:
        answer.active.append("other-file")
    if stream.get("/Type") == "/Metadata":
        answer.packets.append(stream.get_data()[: 4 * _PIECE].decode("utf-8", "replace"))
    if stream.get("/Subtype") == "/Image" and len(answer.exif) < _MOST_PICTURES:
        raw = _picture(stream)
        for match in islice(_MARKS.finditer(raw), _MOST_MARKS):
            answer.exif.append(b64encode(raw[match.start() : match.start() + _PIECE]).decode())


def _picture(stream: StreamObject) -> bytes:
    """As it stands in the file; without the packing that some programs put round a JPEG."""
    raw = bytes(stream._data)  # noqa: SLF001
    filters = stream.get("/Filter", ArrayObject()).get_object()
    if isinstance(filters, ArrayObject) and [str(one.get_object()) for one in filters[:1]] == ["/FlateDecode"]:
        try:
            return zlib.decompressobj().decompress(raw, _LARGEST)
        except zlib.error:
            return raw
    return raw


def _read_pages(reader: PdfReader, answer: Answer, limits: dict[str, int]) -> None:
    root = reader.trailer["/Root"].get_object()
    if isinstance(root, DictionaryObject):
        refuse_circles(root)
    if len(reader.pages) > limits["pages"]:
        answer.refused, answer.limit = "attachment-too-many-pages", limits["pages"]
        return
    if not len(reader.pages):
        raise ValueError
    size = 0
    for number, page in enumerate(reader.pages, 1):
        faint = Faint()
        text = page.extract_text(visitor_operand_before=faint.operand, visitor_text=faint.text)
        answer.faint += [(number, kind) for kind in sorted(faint.kinds)]
        size += len(text)
        if size > limits["text"]:
            answer.refused, answer.limit = "attachment-too-much-text", limits["text"]
            return
        answer.pages.append(text)
        if not is_readable(text) and page.get("/Contents") is not None:
            answer.bare.append(number)


def _limit_self(limits: dict[str, int]) -> None:
    """Where the system can: seconds of computing and bytes of memory."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return
    for kind, limit in ((resource.RLIMIT_CPU, limits["seconds"]), (resource.RLIMIT_AS, limits["memory"])):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):  # some systems have none
            continue


def main() -> None:
    limits = json.loads(sys.argv[1])
    _limit_self(limits)
    sys.setrecursionlimit(2000)
    answer = look_through(sys.stdin.buffer.read(), limits)
    sys.stdout.write(json.dumps(vars(answer)))


if __name__ == "__main__":
    main()
