"""Text of a Word file that nobody sees: made so, white on white, or too small; by itself or by its style.

White text on a dark ground and small print are honest often enough, so they are only told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from zipfile import ZipFile

from publisher.load.workbook_package import read_xml

STYLES = "word/styles.xml"
_FALSE = {"0", "false", "off"}
_LIGHT = 0xF0
"""Of 255: from here on a colour is white to the eye."""
_TINY = 4
"""Half points."""
_MOST_STYLES = 50
"""Based on one another."""


@dataclass(frozen=True)
class Looks:
    """How a run looks; None where its style says it."""

    vanished: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    ground: bool | None = None
    """It has a ground of its own that is not white."""
    style: str = ""

    def on(self, below: "Looks") -> "Looks":
        """What it does not say itself is as `below`."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return Looks(**(vars(below) | said))

    def with_(self, name: str, attributes: dict[str, str]) -> "Looks":
        """After one element of its properties."""
        value = attributes.get("val", "")
        said: dict[str, Any] = {}
        match name:
            case "vanish" | "specVanish":
                said = {"vanished": value not in _FALSE}
            case "color":
                said = {"white": is_light(value) or attributes.get("themeColor", "").startswith("background")}
            case "sz":
                said = {"tiny": is_tiny(value, _TINY)}
            case "shd":
                said = {"ground": attributes.get("fill", "auto") != "auto" and not is_light(attributes["fill"])}
            case "highlight":
                said = {"ground": value not in {"none", "white"}}
            case "rStyle" | "pStyle" | "tblStyle":
                said = {"style": value}
        return replace(self, **said) if said else self

    def kinds(self) -> Iterator[str]:
        """What hides it, as in `choice.hidden.<kind>`."""
        if self.vanished:
            yield "text"
        if self.white and not self.ground:
            yield "white"
        if self.tiny:
            yield "tiny"


def is_light(colour: str) -> bool:
    """RRGGBB, or AARRGGBB."""
    digits = colour[-6:]
    try:
        return len(digits) == 6 and min(bytes.fromhex(digits)) >= _LIGHT  # noqa: PLR2004
    except ValueError:
        return False


def is_tiny(size: str, most: int) -> bool:
    """Whether a size, as a whole or decimal number, is too small to be read."""
    return bool(re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,9})?", size)) and float(size) <= most


_COLUMNS = re.compile("firstCol|neCell|swCell|nwCell|seCell|lastCol|band[12]Vert")


@dataclass
class Styles:
    """The part word/styles.xml: how each style makes a run look, and which style it is based on."""

    own: dict[str, Looks] = field(default_factory=dict)
    """The style of no name is what the file says of all text."""
    parts: dict[str, dict[str, Looks]] = field(default_factory=dict)
    """Of the styles of tables: what else they say of some of the rows and columns."""
    based: dict[str, str] = field(default_factory=dict)
    usual: str = ""
    """Of paragraphs that name no style."""
    style: str | None = None
    part: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "rPrDefault":
                self._begin("")
            case "style":
                self._begin(attributes.get("styleId", ""))
                if attributes.get("type") == "paragraph" and attributes.get("default", "0") not in _FALSE:
                    self.usual = attributes.get("styleId", "")
            case "tblStylePr":
                self.part = attributes.get("type", "")
            case "basedOn" if self.style:
                self.based[self.style] = attributes.get("val", "")
            case "rStyle" | "pStyle":
                pass
            case _ if self.style is not None:
                said = self.parts.setdefault(self.style, {}) if self.part else self.own
                key = self.part or self.style
                said[key] = said.get(key, Looks()).with_(name, attributes)

    def _begin(self, style: str) -> None:
        self.style = style
        self.own.setdefault(style, Looks())

    def data(self, text: str) -> None:
        pass

    def end(self, name: str) -> None:
        if name in {"style", "rPrDefault"}:
            self.style = None
        elif name == "tblStylePr":
            self.part = ""

    def of(self, style: str) -> Looks:
        """With what the styles below it say."""
        looks = Looks()
        for one in self._down(style):
            looks = looks.on(self.own.get(one, Looks()))
        return looks

    def of_paragraph(self, style: str) -> Looks:
        return self.of(style or self.usual)

    @property
    def of_all(self) -> Looks:
        """What no style says."""
        return self.own.get("", Looks())

    def of_table(self, style: str, row: int) -> list[Looks]:
        """How text in a row of a table may look by the style of the table alone; rows are counted from 1."""
        whole = self.of(style)
        parts = [pair for one in self._down(style) for pair in self.parts.get(one, {}).items()]
        return [whole, *(looks.on(whole) for part, looks in parts if _COLUMNS.match(part) or _is_row(part, row))]

    def _down(self, style: str) -> Iterator[str]:
        for _ in range(_MOST_STYLES):
            if not style:
                return
            yield style
            style = self.based.get(style, "")


def _is_row(part: str, row: int) -> bool:
    """Where the last row is, and how many rows make a band, is not asked: any but the first may be the one."""
    return (part == "firstRow") == (row == 1)


def styles_of(package: ZipFile) -> Styles:
    styles = Styles()
    if STYLES in package.namelist():
        read_xml(package, STYLES, styles, prefixes=True)
    return styles
