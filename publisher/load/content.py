"""What a file really holds, whatever its name says. Opens it once; everything else works on the bytes."""

from pathlib import Path

from publisher.archives import BROKEN, archive
from publisher.load.grid import UnreadableTableError
from publisher.load.limits import MAX_BYTES, MEGABYTE

SUFFIXES = (".csv", ".ods", ".xls", ".xlsm", ".xlsx")
"""Tables that are read. An .xlsm file is an .xlsx file with programs in it, which nobody starts here."""
FOREIGN = {
    *{".xlsb", ".xlt", ".xltx", ".xltm", ".et", ".ett", ".numbers", ".ots", ".fods", ".dbf"},
    *{".tsv", ".tab", ".txt", ".htm", ".html", ".mht"},
}
"""Tables of other kinds, to be saved anew by the program they were made with."""
_ZIP = b"PK\x03\x04"
_ALIKE = {".xlsm": ".xlsx"}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head", b"<style", b"<div")


def content_of(path: Path) -> bytes:
    """All bytes of a file that may be read and is not out of all proportion."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableTableError("table-too-large", limit=MAX_BYTES // MEGABYTE)
        return path.read_bytes()
    except OSError:
        raise UnreadableTableError("table-cannot-open") from None


def table_kind(data: bytes, suffix: str) -> str:
    """The kind of table, as a suffix; it must be the one the file is named by."""
    if suffix not in SUFFIXES:
        raise UnreadableTableError("table-other-format", suffix)
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise UnreadableTableError("table-empty")
    kind = _kind(data)
    if kind != _ALIKE.get(suffix, suffix):
        raise UnreadableTableError("table-wrong-suffix", kind, suffix=suffix)
    return kind


def _kind(data: bytes) -> str:
    if data.startswith(_ZIP):
        return _packed_kind(data)
    if data.startswith(_COMPOUND):
        return _compound_kind(data)
    # BIFF 2 to 4 (Excel 4.0 and older) have no container.
    if data[:2] in {b"\x09\x00", b"\x09\x02", b"\x09\x04"}:
        return ".xls"
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")):
        raise UnreadableTableError("table-not-a-table")
    if _as_ascii(data[:400]).startswith(_MARKUP):
        raise UnreadableTableError("table-markup")
    if _ZIP in data and b"\0" in data:  # another program put something in front of a workbook
        raise UnreadableTableError("table-damaged")
    return ".csv"


def _as_ascii(start: bytes) -> bytes:
    """Markup may be UTF-16 or have a byte order mark."""
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()


def _packed_kind(data: bytes) -> str:
    try:
        with archive(data) as package:
            names = set(package.namelist())
    except BROKEN:
        raise UnreadableTableError("table-damaged") from None
    if "xl/workbook.bin" in names:
        raise UnreadableTableError("table-other-format", ".xlsb")
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise UnreadableTableError("table-other-format", ".numbers")
    if "xl/workbook.xml" in names:
        return ".xlsx"
    if {"content.xml", "META-INF/manifest.xml"} <= names:
        return ".ods"
    raise UnreadableTableError("table-not-a-table")


def _compound_kind(data: bytes) -> str:
    """The names of streams stand in the container's directory in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableTableError("table-encrypted")
    if any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return ".xls"
    raise UnreadableTableError("table-not-a-table")
