"""A text as it is searched: the same length, but digits, letters and strokes of every width, and radicals, as plain.

Places found in the folded text are places of the text itself.
"""

import re
from unicodedata import normalize

_WIDE = re.compile(
    "[\u00a0\u00ad\u2000-\u200d\u2010-\u2015\u202f\u2060\u2212\u3000\ufe58\ufe63\uff03\uff0a\uff0b\uff0d-\uff0f"
    "\uff10-\uff19\uff20-\uff3a\uff3f\uff41-\uff5a\U0001d7ce-\U0001d7ff\u2e80-\u2fdf]"
)
"""Chinese punctuation is left as it is: the patterns know it."""
_RADICALS = {
    0x2E81: 0x5382,
    0x2E8E: 0x5140,
    0x2E90: 0x5C22,
    0x2E97: 0x5FC3,
    0x2E98: 0x624B,
    0x2E9F: 0x6BCD,
    0x2EA0: 0x6C11,
    0x2EA9: 0x738B,
    0x2EAA: 0x758B,
    0x2EAC: 0x793A,
    0x2EBC: 0x8089,
    0x2EC1: 0x864E,
    0x2EC4: 0x897F,
    0x2EC5: 0x89C1,
    0x2EC6: 0x89D2,
    0x2EC9: 0x8D1D,
    0x2ECA: 0x8DB3,
    0x2ECB: 0x8F66,
    0x2ED1: 0x9577,
    0x2ED3: 0x957F,
    0x2ED4: 0x95E8,
    0x2ED8: 0x9752,
    0x2ED9: 0x97E6,
    0x2EDA: 0x9875,
    0x2EDB: 0x98CE,
    0x2EDC: 0x98DE,
    0x2EDD: 0x98DF,
    0x2EE2: 0x9A6C,
    0x2EE3: 0x9AA8,
    0x2EE4: 0x9B3C,
    0x2EE5: 0x9C7C,
    0x2EE6: 0x9E1F,
    0x2EE7: 0x5364,
    0x2EE8: 0x9EA6,
    0x2EE9: 0x9EC4,
    0x2EEA: 0x9EFE,
    0x2EEC: 0x9F50,
    0x2EEE: 0x9F7F,
    0x2EF0: 0x9F99,
    0x2EF2: 0x4E80,
    0x2EF3: 0x9F9F,
    0x2F3E: 0x6237,
    0x2FAD: 0x9752,
    0x2FC8: 0x9EC4,
}
"""Radicals -> the sign that looks the same, where Unicode does not say so, or names an old form.

Programs that make PDF files write them for the signs: the text of such a file has them in the middle of words.
"""


def folded(text: str) -> str:
    return text if text.isascii() else _WIDE.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in "\u00ad\u200b\u200c\u200d\u2060" or sign.isspace():
        return " "
    if "\u2010" <= sign <= "\u2015" or sign in "\u2212\ufe58\ufe63":
        return "-"
    return normalize("NFKC", chr(_RADICALS.get(ord(sign), ord(sign))))


def lowered(text: str) -> str:
    """Small letters, at the same places: the one letter that would become two stays as it is."""
    return text.lower() if "\u0130" not in text else "".join(c if c == "\u0130" else c.lower() for c in text)


def comparable(value: str) -> str:
    """For comparing two ways of writing one value: without blanks, strokes and case."""
    return re.sub(r"[\s\-·._()（）]", "", folded(value)).casefold()
