"""A workbook as `sheets.plainly` makes it, byte for byte, in a third of the time.

Nine tenths of each workbook are the same as of the one before: looks, theme, contents of the package. The library makes
them anew each time, and looks at each cell several times. Here it makes them once for each shape, from a workbook whose
cells only name the looks in their order; the cells are written into that. What needs more care than that (signs that
must be escaped, blanks that must be kept) is made plainly.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import MAX_WBITS, compressobj, crc32

from publisher.outputs.sheets import Row, decimals_of, plainly

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
_TEXTS = 10_000
"""So are names of companies and indicators."""
_ROWS = 1_000
"""Ways in which cells of a row are filled."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HEAD, _TEXT, _NUMBERS = 1, 2, 3
"""Numbers of the looks, in the order in which they are met first."""
_STRINGS = "xl/sharedStrings.xml"
_CORE = "docProps/core.xml"
_SHEET = "xl/worksheets/sheet"


@dataclass(frozen=True, slots=True)
class Filled:
    """A row made ready: once for all workbooks that have it."""

    row: Row
    kinds: tuple[int | None, ...]
    """Of each cell: none if it is empty, `_TEXT`, or the decimals of a number below 0, so that 0 is one of them."""
    values: tuple[str | tuple[str], ...]
    """Of each that is not empty: a text, or the digits of a number by themselves."""
    numbers: tuple[int, ...]
    """The decimals that there are, in the order in which they are met."""
    width: int
    """The place of the last cell that is not empty."""
    usual: bool
    """It begins with a text and is narrow, and no text needs care."""


def filled(row: Row) -> Filled:
    kinds: list[int | None] = []
    values: list[str | tuple[str]] = []
    numbers: dict[int, None] = {}
    usual, width = len(row) <= len(_LETTERS), 0
    for place, value in enumerate(row, 1):
        kind = type(value)  # a Decimal is not asked whether it is "": that takes longer than all else here
        if kind is Decimal or kind is int:
            decimals, digits = _number(str(value)) if kind is Decimal else (0, f"{value:.16G}")
            numbers[decimals] = None
            kinds.append(~decimals)
            values.append((digits,))
            width = place
        elif value is None or value == "":
            kinds.append(None)
        else:
            text = str(value)
            usual = usual and _is_plain(text)
            kinds.append(_TEXT)
            values.append(text)
            width = place
    begins = bool(kinds) and kinds[0] == _TEXT
    return Filled(row, tuple(kinds), tuple(values), tuple(numbers), width, usual and begins)


def packed(title: str, sheets: Sequence[tuple[str, Sequence[Filled]]]) -> bytes:
    """The names of the sheets are ours; title and cells are anybody's."""
    if not _is_usual(title, [rows for _, rows in sheets]):
        return plainly(title, [(name, [one.row for one in rows]) for name, rows in sheets])
    numbers = tuple(dict.fromkeys(decimals for _, rows in sheets for one in rows for decimals in one.numbers))
    strings = _Strings()
    fixed = _shape(tuple(name for name, _ in sheets), numbers)
    shape = dict(fixed)
    for number, (_, rows) in enumerate(sheets, 1):
        path = f"{_SHEET}{number}.xml"
        shape[path] = _sheet(shape[path], rows, strings, numbers)
    shape[_STRINGS] = strings.xml(shape[_STRINGS])
    shape[_CORE] = shape[_CORE].replace(_MARK, _escaped(title))
    return _zipped(shape, fixed, f"{_SHEET}{len(sheets)}.xml")


@lru_cache(_DIGITS)
def _number(text: str) -> tuple[int, str]:
    """The decimals and the digits of a Decimal by its text, for 1.0 and 1.00 are one number."""
    value = Decimal(text)
    return decimals_of(value), f"{value:.16G}"


@lru_cache(_TEXTS)
def _is_plain(text: str) -> bool:
    return len(text) <= _LONG and not _CARE.search(text)


def _is_usual(title: str, sheets: Sequence[Sequence[Filled]]) -> bool:
    """Headings are texts, and one sheet has rows at least."""
    formed = all(one.usual for rows in sheets for one in rows)
    headed = all(rows and {*rows[0].kinds} == {_TEXT} for rows in sheets)
    return bool(title) and _is_plain(title) and formed and headed and any(len(rows) > 1 for rows in sheets)


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

    def placed(self, values: Sequence[str | tuple[str]]) -> tuple[int | str, ...]:
        """The place of each text, and the digits of numbers."""
        places = self.places
        found = [places.setdefault(one, len(places)) if type(one) is str else one[0] for one in values]
        self.count += sum([type(one) is str for one in values])
        return tuple(found)

    def xml(self, shape: str) -> str:
        start = shape.partition(" count=")[0]
        texts = "".join(map(_string, self.places))
        return f'{start} count="{self.count}" uniqueCount="{len(self.places)}">{texts}</sst>'


@lru_cache(_TEXTS)
def _string(text: str) -> str:
    return f"<si><t>{_escaped(text)}</t></si>"


def _sheet(shape: str, rows: Sequence[Filled], strings: _Strings, numbers: tuple[int, ...]) -> str:
    before, _, rest = shape.partition('<dimension ref="')
    middle, _, after = rest.partition('"')[2].partition("<sheetData>")
    widths = [one.width for one in rows]
    whole = f"A1:{_LETTERS[max(widths) - 1]}{len(rows)}".removesuffix(":A1")
    written = []
    for number, one in enumerate(rows):
        if number % _BLOCK == 0:
            spans = max(widths[number : number + _BLOCK])
        cells = str(number + 1).join(_cells(one.kinds, numbers, head=not number)) % strings.placed(one.values)
        written.append(f'<row r="{number + 1}" spans="1:{spans}">{cells}</row>')
    end = after.partition("</sheetData>")[2]
    return f'{before}<dimension ref="{whole}"{middle}<sheetData>{"".join(written)}</sheetData>{end}'


@lru_cache(_ROWS)
def _cells(kinds: tuple[int | None, ...], numbers: tuple[int, ...], *, head: bool) -> tuple[str, ...]:
    """The cells of a row, with a gap for each value; the number of the row stands between each two of the parts."""
    cells = []
    for letter, kind in zip(_LETTERS, kinds, strict=False):
        if kind == _TEXT:
            cells.append(f'<c r="{letter}\n" s="{_HEAD if head else _TEXT}" t="s"><v>%s</v></c>')
        elif kind is not None:
            cells.append(f'<c r="{letter}\n" s="{_NUMBERS + numbers.index(~kind)}"><v>%s</v></c>')
    return tuple("".join(cells).split("\n"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _zipped(parts: Mapping[str, str], fixed: Mapping[str, str], last: str) -> bytes:
    """A package of the parts in order; those that every workbook of the shape has as `fixed` are compressed once.

    So is the `last` sheet, which tells what workbooks are: what differs in it are the places of its texts.
    """
    files, contents, position = [], [], 0
    for path, text in parts.items():
        file, entry = _kept(path, text) if path == last or text is fixed[path] else _compressed(path, text)
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
