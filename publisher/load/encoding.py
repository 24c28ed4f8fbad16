"""What bytes and texts must be, whatever the file: the encodings staff save in, and signs nobody means."""

import re

# Unseen and never meant: controls but tab and line breaks, zero-width blanks, line separators, direction
# overrides, non-characters. YAML counts some of them as line ends and refuses others without a place. Joiners
# (U+200C, U+200D) stay: some scripts are written with them.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def decodes(data: bytes, encoding: str) -> bool:
    """Whether all of it is of that encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def is_mostly_utf8(data: bytes) -> bool:
    """Of the lines that are not ASCII, more than half are UTF-8.

    Broken UTF-8 often is GB18030 by accident: it would be read, without a word, as the wrong characters.
    """
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    return sum(decodes(line, "utf-8") for line in lines) * 2 > len(lines)
