"""PNG pictures, chunk by chunk (ISO/IEC 15948): whole, of sane size, with nothing in or behind them but the picture."""

import zlib
from collections.abc import Iterator

from publisher.load.attached.exif import any_text, read_exif
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.packets import read_xmp
from publisher.load.limits import MAX_PIXELS, MEGABYTE

_START = 8
_PLAIN = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST"),
    *(b"pHYs", b"sPLT", b"oFFs", b"cICP", b"mDCV", b"cLLI", b"iDOT", b"vpAg", b"orNT"),
}
_TELLING = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_KEYS = {"Author": "author", "Software": "software", "Title": "title", "Comment": "comment", "Source": "device"}
_KEYS |= {"Description": "description", "Copyright": "copyright", "Creation Time": "taken", "create-date": "taken"}
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type -> samples of a pixel."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced picture: first column and row, steps to the next ones."""
_LONGEST = 200_000


def read_png(data: bytes, look: Look) -> None:
    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND" or len(chunks[0][1]) != 13:  # noqa: PLR2004
        raise RefusedError("attachment-damaged")
    foreign = next((kind for kind, _ in chunks if kind not in _PLAIN | _TELLING), None)
    if foreign:
        raise RefusedError("attachment-foreign-part", any_text(foreign))
    for kind, value in chunks:
        if kind in _TELLING:
            _tell(kind, value, look)
    _check_pixels(chunks[0][1], [value for kind, value in chunks if kind == b"IDAT"])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, content) up to the last chunk, with which the file must end; each has a sum that must hold."""
    at = _START
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + size
        kind, value = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if end > len(data) or zlib.crc32(value, zlib.crc32(kind)) != int.from_bytes(data[end - 4 : end], "big"):
            raise RefusedError("attachment-damaged")
        yield kind, value
        at = end
        if kind == b"IEND":
            if at < len(data):
                raise RefusedError("attachment-trailing", len(data) - at)
            return
    raise RefusedError("attachment-damaged")


def _check_pixels(header: bytes, parts: list[bytes]) -> None:
    """The picture unpacks to exactly the bytes its size asks for."""
    wide, high = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    depth, colour, interlaced = header[8], header[9], header[12]
    if not wide or not high or colour not in _SAMPLES or depth not in {1, 2, 4, 8, 16} or interlaced > 1:
        raise RefusedError("attachment-damaged")
    if wide * high > MAX_PIXELS:
        raise RefusedError("attachment-too-many-pixels", f"{wide}×{high}", limit=MAX_PIXELS // 1_000_000)
    wanted = _raster(wide, high, depth * _SAMPLES[colour], interlaced=bool(interlaced))
    found = 0
    unpacking = zlib.decompressobj()
    try:
        for part in parts:
            rest = part
            while rest and found <= wanted:
                found += len(unpacking.decompress(rest, MEGABYTE))
                rest = unpacking.unconsumed_tail
    except zlib.error:
        raise RefusedError("attachment-damaged") from None
    if found < wanted:
        raise RefusedError("attachment-damaged")
    if found > wanted or unpacking.unused_data:
        raise RefusedError("attachment-trailing", found - wanted + len(unpacking.unused_data))


def _raster(wide: int, high: int, bits: int, *, interlaced: bool) -> int:
    """Bytes of all lines, each with its filter."""
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    total = 0
    for left, top, right, down in passes:
        columns, rows = max(0, -(-(wide - left) // right)), max(0, -(-(high - top) // down))
        total += rows * (1 + (columns * bits + 7) // 8) if columns else 0
    return total


def _tell(kind: bytes, value: bytes, look: Look) -> None:
    if kind == b"eXIf":
        read_exif(value, look)
        return
    if kind == b"tIME":
        return
    key, _, rest = value.partition(b"\0")
    name = any_text(key)
    if kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", b"\0".join(rest[2:].split(b"\0", 2)[2:])
        text = _unpacked(rest) if packed else rest
    else:
        text = _unpacked(rest[1:]) if kind == b"zTXt" else rest
    if name == "XML:com.adobe.xmp":
        read_xmp(text, look)
    elif name.startswith("Raw profile type"):
        _tell_profile(text, look)
    else:
        look.note(_KEYS.get(name, "comment"), any_text(text[:_LONGEST]))


def _tell_profile(text: bytes, look: Look) -> None:
    """ImageMagick writes EXIF as lines of hexadecimal digits."""
    digits = b"".join(text.split()[2:])
    try:
        raw = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return
    read_exif(raw.removeprefix(b"Exif\0\0"), look)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LONGEST)
    except zlib.error:
        raise RefusedError("attachment-damaged") from None
