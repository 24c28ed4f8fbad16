"""EXIF: what cameras and phones write of a picture (TIFF 6.0 section 2, CIPA DC-008 section 4.6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.strings import strings_of

_TEXTS = {
    0x010E: "description",
    0x010F: "device",
    0x0110: "device",
    0x0131: "software",
    0x0132: "taken",
    0x013B: "author",
    0x013C: "device",
    0x8298: "copyright",
    0x9003: "taken",
    0x9286: "comment",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "keywords",
    0x9C9F: "subject",
    0xA420: "picture-number",
    0xA433: "device",
    0xA434: "device",
    0xA430: "camera-owner",
    0xA431: "serial",
    0xA435: "serial",
}
_WIDE = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
"""In UTF-16, as Windows writes them."""
_TECHNICAL = frozenset({0x0001, 0x9000, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292, 0xA000})
"""Versions, time zones and parts of a second, written as text."""
_MAKER_NOTE = 0x927C
_FURTHER = frozenset({0x8769, 0xA005, 0x014A})
_GPS = 0x8825
_PLACES = frozenset({2, 4, 6, 20, 22, 26, 28})
"""Of the tags for the position: latitude, longitude and height, of the camera and of what it shows, and names."""
_THUMBNAIL = 0x0201
_ASCII, _SHORT = 2, 3
_FRACTIONS = {5, 10}
_MOST_DIRECTORIES = 20
"""A photograph has five."""
_MOST_FIELDS = 2000
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
EXIF = b"Exif\0\0"
_USUAL = re.compile("[ -~\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")


@dataclass(frozen=True)
class _Entry:
    tag: int
    kind: int
    value: bytes
    number: int
    """The value, if it is one whole number: often the place of a further directory."""


@dataclass(frozen=True)
class _Tiff:
    data: bytes
    order: str

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], "little" if self.order == "II" else "big")

    def entries(self, at: int) -> Iterator[_Entry]:
        if self.number(at, 2) > _MOST_FIELDS:
            raise RefusedError("attachment-foreign-part", "EXIF")
        for one in range(at + 2, at + 2 + 12 * self.number(at, 2), 12):
            if one + 12 > len(self.data):
                return
            kind = self.number(one + 2, 2)
            size = _SIZES.get(kind, 1) * self.number(one + 4, 4)
            where = one + 8 if size <= 4 else self.number(one + 8, 4)  # noqa: PLR2004  (then it stands there itself)
            number = self.number(one + 8, 2 if kind == _SHORT else 4)
            yield _Entry(self.number(one, 2), kind, self.data[where : where + size], number)

    def next(self, at: int) -> int:
        return self.number(at + 2 + 12 * self.number(at, 2), 4)


def read_exif(data: bytes, look: Look) -> None:
    """Tells what the directories say, the one of the thumbnail included; a place outside the data is passed over."""
    data = data.removeprefix(EXIF)
    if data[:4] not in {b"II*\0", b"MM\0*"}:
        raise RefusedError("attachment-foreign-part", "EXIF")
    tiff = _Tiff(data, data[:2].decode())
    waiting, seen = [tiff.number(4, 4)], set[int]()
    while waiting:
        at = waiting.pop()
        if at and at not in seen and at + 2 <= len(data):
            if len(seen) == _MOST_DIRECTORIES:
                raise RefusedError("attachment-foreign-part", "EXIF")
            seen.add(at)
            waiting += [tiff.next(at), *_told(tiff, at, look)]


def _told(tiff: _Tiff, at: int, look: Look) -> list[int]:
    """Tells one directory; the places of those within it."""
    further = []
    for one in tiff.entries(at):
        if one.tag in _FURTHER:
            further.append(one.number)
        elif one.tag == _GPS:
            _tell_position(tiff, one.number, look)
        elif one.tag == _THUMBNAIL:
            look.note("thumbnail", "JPEG")
        elif one.tag == _MAKER_NOTE:
            look.note("maker-note", str(len(one.value)))
            look.say(strings_of(one.value))
        elif one.tag in _TEXTS:
            look.note(_TEXTS[one.tag], _text(one, tiff.order))
        elif one.kind == _ASCII and one.tag not in _TECHNICAL:
            look.note("comment", any_text(one.value.strip(b"\0 ")))
        else:
            look.say(strings_of(one.value))
    return further


def _text(entry: _Entry, order: str) -> str:
    if entry.tag in _WIDE:
        return entry.value.decode("utf-16-le", "replace")
    value = entry.value
    if value[:8] == b"UNICODE\0":
        return _wide_text(value[8:], order)
    value = value[8:] if value[:8] in {b"ASCII\0\0\0", b"\0" * 8} else value
    return any_text(value.strip(b"\0 "))


def _wide_text(value: bytes, order: str) -> str:
    """UTF-16 in the order of its mark; without one, in that of the directory or, as some programs have it, the other.

    The right one is that in which more signs are ASCII or Chinese.
    """
    if value[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return value.decode("utf-16", "replace")
    names = ("utf-16-le", "utf-16-be") if order == "II" else ("utf-16-be", "utf-16-le")
    return max((value.decode(name, "replace") for name in names), key=lambda text: len(_USUAL.findall(text)))


def any_text(value: bytes) -> str:
    """UTF-8, else the Chinese encoding, else one sign for each byte."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _tell_position(tiff: _Tiff, at: int, look: Look) -> None:
    """Any place, unless it is empty; what else is said there is looked through."""
    entries = list(tiff.entries(at))
    if any(one.tag in _PLACES and _is_filled(one) for one in entries):
        look.fault("attachment-location")
    for one in entries:
        look.say(strings_of(one.value))


def _is_filled(entry: _Entry) -> bool:
    """Of fractions the upper numbers count: a camera without a fix writes 0/1."""
    if entry.kind in _FRACTIONS:
        return any(any(entry.value[at : at + 4]) for at in range(0, len(entry.value), 8))
    return any(entry.value)
