"""What bytes and texts must be, whatever the file: the encodings staff save in, and signs nobody means."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator

# Unseen and never meant: controls but tab and line breaks, zero-width blanks, line separators, direction overrides,
# non-characters. YAML counts some of them as line ends and refuses others without a place. Joiners (U+200C, U+200D)
# stay: some scripts are written with them.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
UNSEEN_IN_CELLS = re.compile(
    rf"{UNSEEN.pattern}|[\u00ad\u061c\u180e\u200e\u200f\u2060-\u206f\ue000-\uf8ff\ufff9-\ufffb]"
)
"""Cells are ids, names and numbers, so soft hyphens, direction marks and signs of private use have no place there;
prose may hold them, with a warning."""

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_CHINESE = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
"""A Chinese sign in UTF-8."""
_WIDE_SIGN = re.compile(r"[\u2e80-\uffef]")


def decodes(data: bytes, encoding: str) -> bool:
    """Whether all of it is of that encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def is_wide(data: bytes) -> bool:
    """Whether it is a text in UTF-16 or UTF-32 without the mark that tells so: every sign has a meaning then."""
    return b"\0" in data and any(_is_text(data, encoding) for encoding in _WIDE)


def _is_text(data: bytes, encoding: str) -> bool:
    text = data[:20_000].decode(encoding, "replace")[:-1]
    return bool(re.search("[,;\t\r\n]", text)) and all(sign.isprintable() or sign.isspace() for sign in text)


def utf8_within(data: bytes) -> Iterator[int]:
    """The lines, counted from 1, of a GB18030 text that are UTF-8: they would be read as the wrong characters."""
    for number, line in enumerate(re.split(rb"\r\n?|\n", data), 1):
        if not line.isascii() and _CHINESE.search(line) and decodes(line, "utf-8"):
            yield number


def is_mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8, though damaged.

    Broken UTF-8 often is GB18030 by accident: it would be read, without a word, as the wrong characters. So it is
    UTF-8 if that holds of more than half of the lines that are not ASCII, if it was only cut within its last sign, or
    if it has far more Chinese signs than damages. In GB18030 nearly every sign is a damage in UTF-8.
    """
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    if sum(decodes(line, "utf-8") for line in lines) * 2 > len(lines) or _is_cut(data):
        return True
    text = data.decode("utf-8", "replace")
    return len(_WIDE_SIGN.findall(text)) > 2 * text.count("\N{REPLACEMENT CHARACTER}")


def _is_cut(data: bytes) -> bool:
    """UTF-8 that ends within a sign, and has others before."""
    try:
        return not getincrementaldecoder("utf-8")().decode(data).isascii()
    except UnicodeDecodeError:
        return False
