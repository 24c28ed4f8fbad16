"""EXIF: what cameras and phones write of a picture (TIFF 6.0 section 2, CIPA DC-008 section 4.6)."""

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.load.attached.look import Look

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
    0xA430: "camera-owner",
    0xA431: "serial",
    0xA435: "serial",
}
_WIDE = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
"""In UTF-16, as Windows writes them."""
_MAKER_NOTE = 0x927C
_FURTHER = frozenset({0x8769, 0xA005, 0x014A})
_GPS = 0x8825
_THUMBNAIL = 0x0201
_MOST_FIELDS = 2000
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_LONGEST = 20_000


@dataclass(frozen=True)
class _Entry:
    tag: int
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
        for one in range(at + 2, at + 2 + 12 * min(self.number(at, 2), _MOST_FIELDS), 12):
            if one + 12 > len(self.data):
                return
            size = _SIZES.get(self.number(one + 2, 2), 1) * self.number(one + 4, 4)
            where = one + 8 if size <= 4 else self.number(one + 8, 4)  # noqa: PLR2004  (then it stands there itself)
            yield _Entry(self.number(one, 2), self.data[where : where + min(size, _LONGEST)], self.number(one + 8, 4))

    def next(self, at: int) -> int:
        return self.number(at + 2 + 12 * self.number(at, 2), 4)


def read_exif(data: bytes, look: Look) -> None:
    """Tells what the directories say, the one of the thumbnail included; nonsense in them is passed over."""
    if data[:4] not in {b"II*\0", b"MM\0*"}:
        return
    tiff = _Tiff(data, data[:2].decode())
    waiting, seen = [tiff.number(4, 4)], set[int]()
    while waiting and len(seen) < 20:  # noqa: PLR2004  (a photograph has five)
        at = waiting.pop()
        if at and at not in seen and at + 2 <= len(data):
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
        elif one.tag in _TEXTS:
            look.note(_TEXTS[one.tag], _text(one))
    return further


def _text(entry: _Entry) -> str:
    if entry.tag in _WIDE:
        return entry.value.decode("utf-16-le", "replace")
    value = entry.value
    if value[:8] == b"UNICODE\0":
        return value[8:].decode("utf-16", "replace")
    value = value[8:] if value[:8] in {b"ASCII\0\0\0", b"\0" * 8} else value
    return any_text(value.strip(b"\0 "))


def any_text(value: bytes) -> str:
    """UTF-8, else the Chinese encoding, else one sign for each byte."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _tell_position(tiff: _Tiff, at: int, look: Look) -> None:
    """Latitude and longitude (tags 2 and 4), unless they are empty."""
    if any(one.tag in {2, 4} and any(one.value) for one in tiff.entries(at)):
        look.fault("attachment-location")
