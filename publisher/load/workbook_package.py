"""The zip archive that an .xlsx or .ods file is: opened only when whole and of sane size; its XML."""

import copy
import zlib
from io import BytesIO
from typing import Protocol
from xml.etree.ElementTree import ParseError, XMLParser
from zipfile import BadZipFile, ZipFile

from publisher.load.grid import MAX_BYTES, UnreadableTableError

_CHUNK = 1024 * 1024
_BOUNDLESS = 1 << 62
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
"""What `zipfile` raises on damaged archives; OSError cannot come from a disk here, all is in memory."""


class Reader(Protocol):
    """What is told of an XML file, element by element. Names have no name space."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def data(self, text: str) -> None: ...
    def end(self, name: str) -> None: ...


class _Elements:
    """Passes on elements without their name spaces (strict and usual xlsx differ in them); refuses a DTD."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.data = reader.data

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.reader.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self.reader.end(_local(name))

    def doctype(self, *_: object) -> None:
        # No spreadsheet program writes one; with it come entities that grow without end.
        raise UnreadableTableError("table-damaged")

    def close(self) -> None:
        pass


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def opened(data: bytes) -> ZipFile:
    """The archive; every byte of it has been unpacked once, counted and checked."""
    try:
        package = ZipFile(BytesIO(data))
        _check_size(package)
    except _BROKEN:
        raise UnreadableTableError("table-damaged") from None
    except RuntimeError:  # what zipfile says to a password
        raise UnreadableTableError("table-encrypted") from None
    return package


def _check_size(package: ZipFile) -> None:
    """What the archive says of its size may be a lie, so both that and what really comes out count."""
    left = MAX_BYTES
    if sum(info.file_size for info in package.infolist()) > left:
        raise UnreadableTableError("table-too-large", limit=MAX_BYTES // _CHUNK)
    for info in package.infolist():
        unbelieved = copy.copy(info)
        unbelieved.file_size = _BOUNDLESS
        with package.open(unbelieved) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise UnreadableTableError("table-too-large", limit=MAX_BYTES // _CHUNK)


def read_xml(package: ZipFile, name: str, reader: Reader) -> None:
    """Tells `reader` one XML file of the archive, bit by bit; without it the workbook is damaged."""
    parser = XMLParser(target=_Elements(reader))  # noqa: S314  (refuses a DTD)
    try:
        with package.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except (ParseError, LookupError, *_BROKEN):
        raise UnreadableTableError("table-damaged") from None
