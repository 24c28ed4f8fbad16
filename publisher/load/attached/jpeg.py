"""JPEG pictures, segment by segment (ITU-T T.81 annex B): whole, nothing behind them, and what they say."""

import re
from collections.abc import Iterator

from publisher.load.attached.exif import EXIF, any_text, read_exif
from publisher.load.attached.look import Look, RefusedError
from publisher.load.attached.packets import read_iptc, read_profile, read_xmp
from publisher.load.attached.strings import strings_of
from publisher.load.limits import MAX_PIXELS

_NEXT_MARK = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""In the coded picture: FF 00 is a byte of it, D0 to D7 are its own marks."""
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC9, 0xCA, 0xCB}
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APP = range(0xE0, 0xF0)
_KNOWN = {*range(0xC0, 0xD0), *range(0xDB, 0xE0)} - {0xC8}
"""Frames, tables and the like; C8, 01 and F0 to FD are reserved, and nobody shows what they hold."""
_WITHIN = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)|http://ns\.adobe\.com/xap/1\.0/\0")
"""Where EXIF or XMP begins: a thumbnail is a whole picture with its own."""
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_PLAIN = {b"JFIF\0": 14, b"Adobe": 12, b"Ducky": 11, b"ICC_PROFILE\0": 1 << 16}
"""What needs no telling -> its greatest length."""
_MOST_SEGMENTS = 2000


def read_jpeg(data: bytes, look: Look) -> None:
    pictures = scans = 0
    for mark, value in _segments(data):
        if mark in _FRAMES:
            pictures += 1
            _check_pixels(value)
        elif mark == _SCAN:
            scans += 1
        elif mark == _COMMENT:
            look.note("comment", any_text(value))
        elif mark in _APP:
            _tell(value, look)
            _tell_within(value, look)
        elif mark not in _KNOWN:
            raise RefusedError("attachment-foreign-part", f"FF{mark:02X}")
        else:
            look.say(strings_of(value))
    if pictures != 1 or not scans:
        raise RefusedError("attachment-damaged")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(mark, content) of every segment up to the end mark, with which the file must end."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        while data[at : at + 2] == b"\xff\xff":  # filling
            at += 1
        if data[at : at + 1] != b"\xff" or at + 2 > len(data):
            raise RefusedError("attachment-damaged")
        mark = data[at + 1]
        if mark == _END:
            if data[at + 2 :].strip(b"\0\r\n"):
                raise RefusedError("attachment-trailing", len(data) - at - 2)
            return
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + size
        if size < 2 or end > len(data) or mark in {0, _START}:  # noqa: PLR2004
            raise RefusedError("attachment-damaged")
        yield mark, data[at + 4 : end]
        at = end
        if mark == _SCAN:
            found = _NEXT_MARK.search(data, at)
            at = found.end() - 2 if found else len(data)
    raise RefusedError("attachment-damaged")


def _check_pixels(frame: bytes) -> None:
    high, wide = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    if not wide or not high:
        raise RefusedError("attachment-damaged")
    if wide * high > MAX_PIXELS:
        raise RefusedError("attachment-too-many-pixels", f"{wide}×{high}", limit=MAX_PIXELS // 1_000_000)


def _tell(value: bytes, look: Look) -> None:
    if value.startswith(EXIF):
        read_exif(value, look)
    elif value.startswith(_XMP):
        read_xmp(value.removeprefix(_XMP), look)
    elif value.startswith(_XMP_MORE):
        read_xmp(value[len(_XMP_MORE) + 40 :], look)  # behind a name of 32 signs and two numbers
    elif value.startswith(b"Photoshop 3.0"):
        read_iptc(value, look)
    elif value.startswith((b"JFIF\0", b"JFXX\0")):
        if value[:5] == b"JFXX\0" or (len(value) > 14 and value[12] and value[13]):  # noqa: PLR2004
            look.note("thumbnail", "JFIF")
        look.say(strings_of(value))
    elif value.startswith(b"MPF\0"):
        look.note("second-picture", "MPF")
        look.say(strings_of(value))
    elif value.startswith(b"ICC_PROFILE\0"):
        read_profile(value.removeprefix(b"ICC_PROFILE\0"), look)
    else:
        if not any(value.startswith(name) and len(value) <= most for name, most in _PLAIN.items()):
            look.note("maker-note", any_text(value[:12].partition(b"\0")[0]) or str(len(value)))
        look.say(strings_of(value))


def _tell_within(value: bytes, look: Look) -> None:
    """EXIF and XMP that begin farther in, as those of a thumbnail do."""
    for match in _WITHIN.finditer(value, 1):
        if match[0] == EXIF:
            read_exif(value[match.start() :], look)
        else:
            read_xmp(value[match.end() :], look)
