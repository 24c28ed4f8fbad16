"""The numbers that Word puts before paragraphs and keeps out of their text (ECMA-376 part 1, section 17.9).

They are what one reads, and what "point (2)" in a letter refers to, so they are made text before anything else.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

MARK, END = "\ue000", "\ue001"
"""Around the level and the label of a paragraph, `MARK 0 - END`; Word files with these signs are refused."""
_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_ZERO = "零"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9
_DEEPEST = 20
"""So many styles are based on one another."""
_MOST = 9_999
"""No paragraph has a greater number; a file that says so would only make the label long."""
BULLET = "-"


@dataclass(frozen=True)
class Level:
    """How one level of a list counts."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    """`%1.%2` and the like; the digits name levels."""

    @property
    def is_bullet(self) -> bool:
        return self.format == "bullet"


@dataclass
class Numbering:
    """The lists of a file, and how far each has counted."""

    lists: Mapping[str, tuple[str, Mapping[int, Level]]]
    """Number of a list -> what it counts with (several may share a count), and its levels."""
    styles: Mapping[str, tuple[str, int]]
    """Paragraph style -> list and level."""
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    """None: not begun."""

    def label(self, number: str, depth: int) -> str:
        """What stands before the next paragraph of this list and level; empty if nothing does."""
        owner, levels = self.lists.get(number, ("", {}))
        level = levels.get(depth)
        if level is None or level.format == "none":
            return ""
        if level.is_bullet:
            return BULLET
        counts = self.counts.setdefault(owner, [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = level.start if before is None else min(before + 1, _MOST)
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return re.sub("%([1-9])", lambda found: _count(int(found[1]) - 1, counts, levels), level.text).strip()


def _count(depth: int, counts: Sequence[int | None], levels: Mapping[int, Level]) -> str:
    level = levels.get(depth, Level())
    return _FORMATS.get(level.format, str)(level.start if (count := counts[depth]) is None else count)


def label_paragraphs(body: Element, numbering: Numbering) -> None:
    """Puts the label in front of every numbered paragraph, between marks, and takes the number itself away."""
    for paragraph in body.iter(_w("p")):
        properties = paragraph.find(_w("pPr"))
        if properties is None:
            continue
        number, depth = _number_of(properties, numbering.styles)
        for own in properties.findall(_w("numPr")):
            properties.remove(own)
        if label := numbering.label(number, depth):
            run = Element(_w("r"))
            text = SubElement(run, _w("t"))
            text.text = f"{MARK}{depth}{label}{END}"
            paragraph.insert(list(paragraph).index(properties) + 1, run)


def _number_of(properties: Element, styles: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    """List and level: its own, else those of its style. List 0 is none."""
    style = _value(properties, "pStyle")
    number, depth = styles.get(style, ("", 0))
    own = properties.find(_w("numPr"))
    if own is not None:
        number = _value(own, "numId") or number
        depth = _whole(_value(own, "ilvl"), depth)
    return ("" if number == "0" else number), min(max(depth, 0), _LEVELS - 1)


def numbering_of(numbering: Element | None, styles: Element | None) -> Numbering:
    """From the parts `numbering.xml` and `styles.xml`; a file may be without either."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, tuple[str, Mapping[int, Level]]] = {}
    abstract = {one.get(_w("abstractNumId"), ""): one for one in _all(numbering, "abstractNum")}
    styled = {link: one for one in abstract.values() if (link := _value(one, "styleLink"))}
    for id_, one in abstract.items():
        levels[id_] = dict(_levels(styled.get(_value(one, "numStyleLink"), one)))
    for one in _all(numbering, "num"):
        owner = _value(one, "abstractNumId")
        own = {_whole(over.get(_w("ilvl"), ""), 0): over for over in one.findall(_w("lvlOverride"))}
        changed = {depth: new for over in own.values() for depth, new in _levels(over)}
        starts = {depth: _value(over, "startOverride") for depth, over in own.items()}
        mixed = {**levels.get(owner, {}), **changed}
        for depth, start in starts.items():
            if start and depth in mixed:
                mixed[depth] = Level(_whole(start, 1), mixed[depth].format, mixed[depth].text)
        id_ = one.get(_w("numId"), "")
        lists[id_] = (id_ if any(starts.values()) else owner, mixed)
    return Numbering(lists, dict(_numbered_styles(styles)))


def _levels(owner: Element) -> Iterator[tuple[int, Level]]:
    for one in owner.findall(_w("lvl")):
        depth = min(max(_whole(one.get(_w("ilvl"), ""), 0), 0), _LEVELS - 1)
        yield depth, Level(_whole(_value(one, "start"), 1), _value(one, "numFmt") or "decimal", _value(one, "lvlText"))


def _numbered_styles(styles: Element | None) -> Iterator[tuple[str, tuple[str, int]]]:
    """Also by the style that one is based on."""
    known = {one.get(_w("styleId"), ""): one for one in _all(styles, "style")}
    for id_ in known:
        found = (known[one].find(f"{_w('pPr')}/{_w('numPr')}") for one in _line(known, id_))
        own = next((one for one in found if one is not None), None)
        if own is not None:
            yield id_, (_value(own, "numId"), _whole(_value(own, "ilvl"), 0))


def _line(styles: Mapping[str, Element], id_: str) -> list[str]:
    """A style, the one that it is based on, and so on."""
    line: list[str] = []
    while id_ in styles and id_ not in line and len(line) < _DEEPEST:
        line.append(id_)
        id_ = _value(styles[id_], "basedOn")
    return line


def _all(part: Element | None, name: str) -> list[Element]:
    return part.findall(_w(name)) if part is not None else []


def _value(owner: Element, name: str) -> str:
    found = owner.find(_w(name))
    return found.get(_w("val"), "") if found is not None else ""


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), _MOST) if re.fullmatch("[0-9]{1,9}", text) else otherwise


def chinese(number: int) -> str:
    """一 to 九千九百九十九, as numbers of lists are written."""
    text = ""
    for power in (3, 2, 1, 0):
        digit, number = divmod(number, 10**power)
        if digit:
            text += _DIGITS[digit] + _UNITS[power]
        elif text and number and not text.endswith(_ZERO):
            text += _ZERO
    return text[1:] if text.startswith(_DIGITS[1] + _UNITS[1]) else text or _DIGITS[0]


def _letter(number: int) -> str:
    """From a to z, then aa, bb."""
    times, place = divmod(number - 1, 26)
    return chr(97 + place) * min(times + 1, 10) if number > 0 else "0"


def _roman(number: int) -> str:
    text = ""
    for value, signs in _ROMAN:
        times, number = divmod(number, value)
        text += signs * times
    return text


def _circled(number: int) -> str:
    return chr(0x245F + number) if 0 < number <= 20 else str(number)  # noqa: PLR2004  (more have no sign)


def _stem(number: int) -> str:
    return _STEMS[(number - 1) % len(_STEMS)]


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": _stem,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


def strict_or_usual(data: bytes) -> bytes:
    """The name spaces of "strict" files as the usual ones, so that one name is enough."""
    return data.replace(b"http://purl.oclc.org/ooxml/wordprocessingml/main", _w("")[1:-1].encode())
