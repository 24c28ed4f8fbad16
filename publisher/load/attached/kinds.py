"""What kind of file the bytes are, whatever the name says, and whether they are that kind from first to last."""

import re

from publisher.archives import BROKEN, archive
from publisher.load.attached.look import RefusedError
from publisher.model.attachments import FileKind

SUFFIXES: dict[str, FileKind] = {
    ".pdf": "pdf",
    ".png": "png",
    ".jpg": "jpg",
    ".jpeg": "jpg",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".txt": "txt",
}
"""Suffix of the name -> the kind it promises."""
_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "program"),
    (b"OggS", "film"),
    (b"ID3", "film"),
    (b"\x1a\x45\xdf\xa3", "film"),
)
_MARKUP = re.compile(
    rb"(?i)<(?:!doctype\s+html|html|head|body|script|iframe|img|svg|style|meta|link|object|embed|a\s|div|table|form)"
)
_SVG = re.compile(rb"(?i)<(?:\w+:)?svg[\s>]")
_BEGINNING = 1024
"""Bytes in which PDF readers look for the beginning of a PDF."""
_FARTHEST_END = 65_557
"""Bytes before the end of a zip archive in which its last record begins."""
_CONTENT_TYPES = "[Content_Types].xml"
_PACKAGES = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "slides",
}
_TYPE = re.compile(rb'ContentType\s*=\s*"application/vnd\.(openxmlformats-officedocument|ms-[a-z]+)\.([A-Za-z0-9.+]+)"')


def kind_of(data: bytes) -> str:
    """A kind that is allowed, or the name of another; `text` is whatever holds no byte that texts lack."""
    if data.startswith(b"PK"):
        return _packed(data)
    found = next((kind for start, kind in _STARTS if data.startswith(start)), "")
    if found == "bmp" and not _is_bitmap(data):
        found = ""
    if data[:4] == b"RIFF":
        return "webp" if data[8:12] == b"WEBP" else "film"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in {b"heic", b"heix", b"mif1", b"avif", b"hevc"} else "film"
    return found or _plain(data)


def _is_bitmap(data: bytes) -> bool:
    return int.from_bytes(data[2:6], "little") in range(len(data), len(data) + 4)


def _plain(data: bytes) -> str:
    start = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if start[:1] == b"<":
        if _SVG.search(data[:20_000]):
            return "svg"
        return "html" if _MARKUP.search(start) else "xml"
    if b"\0" in data:
        return "unknown"
    return "text"


def _packed(data: bytes) -> str:
    try:
        with archive(data) as package:
            names = set(package.namelist())
            if "mimetype" in names or "OFD.xml" in names:
                return "other-office"
            if _CONTENT_TYPES not in names:
                return "archive"
            with package.open(_CONTENT_TYPES) as types:
                return _office(types.read(1_000_000))
    except RuntimeError:  # what zipfile says to a password
        raise RefusedError("attachment-encrypted") from None
    except BROKEN:
        raise RefusedError("attachment-damaged") from None


def _office(types: bytes) -> str:
    """By the type of the main part; one with programs in it, or a template, is another kind."""
    for owner, name in _TYPE.findall(types):
        plain = name.decode()
        if "macroEnabled" in plain and plain.endswith("main+xml"):
            return "macros"
        if owner == b"openxmlformats-officedocument" and plain in _PACKAGES:
            return _PACKAGES[plain]
    return "other-office"


def refuse_twofold(data: bytes, kind: str) -> None:
    """One file that two programs would open as two things: the start of a PDF or the end of a zip in something else."""
    if kind != "pdf" and b"%PDF-" in data[: _BEGINNING + 5]:
        raise RefusedError("attachment-twofold", seen="choice.content.pdf")
    if kind not in {"docx", "xlsx"} and _ends_as_zip(data):
        raise RefusedError("attachment-twofold", seen="choice.content.archive")


def _ends_as_zip(data: bytes) -> bool:
    """Whether the last record of a zip archive stands there, with a comment that reaches to the end."""
    at = data.find(b"PK\x05\x06", max(0, len(data) - _FARTHEST_END))
    while at >= 0:
        if at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") >= len(data) >= at + 22:
            return True
        at = data.find(b"PK\x05\x06", at + 1)
    return False
