"""The faces that letters are set in: those of the extra, and those that a bureau may use and puts into its theme."""

import re
import struct
from functools import cache
from pathlib import Path

from publisher.problems import Place, PublisherError, problem

FONTS = "print/fonts"
"""In a theme: `.ttf` and `.otf` files of the bureau's own."""
_BROKEN = (struct.error, IndexError)
_UNDRAWN = re.compile(
    "[\\s\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)
"""Spaces, and what chooses form or direction of the signs beside it: no font needs them."""
_NO_TEXT = re.compile("[\\x00-\\x1f\\x7f-\x9f\ufeff]")
"""Controls and the mark of a file's beginning, which a PDF for reading out must not have."""
_TABLE, _HEADER = 16, 12
_SEGMENTS, _GROUPS = 4, 12
_FULL = 0x10FFFF


class UnreadableFontError(ValueError):
    """The file is no OpenType font, or a damaged one."""


def font_files(theme: tuple[Path, ...]) -> tuple[Path, ...]:
    """The bureau's own first. Raises PublisherError naming each of these that is no font or cannot be read."""
    import pylopdf_fonts_zh_cn as faces  # noqa: PLC0415  (the extra)

    own = [path for folder in theme for path in sorted((folder / FONTS).glob("*.[ot]tf"))]
    faults = [problem(code, Place(f"templates/{FONTS}/{path.name}")) for path in own if (code := _fault_of(path))]
    if faults:
        raise PublisherError(faults)
    return (*own, faces.serif_path(), faces.sans_path())


def _fault_of(path: Path) -> str:
    """The code of what is wrong with it; empty for a font."""
    try:
        return "" if letters_of(path) else "broken-font"
    except UnreadableFontError:
        return "broken-font"
    except OSError:
        return "unreadable-file"


def without_controls(text: str) -> str:
    """A new line becomes a space; so does the one space that is drawn, which no face at hand has."""
    return _NO_TEXT.sub("", re.sub("[\t\r\n\u1680]+", " ", text))


def is_blank(text: str) -> bool:
    """Nothing of it is seen."""
    return not _UNDRAWN.sub("", without_controls(text))


def missing(text: str, fonts: tuple[Path, ...]) -> list[str]:
    """Signs that no font has, each once, in their order."""
    drawn = dict.fromkeys(_UNDRAWN.sub("", text))
    return [letter for letter in drawn if not any(ord(letter) in letters_of(font) for font in fonts)]


@cache
def letters_of(font: Path) -> frozenset[int]:
    """The signs of a font by their numbers, from its table `cmap` (OpenType 1.9, formats 4 and 12)."""
    data = font.read_bytes()
    try:
        start = _start_of(data, b"cmap")
        number = struct.unpack_from(">H", data, start + 2)[0]
        offsets = {struct.unpack_from(">I", data, start + 8 + 8 * n)[0] for n in range(number)}
        return frozenset(letter for offset in offsets for letter in _subtable(data, start + offset))
    except _BROKEN as error:
        raise UnreadableFontError(font.name) from error


def _start_of(data: bytes, name: bytes) -> int:
    count = struct.unpack_from(">H", data, 4)[0]
    for place in range(_HEADER, _HEADER + _TABLE * count, _TABLE):
        if data[place : place + 4] == name:
            return int(struct.unpack_from(">I", data, place + 8)[0])
    raise IndexError(name)


def _subtable(data: bytes, at: int) -> set[int]:
    kind = struct.unpack_from(">H", data, at)[0]
    return _groups(data, at) if kind == _GROUPS else _segments(data, at) if kind == _SEGMENTS else set()


def _groups(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">I", data, at + 12)[0]
    found: set[int] = set()
    for n in range(count):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * n)
        found.update(range(first + (glyph == 0), min(last, _FULL) + 1))
    return found


def _segments(data: bytes, at: int) -> set[int]:
    """A sign whose glyph is number 0 is not there."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, ranges = (at + 14 + 2 * count * n + (2 if n else 0) for n in range(4))
    found: set[int] = set()
    for n in range(count):
        end, start, delta, offset = (
            struct.unpack_from(">H", data, one + 2 * n)[0] for one in (ends, starts, deltas, ranges)
        )
        for letter in range(start, min(end, 0xFFFE) + 1):
            glyph = letter + delta
            if offset:
                glyph = struct.unpack_from(">H", data, ranges + 2 * n + offset + 2 * (letter - start))[0]
            if glyph & 0xFFFF:
                found.add(letter)
    return found
