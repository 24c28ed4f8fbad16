"""The first letters of Chinese names in pinyin, by which companies are listed and found."""

from bisect import bisect

_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
"""The first sign of each letter in the first level of GB 2312, in the order of pinyin; I, U and V have none."""
_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_STARTS = [int.from_bytes(sign.encode("gb2312")) for sign in _FIRST]
_LEVEL_ENDS = 0xD7F9
"""After the last sign that is in the order of pinyin; what follows is in the order of radicals."""
OTHERS = "#"


def initials(name: str) -> str:
    """`甲乙水厂` -> `JYSC`: Latin letters and figures stay; a sign whose sound is not known is left out."""
    return "".join(_initial(sign) for sign in name)


def initial(name: str) -> str:
    """The letter under which a name is listed; `#` if the first sign has none."""
    first = _initial(name[:1])
    return first if first.isalpha() else OTHERS


def _initial(sign: str) -> str:
    if sign.isascii():
        return sign.upper() if sign.isalnum() else ""
    try:
        code = int.from_bytes(sign.encode("gb2312"))
    except UnicodeEncodeError:
        return ""
    return _LETTERS[bisect(_STARTS, code) - 1] if _STARTS[0] <= code <= _LEVEL_ENDS else ""
