"""A text as it is searched: the same length, but digits, letters and strokes of every width as the plain ones.

Places found in the folded text are places of the text itself.
"""

import re
from unicodedata import normalize

_WIDE = re.compile(
    "[\u00a0\u00ad\u2000-\u200d\u2010-\u2015\u202f\u2060\u2212\u3000\ufe58\ufe63\uff03\uff0a\uff0b\uff0d-\uff0f"
    "\uff10-\uff19\uff20-\uff3a\uff3f\uff41-\uff5a\U0001d7ce-\U0001d7ff]"
)
"""Chinese punctuation is left as it is: the patterns know it."""


def folded(text: str) -> str:
    return text if text.isascii() else _WIDE.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in "\u00ad\u200b\u200c\u200d\u2060" or sign.isspace():
        return " "
    if "\u2010" <= sign <= "\u2015" or sign in "\u2212\ufe58\ufe63":
        return "-"
    return normalize("NFKC", sign)


def lowered(text: str) -> str:
    """Small letters, at the same places: the one letter that would become two stays as it is."""
    return text.lower() if "\u0130" not in text else "".join(c if c == "\u0130" else c.lower() for c in text)


def comparable(value: str) -> str:
    """For comparing two ways of writing one value: without blanks, strokes and case."""
    return re.sub(r"[\s\-·._()（）]", "", folded(value)).casefold()
