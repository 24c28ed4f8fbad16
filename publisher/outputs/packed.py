"""A workbook as `sheets.plainly` makes it, byte for byte, in a third of the time.

Nine tenths of each workbook are the same as of the one before: looks, theme, contents of the package. The library makes
them anew each time, and looks at each cell several times. Here it makes them once for each shape, from a workbook whose
cells only name the looks in their order; the cells are written into that. What needs more care than that (signs that
must be escaped, blanks that must be kept) is made plainly.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import MAX_WBITS, compressobj, crc32

from publisher.outputs.sheets import Row, Sheet, decimals_of, plainly

_Number = tuple[int, str]
"""Its decimals and its digits."""
_Cell = str | _Number | None
_Cells = Sequence[_Cell]
_MARK = "title-of-a-shape"
_START = (1980, 1, 1, 0, 0, 0)
"""The first moment that a package can tell, as the library has it."""
_CARE = re.compile(r"[\x00-\x08\x0b-\x1f]|_x[0-9a-fA-F]{4}_|\A\s|\s\Z|\A<r>")
_LONG = 16_000
_BLOCK = 16
"""Rows that tell the same first and last column."""
_SHAPES = 64
_PARTS = 16
"""A workbook has fewer."""
_OFFSET, _END = 42, 22
"""Where a line of the contents says where its part begins, and how long the end of the table is, in bytes."""
_TOLD = 14
"""Where a part says its checksum and its sizes; its line of the contents says them two bytes later."""
_DIGITS = 50_000
"""Numbers that are printed again and again."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HEAD, _TEXT, _NUMBERS = 1, 2, 3
"""Numbers of the looks, in the order in which they are met first."""
_STRINGS = "xl/sharedStrings.xml"
_CORE = "docProps/core.xml"
_SHEET = "xl/worksheets/sheet"


def packed(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The names of the sheets are ours; title and cells are anybody's."""
    filled = [[[_cell(value) for value in row] for row in rows] for _, rows in sheets]
    if not _is_usual(title, filled):
        return plainly(title, sheets)
    numbers = tuple(dict.fromkeys(one[0] for one in _all(filled) if isinstance(one, tuple)))
    strings = _Strings()
    fixed = _shape(tuple(name for name, _ in sheets), numbers)
    shape = dict(fixed)
    for number, rows in enumerate(filled, 1):
        path = f"{_SHEET}{number}.xml"
        shape[path] = _filled(shape[path], rows, strings, numbers)
    shape[_STRINGS] = strings.xml(shape[_STRINGS])
    shape[_CORE] = shape[_CORE].replace(_MARK, _escaped(title))
    return _zipped(shape, fixed)


def _cell(value: object) -> _Cell:
    if isinstance(value, Decimal):
        return _number(str(value))
    if isinstance(value, int):
        return 0, f"{value:.16G}"
    return None if value is None or value == "" else str(value)


@lru_cache(_DIGITS)
def _number(text: str) -> _Number:
    """Of a Decimal by its text, for 1.0 and 1.00 are one number."""
    value = Decimal(text)
    return decimals_of(value), f"{value:.16G}"


def _is_usual(title: str, sheets: Sequence[Sequence[_Cells]]) -> bool:
    """Headings are texts, rows begin with one and are narrow, one sheet has rows at least; no text needs care."""
    rows = [row for rows in sheets for row in rows]
    formed = all(row and isinstance(row[0], str) and len(row) <= len(_LETTERS) for row in rows)
    headed = all(rows and all(isinstance(head, str) for head in rows[0]) for rows in sheets)
    texts = {title, *(one for one in _all(sheets) if isinstance(one, str))}
    plain = not any(len(text) > _LONG or _CARE.search(text) for text in texts)
    return bool(title) and formed and headed and plain and len(rows) > len(sheets)


def _all(sheets: Iterable[Sequence[_Cells]]) -> Iterator[_Cell]:
    """In order."""
    return (cell for rows in sheets for row in rows for cell in row)


@lru_cache(_SHAPES)
def _shape(names: tuple[str, ...], numbers: tuple[int, ...]) -> Mapping[str, str]:
    """The parts of a workbook with these sheets that has numbers with these decimals, met in this order."""
    first: list[Row] = [["head"], ["text", *(Decimal(1).scaleb(-one) if one else 1 for one in numbers)]]
    with ZipFile(io.BytesIO(plainly(_MARK, [(name, first) for name in names]))) as package:
        return {one.filename: package.read(one).decode() for one in package.infolist()}


class _Strings:
    """Each text once, and how often there was one."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.count = 0

    def place(self, text: str) -> int:
        self.count += 1
        return self.places.setdefault(text, len(self.places))

    def xml(self, shape: str) -> str:
        start = shape.partition(" count=")[0]
        texts = "".join([f"<si><t>{_escaped(text)}</t></si>" for text in self.places])
        return f'{start} count="{self.count}" uniqueCount="{len(self.places)}">{texts}</sst>'


def _filled(shape: str, rows: Sequence[_Cells], strings: _Strings, numbers: Sequence[int]) -> str:
    before, _, rest = shape.partition('<dimension ref="')
    middle, _, after = rest.partition('"')[2].partition("<sheetData>")
    widths = [max(place for place, cell in enumerate(row, 1) if cell is not None) for row in rows]
    whole = f"A1:{_LETTERS[max(widths) - 1]}{len(rows)}".removesuffix(":A1")
    looks = {decimals: _NUMBERS + place for place, decimals in enumerate(numbers)}
    written = []
    for number, row in enumerate(rows):
        block = number // _BLOCK * _BLOCK
        spans = f"1:{max(widths[block : block + _BLOCK])}"
        written.append(f'<row r="{number + 1}" spans="{spans}">{_row(number, row, strings, looks)}</row>')
    end = after.partition("</sheetData>")[2]
    return f'{before}<dimension ref="{whole}"{middle}<sheetData>{"".join(written)}</sheetData>{end}'


def _row(number: int, row: _Cells, strings: _Strings, looks: Mapping[int, int]) -> str:
    text_look = _TEXT if number else _HEAD
    cells = []
    for letter, cell in zip(_LETTERS, row, strict=False):
        if isinstance(cell, str):
            cells.append(f'<c r="{letter}{number + 1}" s="{text_look}" t="s"><v>{strings.place(cell)}</v></c>')
        elif cell is not None:
            cells.append(f'<c r="{letter}{number + 1}" s="{looks[cell[0]]}"><v>{cell[1]}</v></c>')
    return "".join(cells)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _zipped(parts: Mapping[str, str], fixed: Mapping[str, str]) -> bytes:
    """A package of the parts in order; those that every workbook of the shape has as `fixed` are compressed once."""
    files, contents, position = [], [], 0
    for path, text in parts.items():
        file, entry = _kept(path, text) if text is fixed[path] else _compressed(path, text)
        contents.append(_with(entry, _OFFSET, position.to_bytes(4, "little")))
        files.append(file)
        position += len(file)
    table = b"".join(contents)
    end = pack("<4s4H2LH", b"PK\5\6", 0, 0, len(parts), len(parts), len(table), position, 0)
    return b"".join((*files, table, end))


def _compressed(path: str, text: str) -> tuple[bytes, bytes]:
    """A part as it stands in a package, and its line in the table of contents; only three numbers are its own."""
    data = text.encode()
    squeezed = compressobj(wbits=-MAX_WBITS)
    whole = squeezed.compress(data) + squeezed.flush()
    told = pack("<3L", crc32(data), len(whole), len(data))
    head, line = _headed(path)
    return _with(head, _TOLD, told) + whole, _with(line, _TOLD + 2, told)


@lru_cache(_PARTS)
def _headed(path: str) -> tuple[bytes, bytes]:
    """What the library writes before an empty part, and of it into the table of contents."""
    file = io.BytesIO()
    with ZipFile(file, "w", compression=ZIP_DEFLATED) as package:
        one = ZipInfo(path, _START)
        one.compress_type = ZIP_DEFLATED
        package.writestr(one, b"")
        data = one.compress_size
    whole = file.getvalue()
    return whole[: package.start_dir - data], whole[package.start_dir : -_END]


def _with(head: bytes, place: int, told: bytes) -> bytes:
    return head[:place] + told + head[place + len(told) :]


_kept = lru_cache(_PARTS * _SHAPES)(_compressed)
