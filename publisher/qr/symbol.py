"""The modules of a QR code (ISO/IEC 18004) for a plain address: byte mode, error correction L, versions 1 to 9.

The library `segno` makes the same symbol in 1.2 ms where the mask is given and in 5.0 where it is chosen; here it
takes 0.06 and 0.6. What symbols of a size share is laid out once, and error correction, masks and their judgement are
worked out on whole numbers. A test holds both to be equal; what is no plain address is left to the library.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from publisher.qr.masks import MASKS, penalty

_BLOCKS = {
    1: (1, 19, 7),
    2: (1, 34, 10),
    3: (1, 55, 15),
    4: (1, 80, 20),
    5: (1, 108, 26),
    6: (2, 68, 18),
    7: (2, 78, 20),
    8: (2, 97, 24),
    9: (2, 116, 30),
}
"""By version: blocks, and codewords of data and of error correction in each (table 9, level L)."""
_CENTRES = {1: (), 2: (18,), 3: (22,), 4: (26,), 5: (30,), 6: (34,), 7: (6, 22, 38), 8: (6, 24, 42), 9: (6, 26, 46)}
"""Of the alignment patterns, in either direction; those on a finder pattern are left out (annex E)."""
_PADDING = (0b11101100, 0b00010001)
_TIMING = 6
"""The column and the row of modules that alternate."""
_TOLD_FROM = 7
"""The version from which on a symbol says its own."""
_HEAD, _TAIL = 2, 1
"""Codewords that mode, length and terminator take up. One more is nought before the padding, as the library has it."""
_ADDRESS = re.compile(r"[\x20-\x7e]*[a-z][\x20-\x7e]*")
"""A small letter: so no shorter mode than bytes is possible."""

Module = tuple[int, int]
"""Column and row."""


@dataclass(frozen=True)
class Layout:
    """What the symbols of a version have in common."""

    size: int
    places: Callable[[str], tuple[str, ...]]
    """Of the modules, column by column, in the bits of a message and then of what is fixed."""
    masks: tuple[int, ...]
    """What each mask turns over in the bits of a message."""
    fixed: tuple[str, ...]
    """By mask: modules that are in every symbol, one after the other."""
    bare: str
    """The same before format and version are written, which is when masks are judged."""
    length: int
    """Bits of a message."""


def columns_of(text: str, mask: int | None) -> list[str] | None:
    """The columns of the symbol from top to bottom, `1` for dark; the best mask where none is given.

    Nothing, where the text is no plain address or too long for version 9.
    """
    version = next((one for one, (n, data, _) in _BLOCKS.items() if n * data >= len(text) + _HEAD), 0)
    if not version or not _ADDRESS.fullmatch(text):
        return None
    layout = _layout(version)
    message = _message(text.encode(), version) << layout.length % 8
    if mask is None:
        judged = [penalty(_modules(layout, message ^ one, layout.bare), layout.size) for one in layout.masks]
        mask = judged.index(min(judged))
    modules = _modules(layout, message ^ layout.masks[mask], layout.fixed[mask])
    return [modules[start : start + layout.size] for start in range(0, len(modules), layout.size)]


def _modules(layout: Layout, message: int, fixed: str) -> str:
    return "".join(layout.places(f"{message:0{layout.length}b}{fixed}"))


def _message(text: bytes, version: int) -> int:
    """Data and error correction, block by block in turns (7.4 to 7.6)."""
    blocks, size, correction = _BLOCKS[version]
    bits = (0b0100 << 8 | len(text)) << 8 * len(text) | int.from_bytes(text, "big")
    data = bytearray((bits << 4).to_bytes(len(text) + _HEAD, "big"))
    data += bytes(_TAIL)[: blocks * size - len(data)]
    data += bytes(_PADDING[n % 2] for n in range(blocks * size - len(data)))
    parts = [bytes(data[n * size : (n + 1) * size]) for n in range(blocks)]
    ends = [_correction(part, correction) for part in parts]
    turns = (*zip(*parts, strict=True), *zip(*ends, strict=True))
    return int.from_bytes(bytes(one for turn in turns for one in turn), "big")


def _correction(data: bytes, length: int) -> bytes:
    """The rest of a division by the generator of Reed and Solomon (7.5)."""
    rows, shift = _products(length), 8 * (length - 1)
    rest, kept = 0, (1 << shift) - 1
    for one in data:
        rest = (rest & kept) << 8 ^ rows[rest >> shift ^ one]
    return rest.to_bytes(length, "big")


@cache
def _products(length: int) -> tuple[int, ...]:
    """The generator of that degree, without its first factor, times each number of the field."""
    generator, root = [1], 1
    for _ in range(length):
        generator = [a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    return tuple(int.from_bytes(bytes(_times(one, n) for one in generator[1:]), "big") for n in range(256))


def _times(a: int, b: int) -> int:
    """In the field of 256 numbers that the norm takes."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return product


@cache
def _layout(version: int) -> Layout:
    size = 17 + 4 * version
    bare = {**_timing(size), **_alignments(version), **_finders(size), **dict.fromkeys(_reserved(version), False)}
    lone = (8, size - 8)
    bare[lone] = False
    free = [one for one in _zigzag(size) if one not in bare]
    place = {one: n for n, one in enumerate((*free, *bare))}
    fixed = [{**bare, lone: True, **_format(mask, size), **_version(version)} for mask in range(len(MASKS))]
    return Layout(
        size=size,
        places=itemgetter(*(place[x, y] for x in range(size) for y in range(size))),
        masks=tuple(int("".join("01"[turned(y, x)] for x, y in free), 2) for turned in MASKS),
        fixed=tuple("".join("01"[one[module]] for module in bare) for one in fixed),
        bare="".join("01"[dark] for dark in bare.values()),
        length=len(free),
    )


def _zigzag(size: int) -> Iterator[Module]:
    """Two columns wide, up and down, from the lower right; the column of the timing pattern is passed over (7.7.3)."""
    rights = [right - (right <= _TIMING) for right in range(size - 1, 0, -2)]
    for turn, right in enumerate(rights):
        for y in range(size) if turn % 2 else range(size - 1, -1, -1):
            yield from ((right, y), (right - 1, y))


def _timing(size: int) -> dict[Module, bool]:
    return {one: n % 2 == 0 for n in range(8, size - 8) for one in ((_TIMING, n), (n, _TIMING))}


def _alignments(version: int) -> dict[Module, bool]:
    centres = _CENTRES[version]
    last = centres[-1] if centres else 0
    corners = {(6, 6), (6, last), (last, 6)}
    middles = [(x, y) for x in centres for y in centres if (x, y) not in corners]
    return {(x + dx, y + dy): ring != 1 for x, y in middles for dx, dy, ring in _rings(2)}


def _finders(size: int) -> dict[Module, bool]:
    """With the light modules round them."""
    middles = ((3, 3), (3, size - 4), (size - 4, 3))
    found = {(x + dx, y + dy): ring not in {2, 4} for x, y in middles for dx, dy, ring in _rings(4)}
    return {(x, y): dark for (x, y), dark in found.items() if 0 <= x < size and 0 <= y < size}


def _rings(reach: int) -> Iterator[tuple[int, int, int]]:
    """Steps from a middle, and how far out they lead."""
    steps = range(-reach, reach + 1)
    return ((dx, dy, max(abs(dx), abs(dy))) for dx in steps for dy in steps)


def _reserved(version: int) -> Iterator[Module]:
    yield from _format(0, 17 + 4 * version)
    yield from _version(version)


def _format(mask: int, size: int) -> dict[Module, bool]:
    """Level and mask, twice (7.9)."""
    told = 0b01 << 3 | mask
    bits = (told << 10 | _rest(told << 10, 0b10100110111)) ^ 0b101010000010010
    down = [*range(6), 7, 8, *range(size - 7, size)]
    along = [*range(size - 1, size - 9, -1), 7, *range(5, -1, -1)]
    first = {(8, y): bool(bits >> n & 1) for n, y in enumerate(down)}
    return first | {(x, 8): bool(bits >> n & 1) for n, x in enumerate(along)}


def _version(version: int) -> dict[Module, bool]:
    """The larger symbols say which they are, twice (7.10)."""
    if version < _TOLD_FROM:
        return {}
    bits, far = version << 12 | _rest(version << 12, 0b1111100100101), 17 + 4 * version - 11
    dark = [(n // 3, far + n % 3, bool(bits >> n & 1)) for n in range(18)]
    return {one: on for a, b, on in dark for one in ((a, b), (b, a))}


def _rest(number: int, by: int) -> int:
    """Of a division without carries."""
    while number.bit_length() >= by.bit_length():
        number ^= by << number.bit_length() - by.bit_length()
    return number
