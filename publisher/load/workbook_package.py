"""The zip archive that an .xlsx or .ods file is: opened only when whole and of sane size; its XML."""

import copy
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Protocol
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from publisher.archives import BROKEN, archive
from publisher.load.grid import UnreadableTableError
from publisher.load.limits import MAX_CELLS, MAX_RATIO, MAX_TAGS, MAX_UNPACKED, MEGABYTE

_BOUNDLESS = 1 << 62


class Reader(Protocol):
    """What is told of an XML file, element by element. Names have no name space."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def data(self, text: str) -> None: ...
    def end(self, name: str) -> None: ...


@lru_cache(1024)
def _local(name: str) -> str:
    """Without the prefix of a name space: strict and usual xlsx differ in them."""
    return name.rpartition(":")[2]


def opened(data: bytes) -> ZipFile:
    """The archive; every byte of it has been unpacked once, counted and checked."""
    try:
        package = archive(data)
        _check_names(package)
        _check_size(package, len(data))
    except BROKEN:
        raise UnreadableTableError("table-damaged") from None
    except RuntimeError:  # what zipfile says to a password
        raise UnreadableTableError("table-encrypted") from None
    return package


def _check_names(package: ZipFile) -> None:
    """Of two parts with one name nobody knows which one counts."""
    names = package.namelist()
    if len(set(names)) < len(names):
        raise UnreadableTableError("table-damaged")


def _check_size(package: ZipFile, packed: int) -> None:
    """What the archive says of its size may be a lie, so both that and what really comes out count."""
    left = min(MAX_UNPACKED, max(packed * MAX_RATIO, 10 * MEGABYTE))
    too_large = _too_large(left)
    if sum(info.file_size for info in package.infolist()) > left:
        raise too_large
    for info in package.infolist():
        unbelieved = copy.copy(info)
        unbelieved.file_size = _BOUNDLESS
        with package.open(unbelieved) as stream:
            while chunk := stream.read(MEGABYTE):
                left -= len(chunk)
                if left < 0:
                    raise too_large


def _too_large(most: int) -> UnreadableTableError:
    if most < MAX_UNPACKED:
        return UnreadableTableError("table-swollen", limit=MAX_RATIO)
    return UnreadableTableError("table-too-large", limit=MAX_UNPACKED // MEGABYTE)


def read_xml(package: ZipFile, name: str, reader: Reader, *, prefixes: bool = False) -> None:
    """Tells `reader` one XML file of the archive, bit by bit; without it the workbook is damaged.

    `prefixes`: its attributes have name spaces, which are taken off.
    """
    parser = ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = {_local(key): value for key, value in attributes.items()} if prefixes else attributes
        reader.start(_local(name), plain)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: reader.end(_local(name))
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with package.open(name) as stream:
            for chunk in _sane_chunks(stream):
                parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  (has no name)
    except (ExpatError, *BROKEN):
        raise UnreadableTableError("table-damaged") from None


def _sane_chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part of a workbook, counted before each is parsed."""
    tags = 0
    while chunk := stream.read(MEGABYTE):
        found = chunk.count(b"<")
        tags += found
        if tags > MAX_TAGS:
            raise UnreadableTableError("table-too-many-cells", limit=MAX_CELLS)
        if not found and len(chunk) == MEGABYTE:  # no text of a cell is that long, no tag has so many attributes
            raise UnreadableTableError("table-damaged")
        yield chunk


def _refuse_doctype(*_: object) -> None:
    # No spreadsheet program writes one; with it come entities that grow without end.
    raise UnreadableTableError("table-damaged")
