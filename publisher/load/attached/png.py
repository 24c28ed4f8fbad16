"""PNG pictures, chunk by chunk (ISO/IEC 15948): whole, of sane size, with nothing in or behind them but the picture."""

import zlib
from collections.abc import Iterator

from publisher.load.attached.exif import EXIF, any_text, read_exif
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.packets import read_iptc, read_profile, read_xmp
from publisher.load.attached.strings import strings_of
from publisher.load.limits import MAX_PIXELS, MEGABYTE

_START = 8
_PLAIN = dict.fromkeys((b"IEND",), 0)
_PLAIN |= dict.fromkeys((b"sRGB", b"orNT"), 1)
_PLAIN |= dict.fromkeys((b"gAMA", b"sBIT", b"cICP"), 4)
_PLAIN |= dict.fromkeys((b"bKGD", b"tIME", b"cLLI", b"pHYs", b"oFFs", b"vpAg"), 9)
_PLAIN |= dict.fromkeys((b"IHDR", b"mDCV", b"iDOT", b"cHRM"), 32)
_PLAIN |= {b"tRNS": 256, b"hIST": 512, b"PLTE": 768, b"IDAT": 1 << 31}
"""What only belongs to the picture -> its greatest length."""
_TELLING = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"sPLT"}
_KEYS = {"Author": "author", "Software": "software", "Title": "title", "Comment": "comment", "Source": "device"}
_KEYS |= {"Description": "description", "Copyright": "copyright", "Creation Time": "taken", "create-date": "taken"}
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type -> samples of a pixel."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced picture: first column and row, steps to the next ones."""
_LONGEST = MEGABYTE


def read_png(data: bytes, look: Look) -> None:
    chunks = list(_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND" or len(chunks[0][1]) != 13:  # noqa: PLR2004
        raise RefusedError("attachment-damaged")
    foreign = next((kind for kind, value in chunks if kind not in _TELLING and len(value) > _PLAIN.get(kind, -1)), None)
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
    if kind == b"sPLT":
        look.say(strings_of(value))
        return
    key, _, rest = value.partition(b"\0")
    name = any_text(key)
    if kind == b"iCCP":
        read_profile(key + b"\0" + _unpacked(rest[1:]), look)
        return
    if kind == b"iTXt":
        look.say(any_text(rest))
        packed, rest = rest[:1] == b"\1", b"\0".join(rest[2:].split(b"\0", 2)[2:])
        text = _unpacked(rest) if packed else rest
    else:
        text = _unpacked(rest[1:]) if kind == b"zTXt" else rest
    if name == "XML:com.adobe.xmp":
        read_xmp(text, look)
    elif name.startswith("Raw profile type"):
        _tell_profile(text, look)
    else:
        said = any_text(text)
        look.note(_KEYS.get(name, "comment"), said if name in _KEYS else f"{name}: {said}")


def _tell_profile(text: bytes, look: Look) -> None:
    """ImageMagick writes EXIF and the like as lines of hexadecimal digits."""
    digits = b"".join(text.split()[2:])
    try:
        raw = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        raise RefusedError("attachment-damaged") from None
    if raw.startswith((EXIF, b"II*\0", b"MM\0*")):
        read_exif(raw, look)
    elif b"<" in raw[:_LONGEST] and b"xmp" in raw[:_LONGEST].lower():
        read_xmp(raw.removeprefix(b"http://ns.adobe.com/xap/1.0/\0"), look)
    else:
        read_iptc(raw, look)


def _unpacked(data: bytes) -> bytes:
    """No program packs as much text as is refused here."""
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, _LONGEST)
    except zlib.error:
        raise RefusedError("attachment-damaged") from None
    if unpacking.unconsumed_tail:
        raise RefusedError("attachment-swollen")
    return text
